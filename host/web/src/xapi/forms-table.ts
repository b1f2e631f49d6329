import { copy } from '@kit/clipboard';
import { icon } from '@kit/icons';
import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { may } from '../context';
import { address } from '../route';
import { ShellPart } from '../view';
import { ruleDraft, shortOf, sourcePath, type StatementForm, type XapiSource } from './intake';
import { mayReadOriginals } from './original';
import { xapiTexts } from './texts';
import css from './xapi.css?inline';

/** What comes, by verb and activity type; first of all what no rule fits. */
@customElement('lms-xapi-forms')
export class XapiForms extends ShellPart {
  static override styles = [...ShellPart.styles, unsafeCSS(css)];
  @property({ attribute: false }) organization = '';
  @property({ attribute: false }) source!: XapiSource;
  @property({ attribute: false }) forms: readonly StatementForm[] = [];
  @state() private all: boolean | null = null;
  @state() private told = '';

  private get words() {
    return xapiTexts[this.ctx.language];
  }
  private get canEdit(): boolean {
    return this.ctx.session.serverAdmin || may(this.ctx.session, this.organization, 'organization-admin');
  }

  override render(): TemplateResult {
    const { words, forms } = this;
    const { locale } = this.ctx;
    const unmatched = forms.filter((form) => form.unmatched > 0).sort((a, b) => b.unmatched - a.unmatched);
    const all = this.all ?? unmatched.length === 0;
    const shown = all ? forms : unmatched;
    const choice = (value: boolean, text: string, count: number) =>
      html`<button type="button" aria-pressed=${all === value ? 'true' : 'false'} @click=${() => (this.all = value)}>${text} <span class="num">${locale.number(count)}</span></button>`;
    return html`<section class="panel" aria-labelledby="forms">
      <div class="panel-head">
        <div><h2 id="forms">${words.formsTitle}</h2><p>${words.formsLead}</p></div>
        ${forms.length ? html`<div class="seg" role="group" aria-labelledby="forms">${choice(false, words.onlyUnmatched, unmatched.length)}${choice(true, words.allForms, forms.length)}</div>` : nothing}
      </div>
      ${forms.length === 0
        ? html`<p class="help">${words.noFormsTitle}</p>`
        : shown.length === 0
          ? html`<p class="help with-sign">${icon('okc', 's')}${words.noUnmatched}</p>`
          : html`${all ? nothing : this.help()} ${this.told ? html`<p class="told-line">${this.told}</p>` : nothing}
              <div class="table-wrap">
                <table class="stackable">
                  <thead><tr>
                    <th scope="col">${words.verb}</th><th scope="col">${words.activityType}</th>
                    ${all ? html`<th scope="col" class="r">${words.records}</th><th scope="col" class="r">${words.states.waiting}</th><th scope="col" class="r">${words.errors}</th>` : nothing}
                    <th scope="col" class="r">${words.states.unmatched}</th>
                    ${all ? html`<th scope="col" class="r">${words.other}</th>` : nothing}
                    <th scope="col">${words.latestShort}</th>
                    ${all ? nothing : html`<th scope="col"><span class="sr">${words.copyDraft}</span></th>`}
                  </tr></thead>
                  <tbody>${shown.map((form) => this.row(form, all))}</tbody>
                </table>
              </div>`}
    </section>`;
  }

  private help(): TemplateResult {
    const { words } = this;
    return html`<p class="help">
      ${words.unmatchedHelp}
      ${this.canEdit ? html`<a href=${address('org', this.organization, 'xapi', this.source.name, 'edit')}>${words.toRules}</a>` : words.adminOnly}
      ${mayReadOriginals(this.ctx, this.organization) ? nothing : words.originalForbidden}
    </p>`;
  }

  private row(form: StatementForm, all: boolean): TemplateResult {
    const { words } = this;
    const { locale } = this.ctx;
    const number = (label: string, value: number, tone = '') => html`<td class="r num" data-label=${label}><span class=${value === 0 ? 'faint' : tone}>${locale.number(value)}</span></td>`;
    return html`<tr>
      <td><b>${shortOf(form.verb)}</b><small><code>${form.verb}</code></small></td>
      <td data-label=${words.activityType}>${form.activityType ? html`<span>${shortOf(form.activityType)}<small><code>${form.activityType}</code></small></span>` : html`<span class="faint">${words.noType}</span>`}</td>
      ${all ? html`${number(words.records, form.mapped)}${number(words.states.waiting, form.waiting, 'warn-text strong')}${number(words.errors, form.rejected, 'bad-text strong')}` : nothing}
      ${number(words.states.unmatched, form.unmatched, 'warn-text strong')}
      ${all ? number(words.other, form.ignored + form.superseded + form.voided) : nothing}
      <td data-label=${words.latestShort}>${locale.moment(form.latestAt)}</td>
      ${all
        ? nothing
        : html`<td class="act"><button class="btn small" type="button" aria-label="${words.copyDraft}: ${shortOf(form.verb)}" @click=${() => void this.draft(form)}>${icon('copy', 's')}${words.copyDraft}</button></td>`}
    </tr>
    ${all || !mayReadOriginals(this.ctx, this.organization)
      ? nothing
      : html`<tr class="below">
          <td colspan="5"><lms-xapi-original .ctx=${this.ctx} .organization=${this.organization} .source=${sourcePath(this.organization, this.source.name)} .statement=${form} .label=${words.example}></lms-xapi-original></td>
        </tr>`}`;
  }

  private async draft(form: StatementForm): Promise<void> {
    const how = await copy(ruleDraft(form));
    this.told = how === 'copied' ? this.words.draftCopied : ruleDraft(form);
    this.ctx.say(this.told);
  }
}
