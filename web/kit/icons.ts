/** Icons, drawn with a pen of 1.75 on a grid of 24: one name, one shape. */

import { html, svg, type TemplateResult } from 'lit';
import { unsafeSVG } from 'lit/directives/unsafe-svg.js';

const shapes = {
  alert: '<path d="M12 4 2.8 19.5h18.4L12 4Z"/><path d="M12 10v4.2M12 17v.01"/>',
  book: '<path d="M5 4h11.5A2.5 2.5 0 0 1 19 6.5V20H7a2 2 0 0 1-2-2V4ZM5 17.5A1.5 1.5 0 0 1 6.5 16H19"/>',
  brief: '<rect x="3" y="7.5" width="18" height="12" rx="2"/><path d="M9 7.5V6a1.5 1.5 0 0 1 1.5-1.5h3A1.5 1.5 0 0 1 15 6v1.5M3 12.5h18"/>',
  chart: '<path d="M4 20h16M7 16.5V11M12 16.5V5M17 16.5V8.5"/>',
  check: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
  chev: '<path d="m9 6 6 6-6 6"/>',
  chevd: '<path d="m6 9 6 6 6-6"/>',
  circle: '<circle cx="12" cy="12" r="8.5"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
  code: '<path d="m8 7-5 5 5 5M16 7l5 5-5 5M13.7 5l-3.4 14"/>',
  copy: '<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15H4.5A1.5 1.5 0 0 1 3 13.5v-9A1.5 1.5 0 0 1 4.5 3h9A1.5 1.5 0 0 1 15 4.5V5"/>',
  down: '<path d="M12 4v11m0 0 4.5-4.5M12 15l-4.5-4.5M4.5 20h15"/>',
  database: '<ellipse cx="12" cy="6" rx="7.5" ry="3"/><path d="M4.5 6v12c0 1.7 3.4 3 7.5 3s7.5-1.3 7.5-3V6M4.5 12c0 1.7 3.4 3 7.5 3s7.5-1.3 7.5-3"/>',
  drone: '<circle cx="5.5" cy="6.5" r="2.8"/><circle cx="18.5" cy="6.5" r="2.8"/><circle cx="5.5" cy="17.5" r="2.8"/><circle cx="18.5" cy="17.5" r="2.8"/><path d="m7.5 8.5 3 2m6-2-3 2m-6 5 3-2m6 2-3-2"/><rect x="9.8" y="9.8" width="4.4" height="4.4" rx="1.2"/>',
  excl: '<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5M12 16.3v.01"/>',
  exit: '<path d="M14 4H6v16h8M11 12h9m0 0-3.5-3.5M20 12l-3.5 3.5"/>',
  external: '<path d="M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9"/>',
  gear: '<circle cx="12" cy="12" r="3.1"/><path d="M19.3 12a7.4 7.4 0 0 0-.1-1.2l2-1.6-2-3.4-2.4 1a7.4 7.4 0 0 0-2-1.2L14.4 3h-4l-.4 2.6a7.4 7.4 0 0 0-2 1.2l-2.4-1-2 3.4 2 1.6a7.4 7.4 0 0 0 0 2.4l-2 1.6 2 3.4 2.4-1a7.4 7.4 0 0 0 2 1.2l.4 2.6h4l.4-2.6a7.4 7.4 0 0 0 2-1.2l2.4 1 2-3.4-2-1.6c.1-.4.1-.8.1-1.2Z"/>',
  half: '<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5a8.5 8.5 0 0 1 0 17Z" fill="currentColor"/>',
  idoff: '<circle cx="10" cy="8.5" r="3.5"/><path d="M3.5 20c.4-3.6 3-5.5 6.5-5.5 1 0 2 .2 2.8.5M16 15l5 5M21 15l-5 5"/>',
  inbox: '<path d="M3.5 13.5 6.3 5h11.4l2.8 8.5v5a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-5Z"/><path d="M3.5 13.5H8.5c.5 2 1.7 3 3.5 3s3-1 3.5-3h5"/>',
  key: '<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8.5-8.5M16 7.5l3 3M13.5 10l1.8 1.8"/>',
  left: '<path d="M19 12H5m0 0 5.5-5.5M5 12l5.5 5.5"/>',
  link: '<path d="M10 14a4.2 4.2 0 0 0 6 0l3.2-3.2a4.2 4.2 0 1 0-6-6L12 6M14 10a4.2 4.2 0 0 0-6 0l-3.2 3.2a4.2 4.2 0 1 0 6 6L12 18"/>',
  list: '<path d="M8 6h12M8 12h12M8 18h12M4 6v.01M4 12v.01M4 18v.01"/>',
  lock: '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
  mail: '<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><path d="m4 7 8 6 8-6"/>',
  menu: '<path d="M4 7h16M4 12h16M4 17h16"/>',
  minus: '<path d="M6 12h12"/>',
  module: '<path d="M12 3l8 4.5v9L12 21l-8-4.5v-9L12 3Z"/><path d="M4 7.5l8 4.5 8-4.5M12 12v9"/>',
  moon: '<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z"/>',
  okc: '<circle cx="12" cy="12" r="9"/><path d="m8 12.3 2.8 2.8L16 9.7"/>',
  org: '<path d="M4 20.5V6.5L12 3l8 3.5v14M2.5 20.5h19M9.5 20.5v-4h5v4M8.5 9.5v.01M12 9.5v.01M15.5 9.5v.01M8.5 13v.01M12 13v.01M15.5 13v.01"/>',
  play: '<path d="M7 4.8v14.4L19 12 7 4.8Z"/>',
  plug: '<path d="M4 4l16 16M9.5 4v3M14.5 4v6.5h3v1.2c0 1.1-.3 2.1-.8 3M13 17.8a6 6 0 0 1-6.5-6V10.5h2M11.5 18v3"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  ready: '<path d="M4 6.5l1.5 1.5L8.5 5M4 13l1.5 1.5 3-3M4 19.5 5.5 21l3-3M12 6.5h8M12 13h8M12 19.5h8"/>',
  refresh: '<path d="M4.5 12a7.5 7.5 0 0 1 13-5.1L20 9.2M20 4.5v4.7h-4.7M19.5 12a7.5 7.5 0 0 1-13 5.1L4 14.8m0 4.7v-4.7h4.7"/>',
  right: '<path d="M5 12h14m0 0-5.5-5.5M19 12l-5.5 5.5"/>',
  search: '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
  split: '<path d="M4 12h5l4-6h7m0 0-2.5-2.5M20 6l-2.5 2.5M9 12l4 6h7m0 0-2.5-2.5M20 18l-2.5 2.5"/>',
  sun: '<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"/>',
  table: '<rect x="3.5" y="4.5" width="17" height="15" rx="2"/><path d="M3.5 10h17M9.5 10v9.5"/>',
  text: '<path d="M5 5h14v11H11l-4.5 4v-4H5V5Z"/><path d="M8.5 9h7M8.5 12.3h4.5"/>',
  users: '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20c.4-3.6 3-5.5 6.5-5.5s6.1 1.9 6.5 5.5M16 5.3a3.4 3.4 0 0 1 0 6.4M18 14.8c2 .8 3.2 2.6 3.5 5.2"/>',
  x: '<path d="M6 6l12 12M18 6 6 18"/>',
} as const;

export type IconName = keyof typeof shapes;

export function isIcon(name: string): name is IconName {
  return name in shapes;
}

/** Always beside a word or a label of its control, so it is hidden from screen readers. */
export function icon(name: IconName, size: '' | 's' | 'l' = ''): TemplateResult {
  return html`<svg class=${size ? `i i-${size}` : 'i'} viewBox="0 0 24 24" aria-hidden="true">${svg`${unsafeSVG(shapes[name])}`}</svg>`;
}
