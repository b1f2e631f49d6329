/**
 * Days made of runs. What each count of a run means (plugin/delivery/NightlyRun.cpp):
 *   planned    facts due in its plan, those that waited before included; queued: those of them that are new
 *   delivered  accepted by the LRS in this run; refused: refused for their data in this run
 *   confirmed  read back and found as sent in this run, whenever they were sent; absent where nothing is read back
 *   confirmedOfSent  of `delivered`, how many were read back and found as sent; absent where nothing was delivered
 *   missing, differs, lost, voided  read back and not found as sent
 *   waiting, inDoubt  how the stores stood when the run ended
 * So deliveries and refusals of a day's runs add up, what waits is the last run's, and a fact planned by two runs of a
 * day counts once.
 */

import type { ProjectCounts, Run, RunState } from './model';

export interface Figures {
  planned: number | null;
  /** Accepted by the LRS that day. */
  sent: number;
  /** Read back and found as sent. */
  confirmed: number;
  /** False: whenever they were sent, since a run of that day doesn't say which of them are its own. */
  ofSent: boolean;
  refused: number;
  /** Null: no run of the day told how the stores stood. */
  waiting: number | null;
  /** False: nothing was read back, so that "confirmed" says nothing. */
  reads: boolean;
  /** Read back and not found as sent. */
  amiss: number;
  inDoubt: number;
  blocked: number;
}

export interface Night {
  /** "2026-11-27" in the organisation's time zone. */
  day: string;
  runs: Run[];
  figures: Figures | null;
  running: boolean;
  /** Accepted by a store of the test contour that day. */
  toTest: number;
  /** It was all for the test contour; otherwise what went there isn't among the figures. */
  onlyTest: boolean;
  /** The worst that became of its nights; null: all went. */
  trouble: RunState | null;
}

/** Sends what is due: no dry run, no run of tables or readiness alone, none for the test contour. */
export function sends(run: Run): boolean {
  const { dryRun, only, contour } = run.arguments;
  return !dryRun && (only === undefined || only === 'statements') && contour !== 'test';
}

/** Begins a night of its own; a follow-up only goes on with one. */
export function isNight(run: Run): boolean {
  return sends(run) && run.trigger !== 'follow-up';
}

/** A run as one project saw it; as it is where all are asked for. What no run told of the project isn't known. */
export function ofProject(run: Run, project: string): Run {
  if (!project) return run;
  return { ...run, counts: run.projects?.find((one) => one.project === project)?.counts ?? {} };
}

/** Runs began in these projects, in the order of their ids. */
export function projectsOf(runs: readonly Run[]): string[] {
  return [...new Set(runs.filter(sends).flatMap((run) => (run.projects ?? []).map((one) => one.project)))].sort();
}

export interface Store {
  project: string;
  contour: 'production' | 'test';
  createdAt: string;
}
/** The contour of the store that a project sent to at that time; null: not known. */
export type ContourAt = (project: string, time: string) => Store['contour'] | null;
const unknownContour: ContourAt = () => null;

/** A project has one store at a time: the last that was opened by then. */
export function contoursOf(stores: readonly Store[]): ContourAt {
  return (project, time) =>
    stores
      .filter((one) => one.project === project && Date.parse(one.createdAt) <= Date.parse(time))
      .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))
      .at(-1)?.contour ?? null;
}

/**
 * The runs of a day as one contour saw them. A day on which a set-up went from a store of the test contour to one of
 * production has every fact twice: the figures are of production.
 */
function ofContour(runs: readonly Run[], project: string, contourAt: ContourAt): { runs: Run[]; toTest: number; onlyTest: boolean } {
  const parts = (run: Run) => (run.projects ?? []).filter((one) => !project || one.project === project);
  const isTest = (run: Run, part: ProjectCounts) => contourAt(part.project, run.startedAt ?? run.createdAt) === 'test';
  const told = runs.flatMap((run) => parts(run).map((part) => ({ test: isTest(run, part), delivered: part.counts.delivered ?? 0 })));
  const toTest = told.filter((one) => one.test).reduce((all, one) => all + one.delivered, 0);
  const onlyTest = told.length > 0 && told.every((one) => one.test);
  const narrowed = runs.map((run) => {
    const rest = parts(run).filter((part) => !isTest(run, part));
    if (onlyTest || rest.length === parts(run).length) return ofProject(run, project);
    return { ...run, counts: rest.reduce((all, part) => added(all, part.counts), {}) };
  });
  return { runs: narrowed, toTest, onlyTest };
}

