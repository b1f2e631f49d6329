import { describe, expect, it } from 'vitest';
import type { Run } from './model';
import { contoursOf, figuresOf, isNight, nightsOf, ofProject, projectsOf, refusingRuns, sends, shifted } from './nights';

function run(id: number, at: string, counts: Record<string, number>, more: Partial<Run> = {}): Run {
  return {
    id: String(id),
    state: 'done',
    step: '',
    trigger: 'schedule',
    requestedBy: '',
    arguments: {},
    createdAt: at,
    startedAt: at,
    finishedAt: at,
    counts,
    message: '',
    ...more,
  };
}
const utcDay = (time: string) => time.slice(0, 10);

describe('what counts as a night', () => {
  it('leaves out dry runs, runs of tables, files or readiness, and those for the test contour', () => {
    const at = '2026-11-26T00:00:00Z';
    expect(sends(run(1, at, {}, { arguments: { dryRun: true } }))).toBe(false);
    for (const only of ['tables', 'xapi-files', 'readiness']) expect(sends(run(1, at, {}, { arguments: { only } }))).toBe(false);
    expect(sends(run(1, at, {}, { arguments: { contour: 'test' } }))).toBe(false);
    expect(sends(run(1, at, {}, { arguments: { only: 'statements' } }))).toBe(true);
  });
  it('a follow-up sends, but is no night of its own', () => {
    const one = run(1, '2026-11-26T00:00:00Z', {}, { trigger: 'follow-up', arguments: { only: 'statements' } });
    expect([sends(one), isNight(one)]).toEqual([true, false]);
  });
});

describe('figures of a day', () => {
  it('are those of its only night, and add up to what was planned', () => {
    const figures = figuresOf([run(1, 'a', { planned: 12701, queued: 12000, delivered: 9452, confirmed: 9272, refused: 41, waiting: 3200, inDoubt: 8 })]);
    expect(figures).toMatchObject({ planned: 12701, sent: 9452, confirmed: 9272, refused: 41, waiting: 3208 });
    expect(figures!.sent + figures!.waiting! + figures!.refused).toBe(12701);
  });
  it('count a fact once that a follow-up planned again', () => {
    const night = run(1, 'a', { planned: 1000, queued: 1000, delivered: 800, confirmed: 50, refused: 0, waiting: 200, inDoubt: 0 });
    const later = run(2, 'b', { planned: 210, queued: 10, delivered: 210, refused: 0, waiting: 0, inDoubt: 0 }, { trigger: 'follow-up' });
    expect(figuresOf([night, later])).toMatchObject({ planned: 1010, sent: 1010, confirmed: 50, waiting: 0 });
  });
  it('never show fewer planned than one run planned', () => {
    const narrow = run(1, 'a', { planned: 10, queued: 10, delivered: 10 }, { arguments: { flow: 3 } });
    const whole = run(2, 'b', { planned: 900, queued: 100, delivered: 900, waiting: 0 });
    expect(figuresOf([narrow, whole])!.planned).toBe(900);
  });
  it('say that nothing was read back where no run read', () => {
    expect(figuresOf([run(1, 'a', { planned: 10, delivered: 10, waiting: 0 })])!.reads).toBe(false);
  });
  it('take what waits from the last whole run, and say null where none told', () => {
    const whole = run(1, 'a', { planned: 5, waiting: 7, inDoubt: 1 });
    const flow = run(2, 'b', { planned: 1, waiting: 2 }, { arguments: { flow: 3 } });
    expect(figuresOf([whole, flow])!.waiting).toBe(8);
    expect(figuresOf([run(1, 'a', { planned: 5 })])!.waiting).toBeNull();
  });
  it('tell what was read back and not found as sent', () => {
    expect(figuresOf([run(1, 'a', { delivered: 9, confirmed: 5, confirmedOfSent: 5, missing: 1, differs: 2, lost: 0, voided: 1 })])!.amiss).toBe(4);
  });
  it('are none of a run that counted nothing yet', () => {
    expect(figuresOf([run(1, 'a', {}, { state: 'queued' })])).toBeNull();
  });
});

describe('what was confirmed', () => {
  it('is of what the day sent, where every run that sent tells it', () => {
    const told = run(1, 'a', { delivered: 100, confirmed: 250, confirmedOfSent: 90 });
    expect(figuresOf([told, run(2, 'b', { planned: 0 })])).toMatchObject({ confirmed: 90, ofSent: true });
    expect(figuresOf([told, run(2, 'b', { delivered: 5, confirmed: 5 })])).toMatchObject({ confirmed: 255, ofSent: false });
    expect(figuresOf([run(1, 'a', { confirmed: 7 })])).toMatchObject({ confirmed: 7, ofSent: false });
  });
});

