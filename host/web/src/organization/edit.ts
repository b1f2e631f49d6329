import { everyItem } from '@kit/api';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { may, tariffs, type Organization, type Project, type Tariff } from '../context';
import { FormView } from '../form-view';
import { check, field, problemOf, select, type FieldSpec } from '../forms';
import { address } from '../route';
import { crumbs } from '../view';
import { isOffered, offers, participationFor, type Offer } from './participation';
import { organizationTexts } from './texts';

type TextField = 'id' | 'legalName' | 'fullName' | 'timeZone' | 'activityBase' | 'responsibleName' | 'responsiblePhone' | 'responsibleEmail' | 'corporateEmail';

interface Known {
  projects: Project[];
}

const blank: Organization = {
  id: '', legalName: '', fullName: '', tariff: 'professional', participation: [], projects: [], timeZone: 'Europe/Moscow',
  activityBase: '', responsibleName: '', responsiblePhone: '', responsibleEmail: '', corporateEmail: '', version: 0,
};

/** The organization's edit page; without an organization it makes a new one. */
@customElement('lms-organization-edit')
export class OrganizationEdit extends FormView<Organization, Known> {
  constructor() {
    super(blank);
  }

  private get words() {
    return organizationTexts[this.ctx.language];
  }
  protected override get isNew(): boolean {
    return this.organization === '';
  }
  protected override get resource(): string {
    return `/api/v1/organizations/${this.organization}`;
  }

  protected override forbidden(): string {
    const { session } = this.ctx;
    if (session.serverAdmin || (!this.isNew && may(session, this.organization, 'organization-admin'))) return '';
    return this.shell.forbiddenRole(this.shell.roles['organization-admin']);
  }
  // What is typed stays when the language changes.
  protected override key(): string {
    return `edit ${this.organization}`;
  }

  protected override async load(signal: AbortSignal): Promise<Known> {
    const projects = await everyItem<Project>(this.ctx.api, '/api/v1/projects', { signal });
    await this.read(signal);
    return { projects };
  }

  protected override wayHere(): TemplateResult {
    return this.isNew
      ? crumbs(this.words.list, address('server', 'organizations'), this.words.newTitle)
      : crumbs(this.shell.views.organization, address('org', this.organization), this.shell.edit);
  }
  protected override heading(): string {
    return this.isNew ? this.words.newTitle : this.words.editTitle;
  }
  protected override lead(): unknown {
    return this.isNew ? html`<p class="lead">${this.words.newLead}</p>` : nothing;
  }

  protected override draw({ projects }: Known): TemplateResult {
    const { words, typed } = this;
    const admin = this.ctx.session.serverAdmin;
    const all = offers(projects);
    return html`${this.conflictNote(words.conflictTitle, words.conflict)}
      <form class="panel" @submit=${(event: Event) => this.save(event, () => this.send())} novalidate>
        <div class="panel-body alone form">
          <fieldset>
            <legend>${words.main}</legend>
            ${this.isNew ? this.text('id', words.id, { hint: words.idHint, mono: true }) : nothing}
            ${this.text('legalName', words.legalName, { hint: words.legalNameHint })} ${this.text('fullName', words.fullName, { optional: words.optional })}
            ${select(this.ctx, {
              id: 'tariff',
              label: words.tariff,
              value: typed.tariff,
              options: tariffs.map((one) => [one, this.shell.tariffs[one]] as const),
              disabled: !admin,
              hint: admin ? undefined : words.tariffHint,
              problem: problemOf(this.problem, '/tariff'),
              theirs: this.theirs.tariff && this.shell.tariffs[this.theirs.tariff],
              onInput: (value) => this.set({ tariff: value as Tariff }),
            })}
            ${all.map((offer) => this.flag(offer))}
            ${projects.length ? this.projectChoice(projects, admin) : nothing}
            ${this.isNew ? this.text('activityBase', words.activityBase, { hint: words.activityBaseNewHint, type: 'url', mono: true }) : nothing}
            ${this.text('timeZone', words.timeZone, { hint: words.timeZoneHint })}
          </fieldset>
          <hr class="rule" />
          <fieldset>
            <legend>${words.responsible}</legend>
            ${this.text('responsibleName', words.responsibleName, { optional: words.optional })}
            ${this.text('responsiblePhone', words.responsiblePhone, { type: 'tel', optional: words.optional })}
            ${this.text('responsibleEmail', words.responsibleEmail, { type: 'email', optional: words.optional })}
            ${this.text('corporateEmail', words.corporateEmail, { type: 'email', hint: words.corporateEmailHint, optional: words.optional })}
          </fieldset>
          ${this.refusal()}
          <div class="form-foot">
            <button class="btn primary" type="submit" aria-busy=${this.busy ? 'true' : nothing}>${this.isNew ? words.create : this.shell.save}</button>
            <a class="btn" href=${this.isNew ? address('server', 'organizations') : address('org', this.organization)}>${this.ctx.kit.cancel}</a>
            ${this.wrongFields ? html`<span class="status bad-text">${this.shell.wrongFields(this.ctx.locale.count(this.wrongFields, this.shell.fieldForms))}</span>` : nothing}
          </div>
        </div>
      </form>`;
  }

