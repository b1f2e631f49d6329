/** How what can't go is grouped, filtered and decided about. */

import type { Ask } from '@kit/api';
import type { RowNames } from '../lists/row-names';
import type { Origin, Unsendable } from './types';

/** Records that fit nothing of the programme or the profile. */
export const mappingCodes: readonly string[] = ['unknown-element', 'unknown-module', 'no-template', 'kind-not-in-profile', 'template-not-mapped', 'element-deleted', 'wrong-flow'];
/** Of what was sent already: a person decides. */
export const correctionCodes: readonly string[] = ['changed-after-sending', 'deleted-after-sending', 'no-letter', 'referred-by-learners'];
/** Nobody has anything to do: they come by themselves. */
const waitingCodes = new Set(['file-not-in-storage', 'being-cancelled', 'reflection-unchecked', 'may-have-arrived']);
/** Ways in the address that are no codes. */
export const noMapping = 'no-mapping';

/** What lacks an id of University 2035, and where «Сопоставление» (u2035-matching) shows it. */
const matchingPaths: Readonly<Record<string, string>> = {
  'no-unti-id': 'learners',
  'no-test-unti-id': 'learners?contour=test',
  'no-programme-id': 'elements?kind=programme',
  'no-flow-id': 'elements?kind=flow',
  'no-module-id': 'elements?kind=module',
  'no-theme-id': 'elements?kind=theme',
};
export function matchingPath(code: string): string | null {
  return matchingPaths[code] ?? null;
}

export interface Group {
  code: string;
  count: number;
  waits: boolean;
}

/** What somebody has to do first, the largest first; then what waits. */
export function groupsOf(byCode: Readonly<Record<string, number>>): Group[] {
  return Object.entries(byCode)
    .map(([code, count]) => ({ code, count, waits: waitingCodes.has(code) }))
    .sort((a, b) => Number(a.waits) - Number(b.waits) || b.count - a.count || a.code.localeCompare(b.code));
}

export function countOf(byCode: Readonly<Record<string, number>>, codes: readonly string[]): number {
  return codes.reduce((sum, code) => sum + (byCode[code] ?? 0), 0);
}

export interface UnsendableFilter {
  code: string;
  flow: string;
  project: string;
  kind: string;
  origin: Origin | '';
  q: string;
}
export const anything: UnsendableFilter = { code: '', flow: '', project: '', kind: '', origin: '', q: '' };

export function unsendableQuery(filter: UnsendableFilter): NonNullable<Ask['query']> {
  return {
    code: filter.code || undefined,
    flow: filter.flow || undefined,
    project: filter.project || undefined,
    kind: filter.kind || undefined,
    origin: filter.origin || undefined,
    q: filter.q || undefined,
  };
}
export function isNarrowed(filter: UnsendableFilter): boolean {
  return Boolean(filter.flow || filter.project || filter.kind || filter.origin || filter.q);
}

export interface LearnerGroup extends RowNames {
  learner: string;
  learnerExternalId: string;
  flow: string;
  records: number;
}

/** Records by the learner they wait for; one record counts once, though it waits for the LRS and for the tables. */
export function byLearner(rows: readonly Unsendable[]): LearnerGroup[] {
  const groups = new Map<string, LearnerGroup & { seen: Set<string> }>();
  for (const row of rows) {
    if (row.learner === null) continue;
    const key = `${row.learner}/${row.flow}`;
    const group = groups.get(key) ?? { learner: row.learner, learnerExternalId: row.learnerExternalId ?? '', learnerName: row.learnerName, flow: row.flow, flowTitle: row.flowTitle, records: 0, seen: new Set() };
    group.seen.add(`${row.record.kind}/${row.record.id}`);
    group.records = group.seen.size;
    groups.set(key, group);
  }
  return [...groups.values()].map(({ seen: _seen, ...group }) => group);
}

export interface Decision {
  decision: 'keep' | 'cancel';
  comment: string;
  letter?: string;
}

/** The body of a decision: of those chosen, else of the whole list as it is filtered. */
export function decisionBody(decision: Decision, chosen: readonly string[], filter: UnsendableFilter): Record<string, unknown> {
  const what = chosen.length > 0 ? { unsendable: chosen } : { code: filter.code, ...(filter.project ? { project: filter.project } : {}), ...(filter.flow ? { flow: Number(filter.flow) } : {}) };
  return { ...decision, ...what };
}

/** What the LRS knows can be cancelled or kept; a row that the tables or the xAPI files put on the list can't. */
export function canDecide(row: Pick<Unsendable, 'origin'>): boolean {
  return row.origin === 'statements';
}

/** The server decides by ids, or by project, flow and code: a list narrowed or searched otherwise can only be decided by ids. */
export function canDecideAll(filter: UnsendableFilter): boolean {
  return filter.kind === '' && filter.q === '' && (filter.origin === '' || filter.origin === 'statements');
}
