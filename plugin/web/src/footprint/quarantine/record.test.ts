import '@kit/happy-dom';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiError, type Api } from '@kit/api';
import type { PageContext } from '@kit/element';
import { Locale } from '@kit/locale';
import { kitTexts } from '@kit/texts';
import { scrolledTo } from '../lists/work-list';
import { filterOf, goesByItself, nextStep, type QuarantineDetail } from './model';
import './quarantine-record';

const refused: QuarantineDetail = {
  id: '7', statementId: 's-7', state: 'open', statementState: 'quarantined', project: 'bas', kind: 'learner.grade', flow: '3',
  learner: '41', learnerName: 'Ковалёв Артём', record: { kind: 'statement', id: '0', revision: 1 }, source: { state: 'same', revision: 1 },
  reason: 'score.raw', group: 'score', cause: 'wrong-value', title: 'Неверное значение', meaning: 'Смысл', fix: 'Исправьте', outlook: '',
  conflict: false, status: 400, errorId: 'e', refusedAt: '2026-11-26T00:00:00Z', dependents: 0, word: null,
  answer: null, place: null, attempts: 1, statement: {} as QuarantineDetail['statement'], sourceRecord: null, history: [],
};
const corrected: Partial<QuarantineDetail> = { source: { state: 'changed', revision: 2 }, outlook: 'Исправлено в источнике, уйдёт следующей ночью.', conflict: true };

async function shown(more: Partial<QuarantineDetail> = {}) {
  const sent: unknown[] = [];
  const api = {
    get: async () => ({ data: { ...refused, ...more } }),
    post: async (path: string, body: unknown) => {
      sent.push([path.split('/').pop(), body]);
      throw new ApiError({ status: 500, code: 'x', detail: '' });
    },
  } as unknown as Api;
  const ctx = { api, locale: new Locale('ru'), language: 'ru', kit: kitTexts.ru, organization: 'demo', go: () => true, say: () => undefined } as unknown as PageContext;
  const element = document.createElement('u2035-quarantine-record');
  Object.assign(element, { ctx, record: '7', place: 1, total: 1, mayDecide: true });
  document.body.append(element);
  const settle = async () => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    await element.updateComplete;
  };
  await settle();
  const root = element.renderRoot;
  return { sent, settle, root, act: (name: string) => root.querySelector<HTMLButtonElement>(`[data-act="${name}"]`)! };
}

afterEach(() => document.body.replaceChildren());

describe('one refused statement', () => {
  it('is to be repeated, its cause first', async () => {
    const { root, act } = await shown();
    expect(act('replay').className).toContain('primary');
    expect(root.querySelector('.panel-body .note h3')!.textContent).toBe('Неверное значение');
  });
  it('corrected at its source says first that it goes by itself, and no button is the primary one', async () => {
    const { root, act, settle, sent } = await shown(corrected);
    expect(root.querySelector('.panel-body .note')!.textContent).toContain('Исправлено в источнике');
    expect(root.querySelectorAll('.btn.primary, .btn.danger, input[type="checkbox"]')).toHaveLength(0);
    expect(act('replay').getAttribute('aria-disabled')).toBe('true');
    expect(root.querySelector('#why')!.textContent).toContain('уйдёт сама');
    act('replay').click();
    await settle();
    expect(sent).toEqual([]);
  });
  it('takes the comment with the first press of a discard, and is discarded with the next', async () => {
    const { root, act, settle, sent } = await shown();
    const field = () => root.querySelector<HTMLTextAreaElement>('#comment');
    expect([field(), act('discard').getAttribute('aria-expanded')]).toEqual([null, 'false']);
    act('discard').click();
    await settle();
    expect([(root as ShadowRoot).activeElement === field(), root.querySelector('#short'), act('discard').getAttribute('aria-expanded')]).toEqual([true, null, 'true']);
    act('discard').click();
    await settle();
    expect(root.querySelector('#short')).not.toBeNull();
    field()!.value = 'оценка ошибочна';
    field()!.dispatchEvent(new Event('input'));
    act('discard').click();
    await settle();
    expect(sent).toEqual([['discard', { statements: ['7'], comment: 'оценка ошибочна' }]]);
  });
});

describe('what a person does next', () => {
  it('follows from what became of the record at its source', () => {
    const source = (state: 'same' | 'changed' | 'deleted' | 'missing') => ({ ...refused, source: { state, revision: 1 } });
    expect([nextStep(refused), nextStep(source('changed')), nextStep(source('deleted')), nextStep(source('missing'))]).toEqual(['replay', null, 'discard', 'discard']);
    const word = (one: 'replay' | 'discard') => ({ ...source('changed'), word: { word: one, comment: '', by: 'anna', at: '' } });
    expect([nextStep(word('discard')), nextStep(word('replay'))]).toEqual(['restore', null]);
    expect(goesByItself({ ...source('changed'), state: 'discarded' })).toBe(false);
  });
});

describe('the tabs', () => {
  it('ask for what has not gone yet, also where an address was kept that names the tab of old', () => {
    expect([filterOf('').state, filterOf('state=queued').state, filterOf('state=replayed&q=a').state, filterOf('state=x').state]).toEqual(['open', 'queued', 'queued', 'open']);
    expect(filterOf('state=replayed&q=a').q).toBe('a');
  });
});

it('a list scrolls no further than its row needs to be seen', () => {
  expect([scrolledTo(0, 60, 300, 400), scrolledTo(6, 60, 300, 400), scrolledTo(20, 60, 0, 400)]).toEqual([0, 300, 860]);
});
