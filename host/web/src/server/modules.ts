import { everyItem } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { View, empty } from '../view';
import { serverTexts } from './texts';

interface Module {
  name: string;
  version: string;
  state: string;
  reason: string;
  abi: string;
  file: string;
  required: boolean;
}

@customElement('lms-modules')
export class Modules extends View<Module[]> {
  private get words() {
    return serverTexts[this.ctx.language];
  }
  protected override load(signal: AbortSignal): Promise<Module[]> {
    return everyItem<Module>(this.ctx.api, '/api/v1/modules', { signal });
  }
  protected override heading(): string {
    return this.words.modules;
  }
  protected override lead(): TemplateResult {
    return html`<p class="lead">${this.words.modulesLead}</p>`;
  }

  protected override draw(modules: Module[]): TemplateResult {
    const { words } = this;
    if (modules.length === 0) return empty('module', words.noModulesTitle, words.noModulesText);
    return html`<section class="panel">
      <div class="table-wrap">
        <table class="stackable">
          <thead><tr><th scope="col">${words.module}</th><th scope="col">${words.state}</th><th scope="col">${words.version}</th><th scope="col">${words.file}</th></tr></thead>
          <tbody>
            ${modules.map(
              (one) =>
                html`<tr>
                  <td><b>${one.name}</b>${one.required ? html`<small>${words.required}</small>` : nothing}</td>
                  <td data-label=${words.state}><div>${this.badge(one.state)}${one.reason ? html`<small class="reason">${one.reason}</small>` : nothing}</div></td>
                  <td data-label=${words.version}><span>${one.version || this.shell.unknown} <span class="faint">ABI ${one.abi || this.shell.unknown}</span></span></td>
                  <td data-label=${words.file}><code>${one.file}</code></td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  private badge(state: string): TemplateResult {
    const text = this.words.moduleStates[state] ?? state;
    if (state === 'started') return html`<span class="badge ok">${icon('okc')}${text}</span>`;
    if (state === 'failed' || state === 'refused') return html`<span class="badge bad">${icon('excl')}${text}</span>`;
    return html`<span class="badge">${icon('circle')}${text}</span>`;
  }
}
