/** Fourteen days as bars. It is a group of radio buttons for keyboard and ear: arrows pick a day. Event `picked` {day}. */

import { html, nothing, svg, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Part, baseStyle } from '@kit/element';
import { heightOf, nightAfter, scaleOf, stackOf } from './chart';
import morningCss from './morning.css?inline';
import { noonOf, type Night } from './nights';
import { texts } from './texts';

const room = { left: 60, right: 4, top: 12, bottom: 46 };
const height = 236;

@customElement('u2035-night-chart')
export class NightChart extends Part {
  static override styles = [baseStyle, unsafeCSS(morningCss)];

  @property({ attribute: false }) nights: Night[] = [];
  @property() picked = '';
  @state() private width = 938;
  private readonly sizes = new ResizeObserver(([entry]) => (this.width = Math.max(280, Math.floor(entry!.contentRect.width))));

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  override render(): TemplateResult {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    const narrow = this.width < 560;
    const left = narrow ? 34 : room.left;
    const plot = { width: this.width - left - room.right, height: height - room.top - room.bottom };
    const base = room.top + plot.height;
    const scale = scaleOf(Math.max(0, ...this.nights.map((night) => heightOf(night.figures))));
    const slot = plot.width / Math.max(1, this.nights.length);
    const bar = Math.min(38, Math.max(8, slot * 0.62));
    const first = this.nights[0];
    const last = this.nights.at(-1);
    const label = first && last ? t.chartLabel(locale.day(noonOf(first.day)), locale.day(noonOf(last.day))) : '';
    return html`<svg viewBox="0 0 ${this.width} ${height}" width=${this.width} height=${height} role="radiogroup" aria-label=${label} @keydown=${this.onKey}>
      <defs>
        <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="hatch-ground" width="5" height="5"></rect>
          <rect class="hatch-line" width="1.6" height="5"></rect>
        </pattern>
      </defs>
      ${scale.steps.map((step) => {
        const y = base - (step / scale.max) * plot.height;
        return svg`<path class="grid" d="M${left} ${y}H${this.width - room.right}"></path><text x=${left - 8} y=${y + 4} text-anchor="end" aria-hidden="true">${this.axis(step, scale.max, narrow)}</text>`;
      })}
      <path class="base" d="M${left} ${base + 0.5}H${this.width - room.right}"></path>
      ${this.nights.map((night, i) => this.night(night, left + i * slot, slot, bar, plot.height, scale))}
    </svg>`;
  }

  private axis(step: number, max: number, narrow: boolean): string {
    const { locale } = this.ctx;
    if (max < 4000) return locale.number(step);
    return narrow ? locale.number(step / 1000) : texts[this.ctx.language].thousands(locale.number(step / 1000));
  }

  private night(night: Night, x: number, slot: number, width: number, plot: number, scale: ReturnType<typeof scaleOf>): unknown {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    const noon = noonOf(night.day);
    const { figures } = night;
    const words = figures
      ? t.bar(locale.day(noon), locale.number(figures.sent), figures.reads ? locale.number(figures.confirmed) : t.unknown, figures.waiting === null ? t.unknown : locale.number(figures.waiting), locale.number(figures.refused))
      : night.runs.length > 0 ? t.barUntold(locale.day(noon)) : t.barNone(locale.day(noon));
    const picked = night.day === this.picked;
    const middle = x + slot / 2;
    const date = String(Number(night.day.slice(8)));
    return svg`${picked ? svg`<rect class="picked" x=${x + 1} y="2" width=${slot - 2} height=${height - 4} rx="7"></rect>` : nothing}
      ${(figures ? stackOf(figures, scale, plot) : []).map(
        (part) => svg`<rect class=${part.layer === 'waiting' ? 'wait' : part.layer} fill=${part.layer === 'waiting' ? 'url(#hatch)' : nothing} x=${middle - width / 2} y=${room.top + part.y} width=${width} height=${part.height} rx="1.5"></rect>`,
      )}
      <text class="day ${picked ? 'picked-day' : ''}" x=${middle} y=${height - 27} text-anchor="middle" aria-hidden="true">${date}</text>
      <text class=${picked ? 'picked-day' : ''} x=${middle} y=${height - 12} text-anchor="middle" aria-hidden="true">${night.running && slot > 30 ? t.goingShort : locale.weekday(noon)}</text>
      <rect class="hit" role="radio" tabindex=${picked ? 0 : -1} aria-checked=${picked} aria-label=${words} data-day=${night.day} x=${x + 1} y="2" width=${slot - 2} height=${height - 4} rx="7" @click=${() => this.pick(night.day)}><title>${words}</title></rect>`;
  }

  private pick(day: string): void {
    this.dispatchEvent(new CustomEvent<{ day: string }>('picked', { detail: { day } }));
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const at = this.nights.findIndex((night) => night.day === this.picked);
    const key = { ArrowUp: 'ArrowLeft', ArrowDown: 'ArrowRight' }[event.key] ?? event.key;
    const to = nightAfter(key, at, this.nights.length);
    if (to === null) return;
    event.preventDefault();
    const { day } = this.nights[to]!;
    this.pick(day);
    void this.updateComplete.then(() => this.renderRoot.querySelector<SVGElement>(`[data-day="${day}"]`)?.focus());
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-night-chart': NightChart;
  }
}
