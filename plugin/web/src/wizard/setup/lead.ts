import { html, type TemplateResult } from 'lit';

/** The seed's text: paragraphs, and lines that begin with a dash as a list. */
export function lead(text: string): TemplateResult[] {
  const parts: TemplateResult[] = [];
  let items: string[] = [];
  const flush = () => {
    if (items.length) parts.push(html`<ul class="lead dashes">${items.map((item) => html`<li>${item}</li>`)}</ul>`);
    items = [];
  };
  for (const line of text.split('\n')) {
    if (/^[–-]\s/.test(line)) items.push(line.slice(2));
    else {
      flush();
      if (line.trim()) parts.push(html`<p class="lead">${line}</p>`);
    }
  }
  flush();
  return parts;
}
