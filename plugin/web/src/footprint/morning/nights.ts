/**
 * Days made of runs. What each count of a run means (plugin/delivery/NightlyRun.cpp):
 *   planned    facts due in its plan, those that waited before included; queued: those of them that are new
 *   delivered  accepted by the LRS in this run; refused: refused for their data in this run
 *   confirmed  read back and found as sent in this run, whenever they were sent; absent where nothing is read back
 *   confirmedOfSent  of `delivered`, how many were read back and found as sent; absent where nothing was delivered
 *   waiting, inDoubt  how the stores stood when the run ended
 * So deliveries and refusals of a day's runs add up, what waits is the last run's, and a fact planned by two runs of a
 * day counts once.
 */

import type { Run, RunState } from './model';

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
  inDoubt: number;
  blocked: number;
}

export interface Night {
  /** "2026-11-27" in the organisation's time zone. */
  day: string;
  runs: Run[];
  figures: Figures | null;
  running: boolean;
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
    inDoubt: last?.counts.inDoubt ?? 0,
    blocked: last?.counts.blocked ?? 0,
  };
}

const worst: RunState[] = ['failed', 'interrupted', 'stopped', 'incomplete'];

/** The last `count` days up to today, or to yesterday while today has no run; days without one stand empty. */
export function nightsOf(runs: readonly Run[], dayOf: (time: string) => string, today: string, count = 14, project = ''): Night[] {
  const byDay = new Map<string, Run[]>();
  for (const run of runs) {
    if (!sends(run)) continue;
    const day = dayOf(run.startedAt ?? run.createdAt);
    byDay.set(day, [...(byDay.get(day) ?? []), ofProject(run, project)]);
  }
  const end = byDay.has(today) ? today : shifted(today, -1);
  return Array.from({ length: count }, (_, i) => {
    const day = shifted(end, i - count + 1);
    const ofDay = [...(byDay.get(day) ?? [])].sort((a, b) => (a.startedAt ?? a.createdAt).localeCompare(b.startedAt ?? b.createdAt) || Number(a.id) - Number(b.id));
    // A follow-up that ended what a night had left undone takes its trouble away.
    const final = ofDay.filter((run) => run.state !== 'queued' && run.state !== 'running').at(-1);
    return {
      day,
      runs: ofDay,
      figures: figuresOf(ofDay),
      running: ofDay.some((run) => run.state === 'running' || run.state === 'queued'),
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

