import { html } from 'lit';
import { expect, it } from 'vitest';
import './work-list';
import type { WorkList } from './work-list';

async function list(): Promise<{ list: WorkList<number>; chosen: number[]; opened: number[] }> {
  const chosen: number[] = [];
  const opened: number[] = [];
  const made = document.createElement('u2035-work-list') as WorkList<number>;
  made.row = (_item, at) => html`<div data-row=${at}><button data-open @click=${() => opened.push(at)}>${at}</button></div>`;
  made.onChoose = (at) => chosen.push(at);
  made.load = () => Promise.resolve({ items: [0, 1, 2, 3, 4], next: null });
  document.body.append(made);
  for (let i = 0; i < 50 && made.loaded.length === 0; ++i) await made.updateComplete;
  await made.updateComplete;
  return { list: made, chosen, opened };
}
const key = (on: WorkList<number>, name: string) =>
  on.renderRoot.querySelector('[data-row="0"] [data-open]')!.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true, cancelable: true }));

it('keys that come before the focus has arrived mean the row it goes to', async () => {
  const { list: one, chosen, opened } = await list();
  key(one, 'End');
  key(one, ' ');
  key(one, 'ArrowUp');
  key(one, 'Enter');
  key(one, 'Home');
  key(one, ' ');
  expect(chosen).toEqual([4, 0]);
  expect(opened).toEqual([3]);
});
