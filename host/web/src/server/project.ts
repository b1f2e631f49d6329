import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Project } from '../context';
import { FormView } from '../form-view';
import { field, problemOf } from '../forms';
import { address } from '../route';
import { crumbs } from '../view';
import { serverTexts } from './texts';

const blank: Project = { id: '', title: '', profile: '', projectValue: '', version: 0 };

@customElement('lms-project')
export class ProjectView extends FormView<Project> {
  constructor() {
    super(blank);
  }

  private get words() {
    return serverTexts[this.ctx.language];
  }
  protected override get isNew(): boolean {
    return this.path === 'new';
  }
  protected override get resource(): string {
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
    await this.read(signal);
    return true;
  }

  protected override draw(): TemplateResult {
    const { words, typed } = this;
    const text = (id: 'id' | 'title' | 'profile' | 'projectValue', label: string, hint: string, mono = false, optional?: string) =>
      field(this.ctx, { id, label, hint, mono, optional, value: typed[id], problem: problemOf(this.problem, `/${id}`), onInput: (value) => this.set({ [id]: value }) });
    return html`${this.conflictNote(words.projectConflictTitle, words.projectConflict)}
      <form class="panel" @submit=${(event: Event) => this.save(event, () => this.send())} novalidate>
        <div class="panel-body alone form">
          ${this.isNew ? text('id', words.projectId, words.projectIdHint, true) : nothing} ${text('title', words.projectTitle, words.projectTitleHint)}
          ${text('profile', words.profile, words.profileHint, true)} ${text('projectValue', words.projectValue, words.projectValueHint, false, words.optional)}
          ${this.refusal()}
          <div class="form-foot">
            <button class="btn primary" type="submit" aria-busy=${this.busy ? 'true' : nothing}>${this.isNew ? words.create : this.shell.save}</button>
            <a class="btn" href=${address('server', 'projects')}>${this.ctx.kit.cancel}</a>
          </div>
        </div>
      </form>`;
  }

  private async send(): Promise<void> {
    const { id, title, profile, projectValue } = this.typed;
    if (this.isNew) await this.ctx.api.post('/api/v1/projects', { id, title, profile, projectValue });
    else await this.ctx.api.put(this.resource, { title, profile, projectValue }, { ifMatch: this.etag });
    this.ctx.say(this.words.projectSaved(title));
    this.ctx.go(address('server', 'projects'));
  }
}
