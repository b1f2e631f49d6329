import { isOfIntegration, projectOf, withTitles } from '@kit/alarms';
import { everyItem } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { may, type Project } from '../context';
import { pagesFor } from '../menu';
import { address } from '../route';
import { View, empty, firstPage, moreButton, nextPage, refused, type Gathered } from '../view';
import './alarm-test';
import './recipients';
import { alarmTexts } from './texts';

interface Message {
  kind: string;
  channel: 'mail' | 'webhook';
  address: string;
  state: string;
  nextTryAt: string | null;
  settledAt: string | null;
  problem: string;
  fix: string;
}
interface Alarm {
  id: string;
  /** Begins with the name of its module. */
  key: string;
  project?: string;
  organization: string;
  code: string;
  title: string;
  detail: string;
  fix: string;
  state: 'open' | 'closed';
  openedAt: string;
  closedAt: string | null;
  messages: Message[];
}

/** Alarms of an organization with who is told of them; without one the whole server's. */
@customElement('lms-alarms')
export class Alarms extends View<Gathered<Alarm>> {
  @state() private which: 'open' | 'closed' = 'open';
  @state() private problem: unknown = null;
  private titles = new Map<string, string>();

  private get words() {
    return alarmTexts[this.ctx.language];
  }
  private get resource(): string {
    return this.organization ? `/api/v1/organizations/${this.organization}/alarms` : '/api/v1/alarms';
  }
  protected override forbidden(): string {
    return this.organization || this.ctx.session.serverAdmin ? '' : this.shell.forbiddenServer;
  }
  protected override key(): string {
    return `${super.key()} ${this.which}`;
  }
  protected override async load(signal: AbortSignal): Promise<Gathered<Alarm>> {
    // Without the titles an alarm names its project by id.
    const projects = await everyItem<Project>(this.ctx.api, '/api/v1/projects', { signal }).catch(() => []);
    this.titles = new Map(projects.map((one) => [one.id, one.title]));
    return firstPage<Alarm>(this.ctx, this.resource, { state: this.which }, signal);
  }
  protected override heading(): string {
    return this.words.title;
  }
  protected override lead(): TemplateResult {
    return html`<p class="lead">${this.organization ? this.words.lead : this.words.serverLead}</p>`;
  }

  protected override draw(list: Gathered<Alarm>): TemplateResult {
    const { words } = this;
    const admin = this.ctx.session.serverAdmin || may(this.ctx.session, this.organization, 'organization-admin');
    return html`${this.problem ? refused(this.ctx, this.problem) : nothing}
      <div class="seg" role="group" aria-label=${words.which}>
        ${(['open', 'closed'] as const).map((one) => html`<button type="button" aria-pressed=${String(this.which === one)} @click=${() => (this.which = one)}>${words[one]}</button>`)}
      </div>
      ${list.items.length === 0
        ? this.which === 'open'
          ? empty('okc', words.noneTitle, words.noneText)
          : empty('clock', words.noneClosedTitle, words.noneClosedText)
        : html`<ul class="alarms list">${list.items.map((alarm) => this.alarm(alarm))}</ul>
            ${moreButton(this.ctx, list, () => void this.more())}`}
      ${this.organization
        ? admin
          ? html`<lms-recipients .ctx=${this.ctx} .organization=${this.organization}></lms-recipients>`
          : html`<p class="small faint">${words.onlyAdmin}</p>`
        : html`<section class="panel" aria-labelledby="told">
            <div class="panel-head"><h2 id="told">${words.recipients}</h2></div>
            <div class="panel-body stack-s"><p>${words.serverRecipients}</p><lms-alarm-test .ctx=${this.ctx} .resource=${'/api/v1/alarms/test'}></lms-alarm-test></div>
          </section>`}`;
  }

  private alarm(alarm: Alarm): TemplateResult {
    const { words } = this;
    const { locale } = this.ctx;
    const open = alarm.state === 'open';
    const where = alarm.organization ? (this.ctx.organizations.find((one) => one.id === alarm.organization)?.legalName ?? alarm.organization) : words.ofServer;
    const time = open || !alarm.closedAt ? words.since(locale.moment(alarm.openedAt)) : words.from(locale.moment(alarm.openedAt), locale.moment(alarm.closedAt));
    return html`<li class="note ${open ? 'bad' : ''}">
      ${icon(open ? 'alert' : 'okc')}
      <div>
        <h2 class="note-head">${withTitles(alarm.title, this.titles)}</h2>
        ${alarm.detail ? html`<p>${alarm.detail}</p>` : nothing} ${alarm.fix ? html`<p>${alarm.fix}</p>` : nothing}
        ${open ? this.toIntegration(alarm) : nothing}
        <p class="caption">${this.organization ? time : `${where}, ${time}`}</p>
        <details class="more">
          <summary>${icon('chev', 's')}${words.messages}</summary>
          ${alarm.messages.length === 0 ? html`<p class="small">${words.noMessages}</p>` : html`<ul class="small">${alarm.messages.map((one) => html`<li>${this.message(one)}</li>`)}</ul>`}
        </details>
      </div>
    </li>`;
  }

  /** The module's page of integrations, at the project's, where this person has such a page. */
  private toIntegration(alarm: Alarm): unknown {
    const project = isOfIntegration(alarm) ? projectOf(alarm, this.titles) : null;
    const id = `${alarm.key.split('/')[0]}-integrations`;
    if (!project || !pagesFor(this.ctx.pages, this.ctx.session, alarm.organization).some((page) => page.id === id)) return nothing;
    return html`<p><a href=${address('org', alarm.organization, id, project)}>${this.words.openIntegration(this.titles.get(project) ?? project)}</a></p>`;
  }

  private message(one: Message): TemplateResult {
    const { words } = this;
    const whom = one.channel === 'webhook' ? words.webhook : one.address || words.hidden;
    const when = one.settledAt ?? one.nextTryAt;
    const time = one.settledAt ? this.ctx.locale.moment(one.settledAt) : when ? words.nextTry(this.ctx.locale.moment(when)) : '';
    return html`${whom}, ${words.kinds[one.kind] ?? one.kind}: ${words.messageStates[one.state] ?? one.state}${time ? `, ${time}` : ''}${one.problem ? html`<br /><span class="muted">${one.problem}. ${one.fix}</span>` : nothing}`;
  }

  private async more(): Promise<void> {
    this.problem = null;
    try {
      this.data = await nextPage<Alarm>(this.ctx, this.resource, this.data!, { state: this.which });
    } catch (error) {
      this.problem = error;
    }
  }
}
