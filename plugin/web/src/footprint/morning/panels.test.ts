import { describe, expect, it } from 'vitest';
import { withLocalTimes } from './alarm-list';
import { countsUnder } from './dry-run-dialog';
import type { ReadinessFlow, Run } from './model';
import { inOrder } from './readiness-panel';
import { phasesOf } from './running-night';
import { splitUnsendable, tablesToUpload } from './todo-panel';

const run = (more: Partial<Run>): Run => ({
  id: '1',
  state: 'running',
  step: '',
  trigger: 'schedule',
  requestedBy: '',
  arguments: {},
  createdAt: '',
  startedAt: '',
  finishedAt: null,
  counts: {},
  message: '',
  ...more,
});

describe('phases of a run', () => {
  it('before its step are done, after it to come', () => {
    expect(phasesOf(run({ step: 'send' })).map((one) => one.state)).toEqual(['done', 'done', 'run', 'wait', 'wait', 'wait']);
  });
  it('tell files that wait for their store', () => {
    expect(phasesOf(run({ step: 'send', counts: { 'files.waiting': 3 } }))[0]).toEqual({ name: 'files', state: 'hold' });
  });
  it('of a dry run end with the plan', () => {
    expect(phasesOf(run({ step: 'plan', arguments: { dryRun: true } })).map((one) => one.name)).toEqual(['files', 'plan']);
  });
  it('of a follow-up neither read back nor write tables', () => {
    expect(phasesOf(run({ trigger: 'follow-up', arguments: { only: 'statements' } })).map((one) => one.name)).toEqual(['files', 'plan', 'send', 'readiness']);
  });
  it('are all to come while it waits for its turn', () => {
    expect(phasesOf(run({ state: 'queued' })).every((one) => one.state === 'wait')).toBe(true);
  });
});

describe('what to work off', () => {
  it('parts what is missing without counting a record twice', () => {
    const split = splitUnsendable({ 'no-unti-id': 9, 'unknown-element': 17, 'no-mark': 14, 'refused-by-lrs': 64 });
    expect(split).toEqual({ noUntiId: 9, unmapped: 17, rest: 14 });
  });
  it('calls for tables that are to be uploaded and are not', () => {
    const files = [
      { role: 'table', upload: true },
      { role: 'archive', upload: true },
      { role: 'table', upload: true, uploaded: { by: 'anna', at: '' } },
      { role: 'table', upload: true, uploaded: null },
      { role: 'table' },
      { role: 'table', upload: true, channel: 'lrs' },
    ];
    expect(tablesToUpload(files)).toBe(2);
  });
});

it('flows that close soonest stand first, closed and ready ones last', () => {
  const flow = (id: string, notReady: number, endsAt: string) => ({ flow: id, notReady, endsAt }) as ReadinessFlow;
  const order = inOrder([flow('a', 3, '2026-12-20'), flow('b', 3, '2026-11-29'), flow('c', 3, '2026-01-01'), flow('d', 0, '2026-11-28')], new Date('2026-11-27'));
  expect(order.map((one) => one.flow)).toEqual(['b', 'a', 'c', 'd']);
});

it('counts of a dry run are told by their names, the largest first', () => {
  expect(countsUnder({ planned: 5, 'planned.learner.grade': 2, 'planned.learner.video': 3, 'planned.x': 0 }, 'planned.')).toEqual([
    ['learner.video', 3],
    ['learner.grade', 2],
  ]);
});

it('times in a sentence are told by the reader’s clock', () => {
  expect(withLocalTimes('Так с 2026-11-25T23:04:11.5Z; ничего не потеряно', (time) => `<${time}>`)).toBe('Так с <2026-11-25T23:04:11.5Z>; ничего не потеряно');
});
