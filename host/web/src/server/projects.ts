import { everyItem } from '@kit/api';
import { icon } from '@kit/icons';
import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Project } from '../context';
import { address } from '../route';
import { View, empty } from '../view';
import { serverTexts } from './texts';

@customElement('lms-projects')
export class Projects extends View<Project[]> {
  private get words() {
    return serverTexts[this.ctx.language];
  }
  protected override load(signal: AbortSignal): Promise<Project[]> {
    return everyItem<Project>(this.ctx.api, '/api/v1/projects', { signal });
  }
  protected override heading(): string {
    return this.words.projects;
  }
  protected override lead(): TemplateResult {
    return html`<p class="lead">${this.words.projectsLead}</p>`;
  }
  protected override actions(): TemplateResult {
    return html`<div class="btns"><a class="btn primary" href=${address('server', 'projects', 'new')}>${icon('plus')}${this.words.addProject}</a></div>`;
  }

  protected override draw(projects: Project[]): TemplateResult {
    const { words } = this;
    if (projects.length === 0) return empty('brief', words.noProjectsTitle, words.noProjectsText);
    return html`<section class="panel">
      <div class="table-wrap">
        <table class="stackable">
          <thead><tr><th scope="col">${words.project}</th><th scope="col">${words.profile}</th><th scope="col">${words.projectValue}</th></tr></thead>
          <tbody>
            ${projects.map(
              (one) =>
                html`<tr>
                  <td><b><a href=${address('server', 'projects', one.id)}>${one.title}</a></b><small class="mono">${one.id}</small></td>
                  <td data-label=${words.profile}><code>${one.profile}</code></td>
                  <td data-label=${words.projectValue}>${one.projectValue || this.shell.unknown}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }
}
