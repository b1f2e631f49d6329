// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { Locale } from '@kit/locale';
import type { Api } from '@kit/api';
import { verdictOf, writesInto } from './keys';
import { mapOf, markFragment, pair } from './pairing';
import { Queue, reflectionQuery, waiting } from './queue';
import { texts } from './texts';

const same = (text: string) => ({ text, same: true });
const own = (text: string) => ({ text, same: false });

describe('pairing of passages', () => {
  it('numbers the learner’s passages in order and finds each in the other text, whatever the order there', () => {
    const both = pair(
      [own('Сначала '), same('половина времени уходит на погоду'), own('. '), same('Теперь проговариваю чек-лист вслух')],
      [same('теперь проговариваю чек-лист вслух'), own(', хотя '), same('Половина времени уходит на погоду'), own('.')],
    );
    expect(both.left.map((one) => one.numbers)).toEqual([[], [1], [], [2]]);
    expect(both.right.map((one) => one.numbers)).toEqual([[2], [], [1], []]);
    expect(both.fragments).toBe(2);
  });
  it('gives one passage of the other text the numbers of all that run together in it', () => {
    const both = pair(
      [same('нужно заранее решить где аппарат сядет'), own(' — точка — '), same('если вдруг пропадёт связь с пультом')],
      [same('нужно заранее решить, где аппарат сядет, если вдруг пропадёт связь с пультом')],
    );
    expect(both.right[0]!.numbers).toEqual([1, 2]);
  });
  it('takes ё for е and doesn’t mind case and marks', () => {
    expect(pair([same('Всё ещё учусь летать')], [same('все еще, учусь летать!')]).right[0]!.numbers).toEqual([1]);
  });
  it('pairs repeated passages one to one', () => {
    const twice = [same('проверил винты и аккумулятор'), own(' '), same('проверил винты и аккумулятор')];
    expect(pair(twice, twice).right.map((one) => one.numbers)).toEqual([[1], [], [2]]);
  });
  it('gives no number to a passage that answers none', () => {
    expect(pair([same('совсем другое дело было')], [same('здесь нет общих слов')]).right[0]!.numbers).toEqual([]);
  });
  it('loses no letter of either text', () => {
    const left = [own('а '), same('б в г'), own(' д')];
    expect(pair(left, left).left.map((one) => one.text).join('')).toBe('а б в г д');
  });
  it('maps passages by their place in the text', () => {
    expect(mapOf([{ text: 'aaaaa', numbers: [] }, { text: 'bb', numbers: [1] }, { text: 'ccc', numbers: [] }])).toEqual([{ from: 50, width: 20, number: 1 }]);
    expect(mapOf([{ text: '', numbers: [] }])).toEqual([]);
  });
  it('marks a fragment where there is no other text', () => {
    expect(markFragment('Модуль учит летать.', 'учит летать')[1]).toEqual({ text: 'учит летать', numbers: [1] });
    expect(markFragment('Модуль учит летать.', 'нет такого')).toEqual([{ text: 'Модуль учит летать.', numbers: [] }]);
  });
});

describe('the queue', () => {
  const api = (ids: string[], next: string | null = null) => ({ get: async () => ({ data: { items: ids.map((id) => ({ id })), next } }) }) as unknown as Api;
  it('asks for what awaits a decision, and for the decided ones by their decision', () => {
    expect(reflectionQuery(waiting)).toMatchObject({ verdict: 'doubtful', judged: 'none' });
    expect(reflectionQuery({ ...waiting, standing: 'hold', flow: '3' })).toEqual({ judged: 'hold', code: undefined, flow: '3' });
    expect(reflectionQuery({ ...waiting, standing: 'all', code: 'mashing' })).toEqual({ code: 'mashing', flow: undefined });
  });
  it('goes on with the following one after a judgement and takes the judged one out', async () => {
    const queue = new Queue(waiting);
    await queue.load(api(['a', 'b', 'c']), '');
    expect(queue.done('b')).toBe('c');
    expect([queue.place('c'), queue.size, queue.before('c'), queue.after('c')]).toEqual([2, 2, 'a', null]);
  });
  it('comes back to what was passed over, and ends when nothing is left', async () => {
    const queue = new Queue(waiting);
    await queue.load(api(['a', 'b']), '');
    expect(queue.done('b')).toBe('a');
    expect(queue.done('a')).toBeNull();
  });
  it('knows when it is a part of a longer one', async () => {
    const queue = new Queue(waiting);
    await queue.load(api(['a'], 'cursor'), '');
    expect(queue.isPart).toBe(true);
  });
});

describe('keys 1–3', () => {
  const press = (key: string, change = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, defaultPrevented: false, ...change });
  it('decide outside text fields', () => {
    expect(['1', '2', '3', '4'].map((key) => verdictOf(press(key), document.body))).toEqual(['accept', 'hold', 'later', null]);
    const box = document.createElement('input');
    box.type = 'checkbox';
    expect(writesInto(box)).toBe(false);
  });
  it('never while somebody writes, holds the key down or means the browser', () => {
    for (const name of ['textarea', 'input', 'select']) expect(verdictOf(press('1'), document.createElement(name))).toBeNull();
    expect(verdictOf(press('1', { ctrlKey: true }), document.body)).toBeNull();
    expect(verdictOf(press('1', { repeat: true }), document.body)).toBeNull();
  });
});

it('speaks of fragments in the right form', () => {
  const ru = new Locale('ru');
  expect([1, 2, 5].map((n) => texts.ru.coincides(ru, n))).toEqual(['текста слушателя совпадает, 1\u00a0фрагмент.', 'текста слушателя совпадает, 2\u00a0фрагмента.', 'текста слушателя совпадает, 5\u00a0фрагментов.']);
  expect(texts.ru.lead(ru, 1)).toContain('1\u00a0рефлексия ждёт');
  expect(texts.en.lead(new Locale('en'), 2)).toContain('2\u00a0reflections await');
});
