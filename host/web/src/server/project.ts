import { ApiError } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Project } from '../context';
import { field, focusWrong, problemOf, rebased } from '../forms';
import { address } from '../route';
import { View, crumbs, refused } from '../view';
import { serverTexts } from './texts';

const blank: Project = { id: '', title: '', profile: '', projectValue: '', version: 0 };

@customElement('lms-project')
export class ProjectView extends View<true> {
  @state() private typed: Project = blank;
  @state() private problem: unknown = null;
  @state() private conflict = false;
  @state() private busy = false;
  private known: Project = blank;
  private etag = '';

  private get words() {
    return serverTexts[this.ctx.language];
  }
  private get isNew(): boolean {
    return this.path === 'new';
  }
  private get resource(): string {
    return `/api/v1/projects/${encodeURIComponent(this.path)}`;
  }
  protected override key(): string {
    return `project ${this.path}`;
  }
  protected override wayHere(): TemplateResult {
    return crumbs(this.words.projects, address('server', 'projects'), this.heading());
  }
  protected override heading(): string {
    return this.isNew ? this.words.newProject : this.known.title || this.path;
  }
  protected override async load(signal: AbortSignal): Promise<true> {
    if (!this.isNew) {
      const { data, etag } = await this.ctx.api.get<Project>(this.resource, { signal });
      this.known = this.typed = data;
      this.etag = etag;
    }
    return true;
  }

  protected override draw(): TemplateResult {
    const { words, typed } = this;
    const hasFields = this.problem instanceof ApiError && Boolean(this.problem.problem.errors?.length);
    const text = (id: 'id' | 'title' | 'profile' | 'projectValue', label: string, hint: string, mono = false, optional?: string) =>
      field(this.ctx, { id, label, hint, mono, optional, value: typed[id], problem: problemOf(this.problem, `/${id}`), onInput: (value) => (this.typed = { ...this.typed, [id]: value }) });
    return html`${this.conflict
        ? html`<div class="note warn" role="alert">${icon('alert')}<div><h2 class="note-head">${words.projectConflictTitle}</h2><p>${words.projectConflict}</p></div></div>`
        : nothing}
      <form class="panel" @submit=${this.submit} novalidate>
        <div class="panel-body alone form">
          ${this.isNew ? text('id', words.projectId, words.projectIdHint, true) : nothing} ${text('title', words.projectTitle, words.projectTitleHint)}
          ${text('profile', words.profile, words.profileHint, true)} ${text('projectValue', words.projectValue, words.projectValueHint, false, words.optional)}
          ${this.problem && !hasFields ? refused(this.ctx, this.problem) : nothing}
          <div class="form-foot">
            <button class="btn primary" type="submit" aria-busy=${this.busy ? 'true' : nothing}>${this.isNew ? words.create : this.shell.save}</button>
            <a class="btn" href=${address('server', 'projects')}>${this.ctx.kit.cancel}</a>
          </div>
        </div>
      </form>`;
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    this.conflict = false;
    const { id, title, profile, projectValue } = this.typed;
    try {
      if (this.isNew) await this.ctx.api.post('/api/v1/projects', { id, title, profile, projectValue });
      else await this.ctx.api.put(this.resource, { title, profile, projectValue }, { ifMatch: this.etag });
      this.ctx.say(this.words.projectSaved(title));
      this.ctx.go(address('server', 'projects'));
    } catch (error) {
      this.problem = error;
      if (error instanceof ApiError && error.status === 412) {
        const { data, etag } = await this.ctx.api.get<Project>(this.resource);
        this.typed = { ...rebased(this.known, data, this.typed), version: data.version };
        this.known = data;
        this.etag = etag;
        this.problem = null;
        this.conflict = true;
      }
    }
    this.busy = false;
    await this.updateComplete;
    focusWrong(this.renderRoot);
  }
}
