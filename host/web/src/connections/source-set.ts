import { ApiError, everyItem } from '@kit/api';
import { askedOf, readAsked, stepsOf } from '@kit/way';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { focusWrong, select } from '../forms';
import { address } from '../route';
import { View, crumbs, empty, refused } from '../view';
import { checks } from './checks';
import { sourceField } from './fields';
import { connectionPath, mayHere, nameOf, type Connection, type Route, type SourceField, type SourceSet } from './model';
import { problemAt, problemsBeside } from './refusals';
import { connectionStyle } from './shown';
import { connectionTexts } from './texts';
import { settingsOf, valuesOf, type Values } from './values';

interface Known {
  connection: Connection;
  sets: SourceSet[];
}

/** Adds the routes of a ready-made set to a connection. */
@customElement('lms-source-set')
export class SourceSetView extends View<Known> {
  static override styles = [...View.styles, connectionStyle];
  @state() private chosen = '';
  @state() private values: Values = {};
  @state() private problem: unknown = null;
  @state() private busy = false;

  private get words() {
    return connectionTexts[this.ctx.language];
  }
  private get connection(): string {
    return stepsOf(this.path);
  }
  private get where(): string {
    return connectionPath(this.organization, this.connection);
  }
  protected override forbidden(): string {
    return mayHere(this.ctx.session, this.organization, 'organization-admin') ? '' : this.shell.forbiddenRole(this.shell.roles['organization-admin']);
  }

  protected override async load(signal: AbortSignal): Promise<Known> {
    const { api } = this.ctx;
    const [{ data: connection }, all] = await Promise.all([api.get<Connection>(this.where, { signal }), everyItem<SourceSet>(api, '/api/v1/source-sets', { signal })]);
    const sets = all.filter((set) => set.kind === connection.kind);
    // In another language the same set, with what is typed.
    if (!sets.some((set) => set.name === this.chosen)) this.choose(sets, readAsked(askedOf(this.path), { set: '' }).set);
    return { connection, sets };
  }

  private choose(sets: readonly SourceSet[], name: string): void {
    const set = sets.find((one) => one.name === name) ?? sets[0];
    this.chosen = set?.name ?? '';
    this.problem = null;
    // A single project needs no choosing.
    this.values = set ? { ...valuesOf(set.parameters, {}), ...(set.parameters.some(isProject) ? { project: this.projects.length === 1 ? this.projects[0]! : '' } : {}) } : {};
  }

  private get projects(): readonly string[] {
    return this.ctx.organizations.find((one) => one.id === this.organization)?.projects ?? [];
  }

  protected override wayHere(): TemplateResult {
    return crumbs(this.data ? nameOf(this.data.connection) : this.connection, address('org', this.organization, 'connections', this.connection), this.words.setTitle);
  }
  protected override heading(): string {
    return this.words.setTitle;
  }
  protected override lead(): unknown {
    return this.data ? html`<p class="lead">${this.words.setLead(nameOf(this.data.connection))}</p>` : nothing;
  }

  protected override draw({ sets }: Known): TemplateResult {
    const { words, ctx } = this;
    const back = address('org', this.organization, 'connections', this.connection);
    const set = sets.find((one) => one.name === this.chosen);
    if (!set) return empty('list', words.setNone, words.setNoneText, html`<a class="btn primary" href=${address('org', this.organization, 'connections', this.connection, 'routes', 'new')}>${words.addRoute}</a>`);
    return html`<form class="panel" @submit=${(event: Event) => void this.add(event, set)} novalidate>
      <div class="panel-body alone form">
        ${select(ctx, { id: 'set', label: words.setChoose, value: set.name, options: sets.map((one) => [one.name, one.title] as const), problem: problemAt(ctx.language, this.problem, '/set'), onInput: (name) => this.choose(sets, name) })}
        <fieldset>
          <legend>${words.setParameters}</legend>
          ${set.parameters.map((field) => this.parameter(field))}
        </fieldset>
        <section>
          <h2>${words.setWill}</h2>
          <ol class="names">${set.routes.map((route) => html`<li>${nameOf(route)}</li>`)}</ol>
        </section>
        ${this.refusal(set)}
        <div class="form-foot">
          <button class="btn primary" type="submit" aria-busy=${this.busy ? 'true' : nothing}>${words.setAdd(ctx.locale.count(set.routes.length, words.routeForms))}</button>
          <a class="btn" href=${back}>${ctx.kit.cancel}</a>
        </div>
      </div>
    </form>`;
  }

  private parameter(field: SourceField): TemplateResult {
    const { ctx, projects } = this;
    // The organization's own projects are known: nobody has to know their ids.
    const shown: SourceField = isProject(field) && projects.length ? { ...field, type: 'choice', choices: [...projects] } : field;
    return sourceField(ctx, shown, {
      values: this.values,
      kept: {},
      problem: (name) => problemAt(ctx.language, this.problem, `/parameters/${name}`),
      onInput: (name, value) => (this.values = { ...this.values, [name]: value as string | null }),
    });
  }

  private refusal(set: SourceSet): unknown {
    if (!this.problem) return nothing;
    const beside = problemsBeside(this.problem, ['/set', ...set.parameters.map(({ name }) => `/parameters/${name}`)]);
    if (beside.length) return html`<div class="note bad" role="alert"><div><ul class="beside">${beside.map((one) => html`<li>${one.reason} ${one.fix}</li>`)}</ul></div></div>`;
    const hasFields = this.problem instanceof ApiError && Boolean(this.problem.problem.errors?.length);
    return hasFields ? nothing : refused(this.ctx, this.problem);
  }

  private async add(event: Event, set: SourceSet): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      const { data } = await this.ctx.api.post<{ items: Route[] }>(`${this.where}/routes/from-set`, { set: set.name, parameters: settingsOf(set.parameters, this.values) });
      checks.forget(this.where);
      this.ctx.say(this.words.setAdded(this.ctx.locale.count(data.items.length, this.words.routeForms)));
      this.ctx.go(address('org', this.organization, 'connections', this.connection));
    } catch (error) {
      this.problem = error;
    }
    this.busy = false;
    await this.updateComplete;
    focusWrong(this.renderRoot);
  }
}

function isProject(field: SourceField): boolean {
  return field.name === 'project' && field.type === 'text';
}
