/** What the REST tells of xAPI sources, and what can be said of it: sums, groups of what waits, where the values go. */

import { organizationPath } from '@kit/api';

export interface XapiSource {
  name: string;
  title: string;
  enabled: boolean;
  origins: string[];
  references: string;
  ruleSet: string;
  rules: object | null;
  endpoint: string;
  key: string;
  /** Whole once, when it is made; its last four characters afterwards. */
  secret: string;
  /** Until when the secret before is accepted. */
  previousUntil: string | null;
  remapping: boolean;
  revision: number;
  changedAt: string;
  changedBy: string;
}

export const states = ['mapped', 'waiting', 'rejected', 'unmatched', 'ignored', 'superseded', 'voided'] as const;
export type State = (typeof states)[number];
export type Counts = Record<State, number>;

/** Statements of one verb and activity type. */
export interface StatementForm extends Counts {
  verb: string;
  activityType: string;
  latestAt: string;
}

export interface Trouble {
  statementId: string;
  storedAt: string;
  state: 'waiting' | 'rejected';
  rule: string;
  column: string;
  value: string;
  reason: string;
  fix: string;
  /** The record that it waits for. */
  missing: { kind: string; source: string; externalId: string } | null;
}

/** A statement among others. */
export interface StatementRow {
  statementId: string;
  storedAt: string;
  state: State;
  rule: string;
  verb: string;
  activityType: string;
}

export interface RuleSetName {
  name: string;
  title: string;
}

/** A source as the list has it. */
export interface ListedSource extends XapiSource {
  counts: Counts;
  latestAt: string | null;
}

export interface Totals extends Counts {
  taken: number;
  latestAt: string | null;
}

export function sourcesPath(organization: string): string {
  return `${organizationPath(organization)}/xapi-sources`;
}
export function sourcePath(organization: string, source: string): string {
  return `${sourcesPath(organization)}/${encodeURIComponent(source)}`;
}

/** Where the latest statement of this verb and type that no rule fits is asked for. An empty type means something. */
export function examplePath(source: string, form: { verb: string; activityType: string }): string {
  return `${source}/statements?state=unmatched&limit=1&verb=${encodeURIComponent(form.verb)}&activityType=${encodeURIComponent(form.activityType)}`;
}

/** For people to read: a value a line. Values stay as they were written: a number of twenty digits isn't rounded. */
export function spread(json: string): string {
  let out = '';
  let depth = 0;
  // Whole strings, then what gives the form; white space between goes.
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/g)) {
    const line = () => `\n${'  '.repeat(depth)}`;
    if (token === '}' || token === ']') {
      depth--;
      out = /[[{]$/.test(out.trimEnd()) ? out.trimEnd() + token : out + line() + token;
    } else if (token === '{' || token === '[') {
      depth++;
      out += token + line();
    } else if (token === ',') out += token + line();
    else out += token === ':' ? ': ' : token;
  }
  return out;
}

export function totalsOf(forms: readonly StatementForm[]): Totals {
  const totals: Totals = { taken: 0, mapped: 0, waiting: 0, rejected: 0, unmatched: 0, ignored: 0, superseded: 0, voided: 0, latestAt: null };
  for (const form of forms) {
    for (const state of states) {
      totals[state] += form[state];
      totals.taken += form[state];
    }
    if (totals.latestAt === null || new Date(form.latestAt) > new Date(totals.latestAt)) totals.latestAt = form.latestAt;
  }
  return totals;
}

export function takenOf(form: Counts): number {
  return states.reduce((sum, state) => sum + form[state], 0);
}

/** Statements that are no record for the same reason: one thing to be done. */
export interface TroubleGroup {
  key: string;
  state: Trouble['state'];
  /** The kind of the record that is missing ("learners"), and its id: empty where the reason is another. */
  kind: string;
  record: string;
  rule: string;
  column: string;
  value: string;
  reason: string;
  fix: string;
  statements: { id: string; storedAt: string }[];
}

/** The largest first. */
export function grouped(troubles: readonly Trouble[]): TroubleGroup[] {
  const groups = new Map<string, TroubleGroup>();
  for (const { statementId, storedAt, state, rule, column, value, reason, fix, missing: lacks } of troubles) {
    const key = lacks ? `${state}|${lacks.kind}|${lacks.externalId}` : [state, rule, column, reason].join('|');
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { key, state, kind: lacks?.kind ?? '', record: lacks?.externalId ?? '', rule, column, value, reason, fix, statements: [] }));
    // Different values for one reason: none of them speaks for all.
    if (group.value !== value && !lacks) group.value = '';
    group.statements.push({ id: statementId, storedAt });
  }
  return [...groups.values()].sort((a, b) => b.statements.length - a.statements.length);
}

/** What people say of an IRI: its last step. The whole of it stands beside. */
export function shortOf(iri: string): string {
  const steps = iri.split(/[/#:]/).filter(Boolean);
  return steps[steps.length - 1] ?? iri;
}

/** Whole, as another system needs it: the server is where this page's REST is. */
export function endpointAddress(base: string, endpoint: string): string {
  return new URL(base + endpoint, location.href).href;
}

/** As the parameter "auth" of a launched package and the header Authorization have it. Key and secret are ASCII. */
export function basicOf(key: string, secret: string): string {
  return `Basic ${btoa(`${key}:${secret}`)}`;
}

/** A rule that takes statements of this verb and type out of what fits none, to be finished by a person. */
export function ruleDraft(form: { verb: string; activityType: string }): string {
  const name = shortOf(form.verb).toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'rule';
  return JSON.stringify(
    { name, verbs: [form.verb], ...(form.activityType ? { activityTypes: [form.activityType] } : {}), ignore: { ru: '', en: '' } },
    null,
    2,
  );
}

/** Names that stand in addresses and are the source of records. */
export function isSourceName(name: string): boolean {
  return /^[a-z0-9._-]{1,50}$/.test(name);
}

export function originsOf(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** Rules of one's own as typed: JSON of an object, or why not. */
export function rulesOf(text: string): { rules: object } | { wrong: string } {
  try {
    const rules: unknown = JSON.parse(text);
    return typeof rules === 'object' && rules !== null && !Array.isArray(rules) ? { rules } : { wrong: '' };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : '' };
  }
}
