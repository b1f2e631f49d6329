/** A row of a long list whose cells the list's owner writes: rows stand in the list's own shadow, where the owner's styles don't reach. */

import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Part, baseStyle } from '@kit/element';
import { listStyle } from './list-part';

@customElement('u2035-line')
export class Line extends Part {
  static override styles = [
    baseStyle,
    listStyle,
    css`
      :host { height: 100%; }
      .line { grid-template-columns: minmax(0, 1.4fr) minmax(0, 1.2fr) 10rem; }
      .line:has(> :nth-child(4)) { grid-template-columns: minmax(0, 1.4fr) minmax(0, 1.2fr) 8rem 7rem; }
      .badge { font-size: var(--u-fs-xs); justify-self: start; }
      @container page (max-width: 660px) {
        .line, .line:has(> :nth-child(4)) { grid-template-columns: minmax(0, 1fr) auto; align-content: center; }
        .line > :nth-child(2) { grid-row: 2; }
      }
    `,
  ];

  @property({ attribute: false }) cells: readonly TemplateResult[] = [];

  override render(): TemplateResult {
    return html`<div class="line">${this.cells}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-line': Line;
  }
}
