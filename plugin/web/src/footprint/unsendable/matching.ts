/** Which columns of a list of unti_ids say who is who. The server checks the same and decides. */

import type { Columns, Import, RowState } from './types';

export const fields = ['untiId', 'flowId', 'courseId', 'status', 'externalId', 'leaderId', 'fullName', 'lastName', 'firstName', 'middleName', 'email'] as const;
export type Field = (typeof fields)[number];
const ofTheList: readonly Field[] = ['untiId', 'flowId', 'courseId', 'status'];

/** Column → what it is; a column that isn't there isn't used. */
export type Choice = ReadonlyMap<string, Field>;

/** What the titles tell; by which columns a learner is found is for a person to say. */
export function recognized(columns: Columns): Map<string, Field> {
  const choice = new Map<string, Field>();
  for (const { column, field, namesALearner } of columns.columns)
    if (field !== null && !namesALearner && fields.includes(field as Field) && ![...choice.values()].includes(field as Field)) choice.set(column, field as Field);
  return choice;
}

export type Problem = 'noUntiId' | 'noFlowId' | 'noKey' | 'emailAlone' | 'partOfName' | 'twice' | null;

export function problemOf(choice: Choice): Problem {
  const chosen = [...choice.values()];
  if (new Set(chosen).size < chosen.length) return 'twice';
  const has = (field: Field) => chosen.includes(field);
  if (!has('untiId')) return 'noUntiId';
  if (!has('flowId')) return 'noFlowId';
  const keys = chosen.filter((field) => !ofTheList.includes(field));
  if (keys.length === 0) return 'noKey';
  if (keys.length === 1 && keys[0] === 'email') return 'emailAlone';
  const tells = has('externalId') || has('leaderId') || has('fullName') || (has('lastName') && has('firstName')) || (has('email') && keys.length > 1);
  return tells ? null : 'partOfName';
}

/** The query of the preview: `match` is repeated, once per column. */
export function importQuery(choice: Choice, options: { contour: Import['contour']; anyStatus: boolean; sheet: string }): string {
  const query = new URLSearchParams();
  for (const [column, field] of choice) query.append('match', `${field}:${column}`);
  query.set('contour', options.contour);
  if (options.anyStatus) query.set('anyStatus', 'true');
  if (options.sheet) query.set('sheet', options.sheet);
  return query.toString();
}

export interface ImportActions {
  canApply: boolean;
  /** How many an apply would write now. */
  writes: number;
  canUndo: boolean;
  /** Rows cut off in the middle of an apply: the next one ends them. */
  unfinished: number;
}

export function actionsOf(counts: Readonly<Partial<Record<RowState, number>>>, overwrite: number): ImportActions {
  const unfinished = counts.applying ?? 0;
  const writes = (counts.matched ?? 0) + unfinished + overwrite;
  return { canApply: writes > 0, writes, canUndo: (counts.applied ?? 0) > 0, unfinished };
}

const goodStates: ReadonlySet<RowState> = new Set(['matched', 'applied', 'same', 'repeated', 'undone']);
const waitStates: ReadonlySet<RowState> = new Set(['left-out', 'applying']);
export function toneOf(state: RowState): 'ok' | 'warn' | '' {
  return goodStates.has(state) ? 'ok' : waitStates.has(state) ? '' : 'warn';
}
