import '@kit/happy-dom';
import { afterEach, describe, expect, it } from 'vitest';
import type { Api } from '@kit/api';
import type { PageContext } from '@kit/element';
import { Locale } from '@kit/locale';
import { kitTexts } from '@kit/texts';
import type { Run } from './model';
import { nightsOf } from './nights';
import './nights-panel';
import { lineOf, openOf, stillOf, type Still } from './standing';

interface Now {
  role?: string;
  /** Open in the quarantine, by run; '': of all. */
  open?: Record<string, number>;
  queued?: number;
  waiting?: number;
  held?: number;
}
function contextOf(now: Now) {
  const asked: string[] = [];
  const api = {
    get: async (path: string, { query = {} }: { query?: Record<string, string> } = {}) => {
      const name = path.replace('/api/v1/organizations/demo/u2035', '');
      asked.push(name);
      const answers: Record<string, () => unknown> = {
        '/api/v1/session': () => ({ roles: [{ organization: 'demo', role: now.role ?? 'organization-admin' }] }),
        '/quarantine/groups': () => ({ total: query.state === 'queued' ? (now.queued ?? 0) : (now.open?.[query.run ?? ''] ?? 0) }),
        '/destinations': () => ({ items: [{ project: 'bas', waiting: now.waiting ?? 0, inDoubt: 1 }, { project: 'dp', waiting: 40, inDoubt: 0 }] }),
        '/unsendable/summary': () => ({ byCode: { 'no-unti-id': 9, 'reflection-held': now.held ?? 0, 'reflection-held-by-person': 1 } }),
      };
      return { data: answers[name]!() };
    },
  } as unknown as Api;
  return { asked, ctx: { api, locale: new Locale('ru', 'UTC'), language: 'ru', kit: kitTexts.ru, organization: 'demo', go: () => true, say: () => undefined } as unknown as PageContext };
}

const none: Still = { quarantine: 0, queued: 0, waiting: 0, held: 0 };
const at = '2026-11-26T00:00:00Z';
function run(id: string, counts: Record<string, number>): Run {
  const time = `2026-11-26T0${id}:14:00Z`;
  return { id, state: 'done', step: '', trigger: 'manual', requestedBy: '', arguments: {}, createdAt: time, startedAt: time, finishedAt: time, counts, message: '' };
}
const mended = [run('1', { planned: 419, queued: 419, delivered: 381, confirmed: 50, confirmedOfSent: 50, refused: 38, waiting: 0 }), run('2', { planned: 38, queued: 0, delivered: 38, confirmed: 0, confirmedOfSent: 0, refused: 0, waiting: 0 })];

describe('what still is not there', () => {
  it('is told of a project or of all, and of nothing that one may not see', async () => {
    const now = { open: { '': 2 }, queued: 3, waiting: 4, held: 5 };
    expect(await stillOf(contextOf(now).ctx, 'bas')).toEqual({ quarantine: 2, queued: 3, waiting: 5, held: 6 });
    expect((await stillOf(contextOf(now).ctx, '')).waiting).toBe(45);
    const viewer = contextOf({ ...now, role: 'viewer' });
    expect(await stillOf(viewer.ctx, '')).toMatchObject({ quarantine: null, queued: null });
    expect(await openOf(viewer.ctx, ['1'], '')).toEqual(new Map());
    expect(viewer.asked).not.toContain('/quarantine/groups');
  });
});

describe('the line of a day', () => {
  const figures = nightsOf(mended, (time) => time.slice(0, 10), '2026-11-26').at(-1)!.figures;
  it('says that all went once everything that was refused has gone since', () => {
    expect(lineOf({ figures, trouble: null }, none)).toEqual({ kind: 'all' });
    expect(lineOf({ figures, trouble: 'incomplete' }, none)).toEqual({ kind: 'incomplete' });
  });
  it('names what is left now, and nothing else', () => {
    expect(lineOf({ figures, trouble: null }, { quarantine: 5, queued: 0, waiting: 2, held: null })).toEqual({ kind: 'still', parts: [['quarantine', 5], ['waiting', 2]] });
  });
  it('tells what the day itself left undone where the present is not known', () => {
    expect(lineOf({ figures, trouble: null }, null)).toEqual({ kind: 'then', refused: 38, waiting: 0 });
    expect(lineOf({ figures, trouble: null }, { ...none, quarantine: null })).toEqual({ kind: 'then', refused: 38, waiting: 0 });
  });
});

describe('the figures of the last day', () => {
  afterEach(() => document.body.replaceChildren());
  async function panel(now: Now, runs = mended) {
    const element = document.createElement('u2035-nights-panel');
    const nights = nightsOf(runs, (time) => time.slice(0, 10), at.slice(0, 10));
    Object.assign(element, { ctx: contextOf(now).ctx, nights, reads: 1 });
    document.body.append(element);
    for (let i = 0; i < 3; i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      await element.updateComplete;
    }
    const tile = (name: string) => [...element.renderRoot.querySelectorAll('.tile')].find((one) => one.textContent!.includes(name))!;
    return { tile, line: element.renderRoot.querySelector('.panel-head p')!.textContent! };
  }

  it('lead to no empty list, and say what is still in the quarantine', async () => {
    const { tile } = await panel({ open: { 1: 0 } });
    expect(tile('Отказано').querySelector('a')).toBeNull();
    expect(tile('Отказано').textContent).toContain('сейчас в карантине из них ни одной');
    expect((await panel({ open: { 1: 5 } })).tile('Отказано').querySelector('a')!.textContent).toBe('В карантин: сейчас 5');
    expect((await panel({ open: { 1: 38 } })).tile('Отказано').querySelector('a')!.textContent).toBe('В карантин');
  });
  it('say in a sentence how it stands now', async () => {
    expect((await panel({ open: { '': 5 }, waiting: 3 })).line).toContain('Передано 419. Ещё не там: в карантине 5, ждут отправки 44, рефлексий задержано 1.');
  });
  it('call what was read back a sample of what was sent', async () => {
    expect((await panel({})).tile('Подтверждено').textContent).toContain('выборка: прочитано 50 из 419, все на месте');
    const amiss = mended.map((one, i) => (i === 0 ? { ...one, counts: { ...one.counts, missing: 2 } } : one));
    expect((await panel({}, amiss)).tile('Подтверждено').textContent).toContain('на месте 50 из 419, не на месте: 2');
  });
});
