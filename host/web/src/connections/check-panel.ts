import { ApiError } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ShellPart, refused } from '../view';
import { badge } from '../badge';
import { actorWords } from '../journal/actor';
import { checks, type Check } from './checks';
import { connectionPath, isBrought, mayHere, type Connection, type SourceKind } from './model';
import { diagnoses as diagnosesOf } from '../routes/run-view';
import { connectionStyle } from './shown';
import { connectionTexts } from './texts';

/** Asks the source now, and says what it found: cause, fix, the server's answer. */
@customElement('lms-connection-check')
export class ConnectionCheck extends ShellPart {
  static override styles = [...ShellPart.styles, connectionStyle];
  @property({ attribute: false }) organization = '';
  @property({ attribute: false }) connection!: Connection;
  @property({ attribute: false }) kind: SourceKind | null = null;

  private get words() {
    return connectionTexts[this.ctx.language];
  }
  private get where(): string {
    return connectionPath(this.organization, this.connection.name);
  }
  private last: Check | undefined;
  private readonly onChange = (): void => {
    const check = checks.of(this.where);
    // Whoever began it, here or with the form: its end is said.
    if (this.last?.state === 'running' && check && check.state !== 'running') this.tell(check);
    this.last = check;
    this.requestUpdate();
  };
  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('connection')) this.last = checks.of(this.where);
  }
  override connectedCallback(): void {
    super.connectedCallback();
    checks.addEventListener('change', this.onChange);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    checks.removeEventListener('change', this.onChange);
  }

  override render(): TemplateResult {
    const { words, ctx } = this;
    const check = checks.latest(this.where, this.connection);
    const may = mayHere(ctx.session, this.organization, 'methodist');
    const at = check?.state === 'done' ? words.checkedBy(ctx.locale.moment(check.found.at), actorWords(ctx.language, check.found.by)) : '';
    return html`<section class="panel" aria-labelledby="check">
      <div class="panel-head">
        <div><h2 id="check">${words.checkTitle}</h2>${at ? html`<p class="small muted">${at}</p>` : nothing}</div>
        <div class="btns">
          ${may ? nothing : html`<span class="small muted grow" id="why">${words.runsMethodist(this.shell.roles.methodist)}</span>`}
          <button class="btn" type="button" aria-disabled=${may ? nothing : 'true'} aria-describedby=${may ? nothing : 'why'} aria-busy=${check?.state === 'running' ? 'true' : nothing} @click=${() => may && void this.check()}>
            ${check?.state === 'running' ? html`<span class="spin" aria-hidden="true"></span>${words.checking}` : html`${icon('refresh')}${words.checkNow}`}
          </button>
        </div>
      </div>
      <div class="panel-body">${this.found(check)}</div>
    </section>`;
  }

  private found(check: Check | undefined): unknown {
    const { words, ctx } = this;
    if (!check) return html`<p class="muted">${isBrought(this.kind) ? words.checkNeverBrought : words.checkNever}</p>`;
    if (check.state === 'running') return html`<p class="muted">${words.checkingText}</p>`;
    if (check.state === 'broken') return refused(ctx, check.error, check.error instanceof ApiError && check.error.status === 403 ? undefined : () => void this.check());
    const { ok, outdated, failedAt, diagnoses } = check.found;
    return html`${outdated ? html`<div class="note warn">${icon('alert')}<p>${words.checkOutdated}</p></div>` : nothing}
      ${ok
        ? html`<p>${badge(outdated ? '' : 'ok', 'okc', this.well)}</p><p class="small muted after-well">${this.unsaid}</p>`
        : html`${failedAt && words.checkSteps[failedAt] ? html`<p class="failed-at">${words.failedAt(words.checkSteps[failedAt])}</p>` : nothing}${diagnosesOf(ctx, diagnoses, 'bad')}`}`;
  }

  private get well(): string {
    return isBrought(this.kind) ? this.words.checkWellBrought : this.words.checkWell;
  }
  /** What a check that found nothing has not seen. */
  private get unsaid(): string {
    const { settings } = this.connection;
    if (isBrought(this.kind)) return this.words.checkNoteBrought;
    const signsIn = settings.auth !== undefined && settings.auth !== 'none';
    const mayProve = this.kind?.connection.some(({ name }) => name === 'checkPath');
    return mayProve && signsIn && !settings.checkPath ? this.words.checkNoteNoPath : this.words.checkNote;
  }

  private tell(check: Exclude<Check, { state: 'running' }>): void {
    const { words, ctx } = this;
    if (check.state === 'broken') ctx.say(words.checkUnsaid, true);
    else ctx.say(check.found.ok ? this.well : words.checkBad(ctx.locale.count(check.found.diagnoses.length, words.problems)), !check.found.ok);
  }

  private async check(): Promise<void> {
    if (checks.of(this.where)?.state !== 'running') await checks.run(this.ctx.api, this.where);
  }
}
