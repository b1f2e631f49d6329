/** A mapping as the REST takes it (host/sources/CsvMapping), changed piece by piece: what no control shows stays as it is. */

import type { Mapping } from './model';
import { recordFields } from './record-fields';

export interface DateRule {
  base?: string | { column: string; map: Record<string, string> };
  unit?: string;
  zone?: string;
  /** 'dd.mm.yyyy' */
  format?: string;
}

export interface Rule {
  column?: string;
  constant?: string | number | boolean;
  template?: string;
  lower?: boolean;
  map?: Record<string, string | number | boolean | null>;
  otherwise?: string;
  date?: DateRule;
  derive?: string;
  immutable?: boolean;
  optional?: boolean;
}

export interface Condition {
  column: string;
  in?: string[];
  notIn?: string[];
  missing?: boolean;
  optional?: boolean;
}

export type RuleMode = 'none' | 'column' | 'template' | 'constant' | 'derive';
export const passRule = 'raw>=passScore';

export function targetOf(mapping: Mapping): string {
  return typeof mapping.target === 'string' ? mapping.target : '';
}
export function rulesOf(mapping: Mapping): Record<string, Rule> {
  return isObject(mapping.fields) ? (mapping.fields as Record<string, Rule>) : {};
}
export function ruleOf(mapping: Mapping, name: string): Rule | undefined {
  const rule = name === 'externalId' || name === 'content' ? mapping[name] : rulesOf(mapping)[name];
  return isObject(rule) ? (rule as Rule) : undefined;
}

export function withRule(mapping: Mapping, name: string, rule: Rule | undefined): Mapping {
  if (name === 'externalId' || name === 'content') return replaced(mapping, name, rule);
  return { ...mapping, fields: replaced(rulesOf(mapping), name, rule) };
}

export function modeOf(rule: Rule | undefined): RuleMode {
  if (!rule) return 'none';
  return (['column', 'template', 'constant', 'derive'] as const).find((mode) => mode in rule) ?? 'none';
}

export function textOf(rule: Rule | undefined): string {
  return String(rule?.column ?? rule?.template ?? rule?.constant ?? '');
}

/** What was written goes over into the other mode as far as it makes sense there. */
export function inMode(rule: Rule | undefined, mode: RuleMode): Rule | undefined {
  if (mode === 'none') return undefined;
  if (mode === 'derive') return { derive: passRule };
  const { column, template } = rule ?? {};
  const rest = without(rule ?? {}, 'column', 'constant', 'template', 'derive');
  if (mode === 'constant') return { ...without(rest, 'map', 'otherwise', 'lower', 'date', 'optional'), constant: '' };
  if (mode === 'template') return { ...rest, template: template ?? (column ? `{${column}}` : '') };
  const alone = /^\{([^{}]+)\}$/.exec(template ?? '');
  return { ...rest, column: column ?? alone?.[1] ?? '' };
}

export function withText(rule: Rule, text: string): Rule {
  const mode = modeOf(rule);
  return mode === 'column' || mode === 'template' || mode === 'constant' ? { ...rule, [mode]: text } : rule;
}

export function columnsOfRule(rule: Rule | undefined): string[] {
  const base = rule?.date?.base;
  return [...(rule?.column ? [rule.column] : []), ...[...(rule?.template ?? '').matchAll(/\{([^{}]+)\}/g)].map(([, column]) => column!), ...(isObject(base) ? [(base as { column: string }).column] : [])];
}

/** The columns that a mapping reads, each once. */
export function columnsOf(mapping: Mapping): string[] {
  const rules = [ruleOf(mapping, 'externalId'), ruleOf(mapping, 'content'), ...Object.values(rulesOf(mapping))];
  return [...new Set([...rules.flatMap(columnsOfRule), ...conditionsOf(mapping).map((one) => one.column)])].filter(Boolean);
}

/** Of another kind of record: what fields of that name there are keep their rules. */
export function withTarget(mapping: Mapping, target: string): Mapping {
  const names = new Set((recordFields[target] ?? []).map((field) => field.name));
  const fields = Object.fromEntries(Object.entries(rulesOf(mapping)).filter(([name]) => names.has(name)));
  const rest = target === 'files' ? mapping : without(mapping, 'content');
  return { ...rest, target, fields };
}

