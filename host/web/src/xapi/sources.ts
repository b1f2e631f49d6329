import { icon } from '@kit/icons';
import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { may } from '../context';
import { address } from '../route';
import { ShellPart, View, empty, firstPage, moreButton, nextPage, refused, type Gathered } from '../view';
import { sourcesPath, takenOf, type ListedSource, type RuleSetName } from './intake';
import { xapiTexts } from './texts';
import css from './xapi.css?inline';

interface Loaded {
  sources: Gathered<ListedSource>;
  rules: RuleSetName[];
}

/** Who may send statements to an organization, and what has come of it. */
@customElement('lms-xapi-sources')
export class XapiSources extends View<Loaded> {
  static override styles = [...ShellPart.styles, unsafeCSS(css)];
  @state() private problem: unknown = null;

  private get words() {
    return xapiTexts[this.ctx.language];
  }
  private get canAdd(): boolean {
    return this.ctx.session.serverAdmin || may(this.ctx.session, this.organization, 'organization-admin');
  }
  protected override heading(): string {
    return this.shell.views.xapi;
  }
  protected override lead(): TemplateResult {
    return html`<p class="lead">${this.words.lead}</p>`;
  }

  protected override async load(signal: AbortSignal): Promise<Loaded> {
    const [sources, rules] = await Promise.all([
      firstPage<ListedSource>(this.ctx, sourcesPath(this.organization), {}, signal),
      firstPage<RuleSetName>(this.ctx, '/api/v1/xapi-rules', {}, signal),
    ]);
    return { sources, rules: rules.items };
  }

  protected override actions(): TemplateResult {
    const { words } = this;
    if (this.canAdd) return html`<div class="btns"><a class="btn primary" href=${address('org', this.organization, 'xapi', 'new')}>${icon('plus')}${words.add}</a></div>`;
    return html`<div><div class="btns"><button class="btn" type="button" disabled aria-describedby="why">${icon('plus')}${words.add}</button></div><p class="small muted" id="why">${words.addForbidden}</p></div>`;
  }

  protected override draw({ sources }: Loaded): TemplateResult {
    const { words } = this;
    const { states } = words;
    if (sources.items.length === 0) return empty('down', words.emptyTitle, words.emptyText);
    return html`${this.problem ? refused(this.ctx, this.problem) : nothing}
      <section class="panel">
        <div class="table-wrap">
          <table class="stackable">
            <thead>
              <tr>
                <th scope="col">${words.source}</th><th scope="col">${words.latest}</th>
                <th scope="col" class="r">${words.taken}</th><th scope="col" class="r">${words.records}</th><th scope="col" class="r">${states.waiting}</th>
                <th scope="col" class="r">${words.errors}</th><th scope="col" class="r">${states.unmatched}</th>
              </tr>
            </thead>
            <tbody>${sources.items.map((source) => this.row(source))}</tbody>
          </table>
        </div>
        ${moreButton(this.ctx, sources, () => void this.more())}
      </section>`;
  }

  private row(source: ListedSource): TemplateResult {
    const { words } = this;
    const { locale } = this.ctx;
    const { counts, latestAt } = source;
    const rules = source.rules ? words.ownRules : (this.data?.rules.find((one) => one.name === source.ruleSet)?.title ?? source.ruleSet);
    const number = (label: string, value: number, tone = '') => html`<td class="r num" data-label=${label}><span class=${value === 0 ? 'faint' : tone}>${locale.number(value)}</span></td>`;
    return html`<tr>
      <td>
        <span class="title-line"><b><a href=${address('org', this.organization, 'xapi', source.name)}>${source.title || source.name}</a></b>${source.enabled ? html`<span class="badge ok">${icon('okc')}${words.on}</span>` : html`<span class="badge">${icon('minus')}${words.off}</span>`}${source.remapping ? html`<span class="badge now">${icon('refresh')}${words.remapping}</span>` : nothing}</span>
        <small>${rules}</small>
      </td>
      <td data-label=${words.latest}>${latestAt ? locale.moment(latestAt) : html`<span class="faint">${words.nothingYet}</span>`}</td>
      ${number(words.taken, takenOf(counts))}${number(words.records, counts.mapped)}${number(words.states.waiting, counts.waiting, 'warn-text strong')}
      ${number(words.errors, counts.rejected, 'bad-text strong')}${number(words.states.unmatched, counts.unmatched, 'warn-text strong')}
    </tr>`;
  }

  private async more(): Promise<void> {
    try {
      const sources = await nextPage(this.ctx, sourcesPath(this.organization), this.data!.sources);
      this.data = { ...this.data!, sources };
    } catch (error) {
      this.problem = error;
    }
  }
}
