import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyle, type PageContext, Part } from '@kit/element';
import { icon, type IconName } from '@kit/icons';
import { codeName } from '../lists/codes';
import { listStyle, to } from '../lists/list-part';
import { personName } from '../lists/names';
import { codesOf } from './filters';
import { texts } from './texts';
import type { ListedPerson, Person } from './types';

/** The verdict in a word, an icon and a tone. */
export function verdictBadge(ctx: PageContext, person: Person): TemplateResult {
  const words = texts[ctx.language];
  const [tone, shape, text]: [string, IconName, string] =
    person.verdict === 'ready'
      ? ['ok', 'check', words.verdict.ready]
      : person.verdict === 'unknown'
        ? ['', 'minus', words.verdictMany.unknown]
        : person.onlyWaits
          ? ['now', 'clock', words.onlyWaits]
          : ['warn', 'alert', words.verdict['not-ready']];
  return html`<span class="badge ${tone}">${icon(shape)}${text}</span>`;
}

const mostChips = 3;

@customElement('u2035-readiness-row')
export class ReadinessRow extends Part {
  static override styles = [
    baseStyle,
    listStyle,
    css`
      :host { height: 100%; }
      .line { grid-template-columns: minmax(0, 1.2fr) 11.5rem minmax(0, 2fr); }
      .chips { max-height: 3rem; overflow: hidden; }
      .badge { max-width: 100%; white-space: normal; line-height: 1.2; }
      .chip { white-space: normal; }
      @container page (max-width: 660px) {
        .line { grid-template-columns: minmax(0, 1fr) auto; align-content: center; }
        .lacking { grid-column: 1 / -1; }
        .badge { font-size: var(--u-fs-xs); }
      }
    `,
  ];

  @property({ attribute: false }) person!: ListedPerson;

  override render(): TemplateResult {
    const { ctx, person } = this;
    const words = texts[ctx.language];
    const codes = codesOf(person);
    const { delivered, waiting, refused } = person.facts.statements;
    const name = personName(ctx, { id: person.learner, externalId: person.externalId ?? '', ...person }, person.learner, person.externalId);
    return html`<div class="line">
      <div>
        <span class="clip">${to(ctx, `readiness/${person.flow}/${person.learner}`, name)}</span>
        <small>${person.untiId ? words.untiId(person.untiId) : words.noUntiId}${person.externalId ? html` · ${words.externalId(person.externalId)}` : nothing}</small>
      </div>
      <div>${verdictBadge(ctx, person)}</div>
      <div class="lacking">
        ${codes.length === 0
          ? html`<span class="muted clip2">${person.verdict === 'ready' ? words.nothingLacks : words.factsShort(ctx.locale, delivered, waiting, refused)}</span>`
          : html`<span class="chips">
              ${codes.slice(0, mostChips).map(({ code, waits }) => html`<span class=${waits ? 'chip' : 'chip warn'}>${codeName(ctx.language, code)}</span>`)}
              ${codes.length > mostChips ? html`<span class="chip">${words.moreLacks(ctx.locale, codes.length - mostChips)}</span>` : nothing}
            </span>`}
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-readiness-row': ReadinessRow;
  }
}