  private text(name: TextField, label: string, more: Partial<FieldSpec> = {}): TemplateResult {
    return field(this.ctx, {
      id: name,
      label,
      value: this.typed[name],
      problem: problemOf(this.problem, `/${name}`),
      theirs: this.theirs[name],
      onInput: (value) => this.set({ [name]: value } as Partial<Organization>),
      ...more,
    });
  }

  private flag(offer: Offer): TemplateResult {
    const { words, typed } = this;
    const offered = isOffered(offer, typed.tariff);
    const names = this.list(offer.tariffs.map((one) => `«${this.shell.tariffs[one]}»`), offered ? words.and : words.or);
    const hint = offered ? (offer.tariffs.length ? words.offeredOn(names) : undefined) : words.notOffered(this.shell.tariffs[typed.tariff], names);
    return check(this.ctx, {
      id: `flag-${offer.flag}`,
      label: offer.title,
      checked: offered && typed.participation.includes(offer.flag),
      disabled: !offered,
      hint: !offered && typed.participation.includes(offer.flag) ? `${hint} ${words.leavesOffer}` : hint,
      problem: problemOf(this.problem, '/participation'),
      theirs: this.theirs.participation && (this.theirs.participation.includes(offer.flag) ? words.marked : words.isNotParticipant),
      onChange: (checked) => this.set({ participation: toggled(typed.participation, offer.flag, checked) }),
    });
  }

  private projectChoice(projects: Project[], admin: boolean): TemplateResult {
    const { words, typed } = this;
    // Whose they aren't to change reads them: boxes for all projects of the server would only be in the way.
    if (!admin)
      return html`<div class="field">
        <p class="label">${words.projects}</p>
        <p>${projects.filter((one) => typed.projects.includes(one.id)).map((one) => one.title).join(', ') || this.shell.unknown}</p>
        <p class="hint">${words.projectsHint}</p>
      </div>`;
    return html`<fieldset class="choices">
      <legend class="sub">${words.projects}</legend>
      ${projects.map((one) =>
        check(this.ctx, {
          id: `project-${one.id}`,
          label: one.title,
          checked: typed.projects.includes(one.id),
          theirs: this.theirs.projects && (this.theirs.projects.includes(one.id) ? words.marked : words.isNotParticipant),
          onChange: (checked) => this.set({ projects: toggled(typed.projects, one.id, checked) }),
        }),
      )}
    </fieldset>`;
  }

  private list(names: string[], word: string): string {
    return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
  }

  private async send(): Promise<void> {
    const body = { ...this.typed, participation: participationFor(this.typed, offers(this.data!.projects)) };
    const { data } = this.isNew
      ? await this.ctx.api.post<Organization>('/api/v1/organizations', withoutVersion(body))
      : await this.ctx.api.put<Organization>(this.resource, body, { ifMatch: this.etag });
    this.ctx.organizationChanged(data);
    this.ctx.say(this.words.savedText);
    this.ctx.go(address('org', data.id));
  }
}

function toggled(list: readonly string[], one: string, on: boolean): string[] {
  return on ? [...new Set([...list, one])].sort() : list.filter((other) => other !== one);
}

function withoutVersion({ version: _, ...rest }: Organization): Omit<Organization, 'version'> {
  return rest;
}