/** Conditions hold together, so one that says several things is several. */
export function conditionsOf(mapping: Mapping): Condition[] {
  if (!Array.isArray(mapping.when)) return [];
  return (mapping.when as Condition[]).filter(isObject).flatMap((one) => {
    const parts = (['in', 'notIn', 'missing'] as const).filter((name) => one[name] !== undefined);
    return parts.length < 2 ? [one] : parts.map((name) => ({ column: one.column, [name]: one[name] }) as Condition);
  });
}
export function withConditions(mapping: Mapping, conditions: Condition[]): Mapping {
  return replaced(mapping, 'when', conditions.length ? conditions : undefined);
}

/** What counts as no value, besides an empty cell. */
export function missingOf(mapping: Mapping): string[] {
  return Array.isArray(mapping.missing) ? mapping.missing.map(String).filter((text) => text !== '') : [];
}
export function withMissing(mapping: Mapping, texts: string[]): Mapping {
  const emptyCounts = !Array.isArray(mapping.missing) || mapping.missing.includes('');
  return replaced(mapping, 'missing', texts.length || !emptyCounts ? [...(emptyCounts ? [''] : []), ...texts] : undefined);
}

/** As it is sent: a rule of which nothing was written is none. An empty column would be taken for an empty text of every row. */
export function cleaned(mapping: Mapping): Mapping {
  const isWritten = (rule: unknown): boolean => !isObject(rule) || modeOf(rule as Rule) === 'none' || 'derive' in rule || textOf(rule as Rule) !== '';
  const fields = isObject(mapping.fields) ? Object.fromEntries(Object.entries(mapping.fields as object).filter(([, rule]) => isWritten(rule))) : (mapping.fields ?? {});
  const result: Mapping = { ...mapping, fields };
  for (const name of ['externalId', 'content']) if (!isWritten(result[name])) delete result[name];
  for (const name of ['source', 'title']) if (result[name] === '') delete result[name];
  return result;
}

export function readMapping(text: string): Mapping | null {
  try {
    const json: unknown = JSON.parse(text);
    if (!isObject(json)) return null;
    // A file of a ready-made set has the mapping among other things.
    const inner = (json as { mapping?: unknown }).mapping;
    return isObject(inner) && !('target' in json) ? (inner as Mapping) : (json as Mapping);
  } catch {
    return null;
  }
}

export type DateForm = 'exact' | 'clock' | 'dotted' | 'unix' | 'since' | 'flow' | 'column';

export function dateFormOf(date: DateRule | undefined): DateForm {
  if (!date) return 'exact';
  if (date.base === undefined) return date.format === 'dd.mm.yyyy' ? 'dotted' : 'clock';
  if (isObject(date.base)) return 'column';
  if (date.base === 'flow.startsAt') return 'flow';
  return date.base === '1970-01-01' && date.unit === 'seconds' && (date.zone ?? 'UTC') === 'UTC' ? 'unix' : 'since';
}

/** `zone`: the organization's, for what has none of its own. */
export function dateIn(form: DateForm, date: DateRule | undefined, zone: string): DateRule | undefined {
  const kept = { unit: date?.unit ?? 'days', zone: dateFormOf(date) === 'unix' ? zone : (date?.zone ?? zone) };
  switch (form) {
    case 'exact':
      return undefined;
    case 'clock':
      return { zone: kept.zone };
    case 'dotted':
      return { format: 'dd.mm.yyyy', zone: kept.zone };
    case 'unix':
      return { base: '1970-01-01', unit: 'seconds', zone: 'UTC' };
    case 'since':
      return { base: '', ...kept };
    case 'flow':
      return { base: 'flow.startsAt', ...kept };
    case 'column':
      return { base: { column: '', map: {} }, ...kept };
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function replaced<T extends object>(object: T, name: string, value: unknown): T {
  return value === undefined ? without(object, name) : { ...object, [name]: value };
}
export function without<T extends object>(object: T, ...names: string[]): T {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name))) as T;
}
