/** Files on their way to the storage: which lie there and open, and what stops the others. */

import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Page } from '@kit/api';
import { icon } from '@kit/icons';
import type { LoadPage } from '@kit/long-list';
import './artifact-row';
import '../lists/csv-button';
import { ListPart, crumbs, select } from '../lists/list-part';
import { namesOf, type FlowRecord } from '../lists/names';
import '../lists/rows';
import { texts as listTexts } from '../lists/texts';
import { texts } from './texts';
import { artifactStates, type Artifact, type ArtifactState } from './types';

@customElement('u2035-artifacts')
export class Artifacts extends ListPart {
  @state() private standing: ArtifactState | '' = '';
  @state() private flow = '';
  @state() private flows: FlowRecord[] = [];
  @state() private loadRows: LoadPage<Artifact> | null = null;

  protected override async fetch(signal: AbortSignal): Promise<void> {
    this.flows = [...(await namesOf(this.ctx).flows()).values()];
    if (!signal.aborted) this.narrow(this.standing, this.flow);
  }

  private get asked(): Record<string, string | undefined> {
    return { state: this.standing || undefined, flow: this.flow || undefined };
  }

  private narrow(standing: ArtifactState | '', flow: string): void {
    this.standing = standing;
    this.flow = flow;
    const { api } = this.ctx;
    const { asked } = this;
    this.loadRows = async (cursor, signal) => (await api.get<Page<Artifact>>(`${this.base}/artifacts`, { query: { ...asked, limit: 100, cursor }, signal })).data;
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    return html`${crumbs(this.ctx, listTexts[this.ctx.language].way, [{ path: 'exports', title: words.title }, { title: words.artifacts }])}
      <header class="page-head">
        <div class="head-main"><h1 tabindex="-1">${words.artifacts}</h1><p class="lead">${words.artifactsLead}</p></div>
        <div class="btns"><u2035-csv .ctx=${this.ctx} .from=${`${this.base}/artifacts`} .filters=${this.asked}></u2035-csv></div>
      </header>
      ${this.body(() => this.list())}`;
  }

  private list(): TemplateResult {
    const words = texts[this.ctx.language];
    const common = listTexts[this.ctx.language];
    const pressed = (standing: ArtifactState | '', title: string) =>
      html`<button class="facet" type="button" aria-pressed=${this.standing === standing ? 'true' : 'false'} @click=${() => this.narrow(standing, this.flow)}>${title}</button>`;
    const narrowed = this.standing !== '' || this.flow !== '';
    return html`<div class="facets" role="group" aria-label=${words.artifactStanding}>
        ${pressed('', common.all)} ${artifactStates.map((standing) => pressed(standing, words.artifactStates[standing]))}
      </div>
      ${this.flows.length > 1
        ? html`<div class="toolbar">
            ${select(common.flow, this.flow, [{ value: '', title: common.allFlows }, ...this.flows.map((one) => ({ value: one.id, title: one.title || common.flowNumber(one.id) }))], (flow) => this.narrow(this.standing, flow))}
          </div>`
        : ''}
      <section class="panel" aria-label=${words.artifactList}>
        <div class="head-line artifact-cols" aria-hidden="true"><span>${words.artifactWhose}</span><span>${words.artifactFile}</span><span>${words.artifactStanding}</span></div>
        <u2035-rows
          .ctx=${this.ctx}
          .load=${this.loadRows}
          .label=${words.artifactList}
          .heights=${[66, 140] as const}
          .row=${(one: Artifact) => html`<u2035-artifact-row .ctx=${this.ctx} .one=${one}></u2035-artifact-row>`}
          .empty=${narrowed
            ? html`<div class="empty">${icon('search')}<h2>${common.nothingFits}</h2><p>${common.nothingFitsFix}</p>
                <button class="btn small" type="button" @click=${() => this.narrow('', '')}>${common.dropFilters}</button></div>`
            : html`<div class="empty">${icon('inbox')}<h2>${words.noArtifacts}</h2><p>${words.noArtifactsFix}</p></div>`}
        ></u2035-rows>
      </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-artifacts': Artifacts;
  }
}
