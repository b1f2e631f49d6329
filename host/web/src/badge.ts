import { icon, type IconName } from '@kit/icons';
import { html, type TemplateResult } from 'lit';

export type Tone = '' | 'ok' | 'warn' | 'bad' | 'now';

/** How something stands, in one look everywhere: a sign and a word that begins with a capital. "spin": it goes on now. */
export function badge(tone: Tone, sign: IconName | 'spin', text: string): TemplateResult {
  const said = text ? text[0]!.toLocaleUpperCase() + text.slice(1) : text;
  return html`<span class="badge ${tone}">${sign === 'spin' ? html`<span class="spin" aria-hidden="true"></span>` : icon(sign)}${said}</span>`;
}