describe('one project alone', () => {
  const at = '2026-11-26T00:00:00Z';
  const both = run(1, at, { delivered: 9, refused: 1 }, {
    projects: [
      { project: 'dp', counts: { delivered: 2 } },
      { project: 'bas', counts: { delivered: 7, refused: 1 } },
    ],
  });
  it('has the counts that the runs tell of it', () => {
    expect(projectsOf([both, run(2, at, {}, { arguments: { dryRun: true }, projects: [{ project: 'x', counts: {} }] })])).toEqual(['bas', 'dp']);
    const night = nightsOf([both], utcDay, '2026-11-26', 14, 'bas').at(-1)!;
    expect(night.figures).toMatchObject({ sent: 7, refused: 1 });
    expect(ofProject(both, '').counts.delivered).toBe(9);
  });
  it('has no figures of a run that told nothing of it, not even noughts', () => {
    const silent = nightsOf([run(1, at, { delivered: 9 })], utcDay, '2026-11-26', 14, 'bas').at(-1)!;
    expect([silent.figures, silent.runs.length]).toEqual([null, 1]);
  });
  it('leads to the quarantine of those runs that refused, the latest first', () => {
    const more = run(3, '2026-11-26T04:00:00Z', { refused: 2 }, { trigger: 'follow-up' });
    const night = nightsOf([more, both, run(2, '2026-11-26T02:00:00Z', { refused: 0 })], utcDay, '2026-11-26').at(-1)!;
    expect(refusingRuns(night).map((one) => one.id)).toEqual(['3', '1']);
  });
});

describe('a day on which the set-up went from the test contour to production', () => {
  const stores = [
    { project: 'bas', contour: 'production' as const, createdAt: '2026-11-26T03:00:00.5Z' },
    { project: 'bas', contour: 'test' as const, createdAt: '2026-10-01T00:00:00Z' },
    { project: 'dp', contour: 'production' as const, createdAt: '2026-10-01T00:00:00Z' },
  ];
  const bas = (counts: Record<string, number>) => ({ project: 'bas', counts });
  const first = run(1, '2026-11-26T00:00:00Z', { planned: 430, queued: 430, delivered: 429, refused: 1 }, {
    projects: [bas({ planned: 420, queued: 420, delivered: 419, refused: 1 }), { project: 'dp', counts: { planned: 10, queued: 10, delivered: 10 } }],
  });
  const second = run(2, '2026-11-26T04:00:00Z', { planned: 419, queued: 419, delivered: 419 }, { projects: [bas({ planned: 419, queued: 419, delivered: 419 })] });
  const day = (project = '', runs = [second, first]) => nightsOf(runs, utcDay, '2026-11-26', 14, project, contoursOf(stores)).at(-1)!;
  it('has the figures of production, and tells what went to the other', () => {
    expect(day()).toMatchObject({ toTest: 419, onlyTest: false, figures: { planned: 429, sent: 429, refused: 0 } });
    expect(day('bas')).toMatchObject({ toTest: 419, onlyTest: false, figures: { planned: 419, sent: 419 } });
    expect(day('dp')).toMatchObject({ toTest: 0, onlyTest: false, figures: { planned: 10, sent: 10 } });
  });
  it('has those of the test contour, said so, where there are no others', () => {
    expect(day('bas', [first])).toMatchObject({ toTest: 419, onlyTest: true, figures: { planned: 420, sent: 419 } });
  });
  it('counts all of it where the stores aren’t known', () => {
    expect(nightsOf([first, second], utcDay, '2026-11-26').at(-1)).toMatchObject({ toTest: 0, onlyTest: false, figures: { sent: 848 } });
  });
});

describe('fourteen days', () => {
  it('end with today once something ran, with yesterday before', () => {
    const runs = [run(1, '2026-11-26T23:00:00Z', { planned: 1 })];
    expect(nightsOf(runs, utcDay, '2026-11-26').at(-1)!.day).toBe('2026-11-26');
    expect(nightsOf([], utcDay, '2026-11-26').at(-1)!.day).toBe('2026-11-25');
  });
  it('have an empty place for a day without a run', () => {
    const nights = nightsOf([run(1, '2026-11-24T01:00:00Z', { planned: 1 })], utcDay, '2026-11-26');
    expect(nights).toHaveLength(14);
    expect(nights.filter((night) => night.figures).map((night) => night.day)).toEqual(['2026-11-24']);
  });
  it('lose their trouble when a later run finished the work', () => {
    const bad = run(1, '2026-11-25T01:00:00Z', { planned: 1 }, { state: 'incomplete' });
    const good = run(2, '2026-11-25T05:00:00Z', { planned: 1 }, { trigger: 'follow-up' });
    expect(nightsOf([good, bad], utcDay, '2026-11-26').at(-1)!.trouble).toBeNull();
    expect(nightsOf([bad], utcDay, '2026-11-26').at(-1)!.trouble).toBe('incomplete');
  });
  it('are counted over the end of months', () => {
    expect(shifted('2026-03-01', -1)).toBe('2026-02-28');
    expect(shifted('2026-12-31', 1)).toBe('2027-01-01');
  });
});
