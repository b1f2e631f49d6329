import { t } from './texts.js';

// el('p', {class: 'x'}, 'text', child): attributes that begin with "on" are listeners, false and null are left out.
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'value') element.value = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function field(label, hint, control) {
  return el('label', { class: 'field' }, el('span', {}, label, hint ? el('span', { class: 'hint' }, ` — ${hint}`) : null), control);
}

async function copyText(text) {
  // Browsers give the clipboard to https and localhost only.
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = el('textarea', { value: text });
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

export function copyButton(textOf) {
  const button = el('button', { type: 'button', class: 'btn small', 'aria-live': 'polite' }, t('copy'));
  button.addEventListener('click', async () => {
    await copyText(textOf());
    button.textContent = t('copied');
    setTimeout(() => { button.textContent = t('copy'); }, 1500);
  });
  return button;
}

// A titled piece of code with a button that copies it; `.set(text)` changes it.
export function code(title, text, { wrap = false } = {}) {
  const pre = el('pre', { tabindex: '0' }, text);
  const box = el('div', { class: wrap ? 'code wrap' : 'code' },
    el('div', { class: 'code-head' }, el('span', {}, title), copyButton(() => pre.textContent)), pre);
  box.set = (next) => { pre.textContent = next; };
  return box;
}

export const pretty = (value) => JSON.stringify(value, null, 2);
