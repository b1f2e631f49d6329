import '@kit/happy-dom';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PageContext } from '@kit/element';
import { flowOf, whatOf, whoOf } from './row-names';
import './search-field';

const ctx = { language: 'ru' } as PageContext;

async function shown(words = '') {
  const element = document.createElement('u2035-search');
  Object.assign(element, { ctx, words });
  document.body.append(element);
  await element.updateComplete;
  const told: string[] = [];
  element.addEventListener('search', (event) => told.push((event as CustomEvent<string>).detail));
  const input = element.renderRoot.querySelector('input')!;
  const type = (text: string) => {
    input.value = text;
    input.dispatchEvent(new Event('input'));
  };
  return { element, input, type, told };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

it('asks once when a person has stopped typing, with one space between words', async () => {
  const { type, told } = await shown();
  for (const text of ['К', 'Ко', ' Ковалёв   А ']) {
    type(text);
    vi.advanceTimersByTime(200);
  }
  expect(told).toEqual([]);
  vi.advanceTimersByTime(400);
  expect(told).toEqual(['Ковалёв А']);
});

it('asks at once for Enter and when it is emptied, and never twice for the same', async () => {
  const { input, type, told } = await shown();
  type('Иванов');
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
  vi.advanceTimersByTime(1000);
  expect(told).toEqual(['Иванов']);
  type('');
  expect(told).toEqual(['Иванов', '']);
});

it('shows what the address says, and leaves alone what is typed beyond it', async () => {
  const { element, input, type } = await shown('Иванов');
  expect(input.value).toBe('Иванов');
  type('Петров');
  vi.advanceTimersByTime(1000);
  type('Петров И');
  Object.assign(element, { words: 'Петров' });
  await element.updateComplete;
  expect(input.value).toBe('Петров И');
  Object.assign(element, { words: '' });
  await element.updateComplete;
  expect(input.value).toBe('');
});

it('a row is called by the names it comes with, else by the ids people know', () => {
  expect(whoOf(ctx, { learner: '41', learnerName: 'Семёнова Анна' }, 'Программа')).toBe('Семёнова Анна');
  expect(whoOf(ctx, { learner: '41', learnerExternalId: 's-1041' }, 'Программа')).toBe('Слушатель s-1041');
  expect(whoOf(ctx, { learner: '41' }, 'Программа')).toBe('Слушатель 41');
  expect(whoOf(ctx, { learner: null, learnerName: 'x' }, 'Программа')).toBe('Программа');
  expect([flowOf(ctx, { flow: '3' }), flowOf(ctx, { flow: '3', flowTitle: 'Осень' })]).toEqual(['Поток 3', 'Осень']);
  expect([whatOf({ moduleTitle: 'М' }), whatOf({ moduleTitle: 'М', elementTitle: 'Э' }), whatOf({})]).toEqual(['М', 'Э', '']);
});