function added(one: Record<string, number>, other: Record<string, number>): Record<string, number> {
  const both = { ...one };
  for (const [name, n] of Object.entries(other)) both[name] = (both[name] ?? 0) + n;
  return both;
}

/** Which runs refused, the latest first: what each put aside is a list of its own. */
export function refusingRuns(night: Night): Run[] {
  return night.runs.filter((run) => (run.counts.refused ?? 0) > 0).reverse();
}

const sum = (runs: readonly Run[], name: string) => runs.reduce((all, run) => all + (run.counts[name] ?? 0), 0);

/** Runs in the order of their starts. */
export function figuresOf(runs: readonly Run[]): Figures | null {
  const counted = runs.filter((run) => Object.keys(run.counts).length > 0);
  if (counted.length === 0) return null;
  const planning = counted.filter((run) => run.counts.planned !== undefined);
  // Later runs plan again what still waits: of theirs only the new ones are added.
  const planned =
    planning.length === 0
      ? null
      : Math.max((planning[0]!.counts.planned ?? 0) + sum(planning.slice(1), 'queued'), ...planning.map((run) => run.counts.planned ?? 0));
  // A run of one flow knows the stores of its project only: a whole one tells more.
  const told = counted.filter((run) => run.counts.waiting !== undefined);
  const last = [...told].reverse().find((run) => !run.arguments.flow && !run.arguments.resend) ?? told.at(-1);
  const delivering = counted.filter((run) => (run.counts.delivered ?? 0) > 0);
  const ofSent = delivering.length > 0 && delivering.every((run) => run.counts.confirmedOfSent !== undefined);
  return {
    planned,
    sent: sum(counted, 'delivered'),
    confirmed: sum(counted, ofSent ? 'confirmedOfSent' : 'confirmed'),
    ofSent,
    refused: sum(counted, 'refused'),
    waiting: last ? (last.counts.waiting ?? 0) + (last.counts.inDoubt ?? 0) : null,
    reads: counted.some((run) => run.counts.confirmed !== undefined),
    amiss: ['missing', 'differs', 'lost', 'voided'].reduce((all, name) => all + sum(counted, name), 0),
    inDoubt: last?.counts.inDoubt ?? 0,
    blocked: last?.counts.blocked ?? 0,
  };
}

const worst: RunState[] = ['failed', 'interrupted', 'stopped', 'incomplete'];

/** The last `count` days up to today, or to yesterday while today has no run; days without one stand empty. */
export function nightsOf(runs: readonly Run[], dayOf: (time: string) => string, today: string, count = 14, project = '', contourAt: ContourAt = unknownContour): Night[] {
  const byDay = new Map<string, Run[]>();
  for (const run of runs) {
    if (!sends(run)) continue;
    const day = dayOf(run.startedAt ?? run.createdAt);
    byDay.set(day, [...(byDay.get(day) ?? []), run]);
  }
  const end = byDay.has(today) ? today : shifted(today, -1);
  return Array.from({ length: count }, (_, i) => {
    const day = shifted(end, i - count + 1);
    const all = [...(byDay.get(day) ?? [])].sort((a, b) => (a.startedAt ?? a.createdAt).localeCompare(b.startedAt ?? b.createdAt) || Number(a.id) - Number(b.id));
    const { runs: ofDay, toTest, onlyTest } = ofContour(all, project, contourAt);
    // A follow-up that ended what a night had left undone takes its trouble away.
    const final = ofDay.filter((run) => run.state !== 'queued' && run.state !== 'running').at(-1);
    return {
      day,
      runs: ofDay,
      figures: figuresOf(ofDay),
      running: ofDay.some((run) => run.state === 'running' || run.state === 'queued'),
      toTest,
      onlyTest,
      trouble: final ? (worst.find((state) => state === final.state) ?? null) : null,
    };
  });
}

/** Calendar days, whatever the clocks do. */
export function shifted(day: string, by: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + by);
  return date.toISOString().slice(0, 10);
}

/** Noon of a day, to be written by a locale: the same calendar day in every zone that people teach in. */
export function noonOf(day: string): string {
  return `${day}T09:00:00Z`;
}

