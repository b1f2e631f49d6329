/** Title, tabs, and the view that the way names. */

import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { organizationPath } from '@kit/api';
import { Part, baseStyle } from '@kit/element';
import { icon } from '@kit/icons';
import '../footprint/lists/csv-button';
import { readAsked, withAsked } from '@kit/way';
import { later } from '../later';
import matchCss from './match.css?inline';
import './match-list';
import { texts } from './texts';
import type { Contour, What } from './types';

const table = later(() => import('./match-table'));
const decided = later(() => import('./decided'));

type Tab = What | 'decided';
const tabs: readonly Tab[] = ['learners', 'elements', 'decided'];

@customElement('u2035-matching-views')
export class MatchingViews extends Part {
  static override styles = [baseStyle, unsafeCSS(matchCss)];

  @property() path = '';
  @property() asked = '';

  private get steps(): string[] {
    return this.path.split('/').filter(Boolean);
  }
  private get tab(): Tab {
    return tabs.find((one) => one === this.steps[0]) ?? 'learners';
  }

  protected override updated(changed: PropertyValues): void {
    const was = changed.get('path') as string | undefined;
    if (was === undefined) return;
    // Another view, and not merely another record of the same list: the person is put at its title.
    const place = (path: string) => (path.startsWith('decided') ? path : path.split('/').slice(0, /^(learners|elements)\/table/.test(path) ? 2 : 1).join('/'));
    if ((place(was) || 'learners') !== (place(this.path) || 'learners')) this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const { tab } = this;
    const second = this.steps[1] ?? '';
    const isTable = tab !== 'decided' && second === 'table';
    return html`<header class="page-head">
        <div class="head-main">
          <h1 tabindex="-1">${isTable ? words.tableTitle[tab as What] : words.title}</h1>
          <p class="lead">${isTable ? words.tableLead : tab === 'decided' ? words.decidedLead : words.lead[tab]}</p>
        </div>
        ${tab !== 'decided' && !isTable ? this.acts(tab) : nothing}
      </header>
      <nav class="tabs" aria-label=${words.tabs}>
        ${tabs.map((one) => html`<a href="#" aria-current=${one === tab ? 'page' : nothing} @click=${(event: Event) => (event.preventDefault(), this.ctx.go(one))}>${words.tab[one]}</a>`)}
      </nav>
      ${isTable
        ? table(this, () => html`<u2035-match-table .ctx=${this.ctx} .what=${tab as What} .contour=${readAsked(this.asked, { contour: 'production' as Contour }).contour}></u2035-match-table>`)
        : tab === 'decided'
          ? decided(this, () => html`<u2035-match-decided .ctx=${this.ctx} .path=${second}></u2035-match-decided>`)
          : html`<u2035-match-list .ctx=${this.ctx} .what=${tab} .open=${this.steps.slice(1, 3).join('/')} .asked=${this.asked}></u2035-match-list>`}`;
  }

  private acts(tab: What): TemplateResult {
    const words = texts[this.ctx.language];
    const { contour, flow, kind, reason } = readAsked(this.asked, { contour: 'production', flow: '', kind: '', reason: '' });
    const rejected: Record<string, string> = reason === 'rejected' ? { rejected: 'true' } : {};
    const filters: Record<string, string> = tab === 'learners' ? { contour, flow, ...rejected } : { kind, ...rejected };
    return html`<div class="btns">
      <u2035-csv .ctx=${this.ctx} .from=${`${organizationPath(this.ctx.organization)}/u2035/${tab}/match`} .filters=${filters}></u2035-csv>
      <u2035-csv .ctx=${this.ctx} xlsx .from=${`${organizationPath(this.ctx.organization)}/u2035/${tab}/match/table`} .filters=${filters}></u2035-csv>
      <button class="btn" type="button" @click=${() => this.ctx.go(withAsked(`${tab}/table`, { contour }, { contour: 'production' }))}>${icon('table')}${words.importTable}</button>
      ${tab === 'learners' ? html`<button class="btn" type="button" @click=${this.toImport}>${icon('table')}${words.importList}</button>` : nothing}
    </div>`;
  }

  private readonly toImport = (): void => {
    if (!this.ctx.go('unsendable/unti-ids', { element: 'u2035-footprint' })) this.ctx.say(texts[this.ctx.language].elsewhereImport, true);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-matching-views': MatchingViews;
  }
}
