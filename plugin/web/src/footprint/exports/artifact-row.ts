import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyle, Part } from '@kit/element';
import { icon, type IconName } from '@kit/icons';
import { thingTitle } from '../lists/codes';
import { listStyle } from '../lists/list-part';
import { flowOf, whatOf, whoOf } from '../lists/row-names';
import { texts } from './texts';
import type { Artifact, ArtifactState } from './types';
import { webAddress } from './uploads';

const looks: Record<ArtifactState, [tone: string, shape: IconName]> = {
  failed: ['bad', 'excl'],
  wanted: ['', 'clock'],
  uploading: ['now', 'refresh'],
  uploaded: ['now', 'half'],
  proven: ['ok', 'check'],
};

@customElement('u2035-artifact-row')
export class ArtifactRow extends Part {
  static override styles = [
    baseStyle,
    listStyle,
    css`
      :host { height: 100%; }
      .line { grid-template-columns: minmax(0, 1fr) minmax(0, 1.3fr) minmax(0, 1.3fr); }
      .badge { font-size: var(--u-fs-xs); }
      @container page (max-width: 660px) { .line { grid-template-columns: minmax(0, 1fr); align-content: center; } }
    `,
  ];

  @property({ attribute: false }) one!: Artifact;

  override render(): TemplateResult {
    const { ctx, one } = this;
    const words = texts[ctx.language];
    const { locale } = ctx;
    const [tone, shape] = looks[one.state] ?? ['', 'clock'];
    const name = one.key.split('/').pop() ?? one.key;
    const url = webAddress(one.url);
    return html`<div class="line">
      <div>
        <span class="clip strong">${whoOf(ctx, one, words.ofProgramme)}</span>
        <small>${[thingTitle(ctx.language, one.kind), whatOf(one), flowOf(ctx, one)].filter(Boolean).join(' · ')}</small>
      </div>
      <div>
        <span class="clip" title=${one.key}>${url ? html`<a href=${url} target="_blank" rel="noreferrer noopener" aria-label=${`${words.artifactOpen}: ${name}`}>${name}</a>` : name}</span>
        <small>${locale.bytes(one.size)} · ${one.contentType}</small>
      </div>
      <div>
        <span class="badge ${tone}">${icon(shape)}${words.artifactState[one.state] ?? one.state}</span>
        ${one.failure
          ? html`<small title=${`${one.failure.cause}. ${one.failure.fix}`}>${one.failure.cause}. ${one.failure.fix}</small>`
          : html`<small>${locale.moment(one.provenAt ?? one.changedAt)}${one.attempts > 1 ? html` · ${words.artifactAttempts(locale, one.attempts)}` : nothing}</small>`}
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-artifact-row': ArtifactRow;
  }
}
