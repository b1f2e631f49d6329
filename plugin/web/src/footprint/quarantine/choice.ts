/**
 * What is chosen in a list that is only partly loaded: rows by id, or everything that fits the filter with the number
 * that was shown. The server gets ids (at most a thousand), or the filter with that number as guard.
 */

import type { Filter, QuarantineRow, Verdicts } from './model';

export const mostNamed = 1000;

export type Choice = { kind: 'rows'; ids: ReadonlySet<string> } | { kind: 'all'; count: number };

export const nothingChosen: Choice = { kind: 'rows', ids: new Set() };

export function sizeOf(choice: Choice): number {
  return choice.kind === 'all' ? choice.count : choice.ids.size;
}

export function isChosen(choice: Choice, id: string): boolean {
  return choice.kind === 'all' || choice.ids.has(id);
}

/** Leaving one out of "everything" can't be told to the server: the loaded ones stay chosen by name, without it. */
export function toggled(choice: Choice, id: string, loaded: readonly Pick<QuarantineRow, 'id'>[]): Choice {
  const ids = new Set(choice.kind === 'all' ? loaded.map((one) => one.id) : choice.ids);
  if (!ids.delete(id)) ids.add(id);
  return { kind: 'rows', ids };
}

/** From the row chosen before to this one, both included. */
export function extended(choice: Choice, from: number, to: number, loaded: readonly Pick<QuarantineRow, 'id'>[]): Choice {
  const ids = new Set(choice.kind === 'all' ? loaded.map((one) => one.id) : choice.ids);
  for (let i = Math.max(0, Math.min(from, to)); i <= Math.max(from, to) && i < loaded.length; i += 1) ids.add(loaded[i]!.id);
  return { kind: 'rows', ids };
}

/** The box above the list. */
export function boxOf(choice: Choice, total: number | null): 'none' | 'some' | 'all' {
  const size = sizeOf(choice);
  if (size === 0) return 'none';
  return choice.kind === 'all' || size === total ? 'all' : 'some';
}

export interface Order {
  statements?: string[];
  filter?: Record<string, string | number>;
  expected?: number;
}

export function orderOf(choice: Choice, filter: Filter): Order {
  if (choice.kind === 'rows') return { statements: [...choice.ids] };
  const asked: Record<string, string | number> = {};
  if (filter.cause) asked.cause = filter.cause;
  if (filter.reason) asked.reason = filter.reason;
  if (filter.project) asked.project = filter.project;
  if (filter.flow) asked.flow = Number(filter.flow);
  if (filter.run) asked.run = Number(filter.run);
  if (filter.q) asked.q = filter.q;
  return { filter: asked, expected: choice.count };
}

/** Why the order can't be given as it stands; null: it can. */
export function hindrance(choice: Choice): 'nothing' | 'too-many' | null {
  if (sizeOf(choice) === 0) return 'nothing';
  if (choice.kind === 'rows' && choice.ids.size > mostNamed) return 'too-many';
  return choice.kind === 'all' && choice.count > 10_000 ? 'too-many' : null;
}

/** What was not done, by verdict, the most frequent first: the server's words for each. */
export function leftOver(answer: Verdicts, done: string): { verdict: string; text: string; count: number }[] {
  const found = new Map<string, { verdict: string; text: string; count: number }>();
  for (const one of answer.items) {
    if (one.verdict === done) continue;
    const group = found.get(one.verdict) ?? { verdict: one.verdict, text: one.text, count: 0 };
    group.count += 1;
    found.set(one.verdict, group);
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

/** As the server counts them: at least three characters that are no spaces. */
export function saysSomething(comment: string): boolean {
  return comment.replace(/\s/gu, '').length >= 3;
}
