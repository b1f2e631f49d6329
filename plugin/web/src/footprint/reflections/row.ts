import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyle, type PageContext, Part } from '@kit/element';
import { icon, type IconName } from '@kit/icons';
import { codeName } from '../lists/codes';
import { listStyle, to } from '../lists/list-part';
import { flowOf, whoOf, type RowNames } from '../lists/row-names';
import { texts } from './texts';
import type { Reflection } from './types';

export function standingBadge(ctx: PageContext, one: Reflection): TemplateResult {
  const words = texts[ctx.language].badge;
  const [tone, shape, text]: [string, IconName, string] =
    one.judgement?.decision === 'accept'
      ? ['ok', 'check', words.accept]
      : one.judgement
        ? ['bad', 'refresh', words.hold]
        : one.verdict === 'fine'
          ? ['ok', 'check', words.fine]
          : ['warn', 'alert', words.waiting];
  return html`<span class="badge ${tone}">${icon(shape)}${text}</span>`;
}

/** "модуль «Предполётная подготовка», Поток осень 2025" */
export function placeOf(ctx: PageContext, one: RowNames & { module: string | null; flow: string }): string {
  const words = texts[ctx.language];
  return `${one.module === null ? words.ofProgramme : one.moduleTitle ? words.ofModule(one.moduleTitle) : one.module}, ${flowOf(ctx, one)}`;
}

@customElement('u2035-reflection-row')
export class ReflectionRow extends Part {
  static override styles = [
    baseStyle,
    listStyle,
    css`
      :host { height: 100%; }
      .line { grid-template-columns: minmax(0, 1.3fr) minmax(0, 1.5fr) 13rem; }
      .chips { max-height: 3rem; overflow: hidden; }
      .chip { white-space: normal; }
      .badge { white-space: normal; line-height: 1.2; }
      @container page (max-width: 660px) {
        .line { grid-template-columns: minmax(0, 1fr); align-content: center; }
      }
    `,
  ];

  @property({ attribute: false }) one!: Reflection;

  override render(): TemplateResult {
    const { ctx, one } = this;
    const words = texts[ctx.language];
    return html`<div class="line">
      <div>
        <span class="clip">${to(ctx, `reflections/${one.id}`, whoOf(ctx, one, ''))}</span>
        <small>${placeOf(ctx, one)}</small>
      </div>
      <div>
        ${one.checks.length === 0
          ? html`<span class="muted">${words.nothingFound}</span>`
          : html`<span class="chips">${one.checks.map((check) => html`<span class=${one.verdict === 'flagged' ? 'chip warn' : 'chip'}>${codeName(ctx.language, check.code)}</span>`)}</span>`}
      </div>
      <div>
        ${standingBadge(ctx, one)}
        ${one.judgement ? html`<small>${one.judgement.by}, ${ctx.locale.moment(one.judgement.at)}</small>` : nothing}
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-reflection-row': ReflectionRow;
  }
}
