import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ShellPart, refused, viewStyle } from '../view';
import { baseStyle } from '@kit/element';
import { routeStyle } from './style';
import { routeTexts } from './texts';

/** A file brought to a route of files by hand. */
@customElement('lms-route-upload')
export class RouteUpload extends ShellPart {
  static override styles = [baseStyle, viewStyle, routeStyle];
  @property({ attribute: false }) resource = '';
  @property({ attribute: false }) whyNot = '';
  @property({ attribute: false }) onTaken: () => void = () => {};
  @state() private file: File | null = null;
  @state() private busy = false;
  @state() private lacks = false;
  @state() private problem: unknown = null;

  override render(): TemplateResult {
    const words = routeTexts[this.ctx.language];
    return html`<section class="panel" aria-labelledby="upload-title">
      <div class="panel-head"><div><h2 id="upload-title">${words.upload}</h2><p class="small muted">${words.filesLead} ${words.uploadLead}</p></div></div>
      <form class="panel-body stack-s" novalidate @submit=${(event: Event) => void this.send(event)}>
        <div class="field">
          <label for="file">${words.uploadFile}</label>
          <input class="input" id="file" type="file" aria-invalid=${this.lacks ? 'true' : nothing} aria-describedby=${this.lacks ? 'file-wrong' : nothing} @change=${(event: Event) => ((this.file = (event.target as HTMLInputElement).files?.[0] ?? null), (this.lacks = false))} />
          ${this.lacks ? html`<p class="wrong" id="file-wrong">${icon('excl', 's')}<span>${words.uploadNone}</span></p>` : nothing}
        </div>
        ${this.problem ? refused(this.ctx, this.problem) : nothing}
        <div class="btns">
          <button class="btn primary" type="submit" aria-disabled=${this.whyNot ? 'true' : nothing} aria-describedby=${this.whyNot ? 'upload-why' : nothing} aria-busy=${this.busy ? 'true' : nothing}>${words.upload}</button>
          ${this.whyNot ? html`<span class="small muted grow" id="upload-why">${this.whyNot}</span>` : nothing}
        </div>
      </form>
    </section>`;
  }

  private async send(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy || this.whyNot) return;
    this.lacks = !this.file;
    if (!this.file) return;
    this.busy = true;
    this.problem = null;
    try {
      await this.ctx.api.post(`${this.resource}/upload`, new Blob([this.file], { type: 'application/octet-stream' }), { query: { name: this.file.name } });
      this.ctx.say(routeTexts[this.ctx.language].started);
      this.onTaken();
    } catch (error) {
      this.problem = error;
    }
    this.busy = false;
  }
}
