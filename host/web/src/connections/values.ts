/** What is typed into the fields of a kind of source, and the settings that the REST takes. Every field is typed as text. */

import type { Condition, SourceField } from './model';

/** null of a secret: what the server keeps stays. */
export type Values = Record<string, string | null>;
/** In the place of a secret: the kept one is to go. Nobody types it. */
export const erased = '\0';

export function valuesOf(fields: readonly SourceField[], settings: Record<string, unknown>): Values {
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(field, settings[field.name])]));
}

function valueOf(field: SourceField, kept: unknown): string | null {
  if (field.type === 'secret') return isKept(kept) ? null : '';
  if (kept === undefined || kept === null) return field.type === 'choice' || field.type === 'flag' ? (field.fallback ?? '') : '';
  if (Array.isArray(kept)) return kept.join('\n');
  if (typeof kept === 'object') return Object.entries(kept).map(([name, value]) => `${name}: ${String(value)}`).join('\n');
  return String(kept);
}

/** What the server shows of a secret in its place. */
export interface Kept {
  set: boolean;
  lastFour: string;
}
export function isKept(value: unknown): value is Kept {
  return typeof value === 'object' && value !== null && (value as Kept).set === true;
}

/** An empty field is left out: the server takes its own usual value, or says that it must be given. */
export function settingsOf(fields: readonly SourceField[], values: Values, kept: Record<string, unknown> = {}): Record<string, unknown> {
  const before = valuesOf(fields, kept);
  const settings: Record<string, unknown> = {};
  for (const field of fields) {
    const { name } = field;
    const typed = values[name] ?? null;
    if (field.type === 'secret') {
      // Sent as it was shown it stays; an empty text takes a kept one away. "Replace" with nothing typed is no wish for that.
      if (typed === erased) settings[name] = '';
      else if (typed) settings[name] = typed;
      else if (isKept(kept[name])) settings[name] = kept[name];
    } else if (typed === before[name]) {
      // A choice that shows the server's usual value was not made.
      if (kept[name] !== undefined) settings[name] = kept[name];
    } else if (typed?.trim()) settings[name] = read(field, typed);
  }
  return settings;
}

function read(field: SourceField, typed: string): unknown {
  const text = field.type === 'multiline' ? typed : typed.trim();
  if (field.type === 'flag') return text === 'true';
  if (field.type === 'number') {
    const number = Number(text.replace(',', '.').replace(/\s/g, ''));
    // What is no number is the server's to refuse, with its reason at the field.
    return Number.isFinite(number) ? number : text;
  }
  if (field.type === 'list') return linesOf(text);
  if (field.type === 'map') return Object.fromEntries(linesOf(text).map(pairOf));
  return text;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

function pairOf(line: string): [string, string] {
  const at = line.search(/[:=]/);
  return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

/**
 * Whether the connection would lead elsewhere than the kept secrets were given for: the server asks for them again then.
 * Numbers, as ports and limits, don't count.
 */
export function leadsElsewhere(fields: readonly SourceField[], known: Values, typed: Values): boolean {
  return fields.some(({ name, type }) => type !== 'number' && type !== 'secret' && (known[name] ?? '') !== (typed[name] ?? ''));
}

/**
 * Whether a field has something to say while the others hold what they hold. What holds something is always shown: nothing is
 * sent that isn't seen.
 */
export function isAsked(one: SourceField, fields: readonly SourceField[], valueOf: (name: string) => unknown): boolean {
  if (!one.when || one.required) return true;
  const own = valueOf(one.name);
  const text = shownText(own);
  if (own === null || (text !== '' && text !== '{}' && text !== '[]' && text !== (one.fallback ?? ''))) return true;
  return isMet(one.when, fields, valueOf);
}
/** Most people leave it as it is: below the others, folded. */
export function isRare(one: SourceField): boolean {
  return Boolean(one.rare) && !one.required;
}
/** Of what is typed, or else of the fallback. */
export function isMet({ field, values }: Condition, fields: readonly SourceField[], valueOf: (name: string) => unknown): boolean {
  return values.includes(shownText(valueOf(field)) || (fields.find(({ name }) => name === field)?.fallback ?? ''));
}

export function shownText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** As it is sent: what is empty is left out, a number is one where it can be read as one. The server refuses the rest, at its field. */
export function sentSettings(fields: readonly SourceField[], settings: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = { ...settings };
  for (const { name, type } of fields) {
    const value = settings[name];
    if (value === '' || value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)) delete result[name];
    else if (type === 'number' && typeof value === 'string') {
      const number = Number(value.trim().replace(',', '.'));
      if (Number.isFinite(number)) result[name] = number;
    } else if (type === 'flag' && typeof value === 'string') result[name] = value === 'true';
  }
  return result;
}

const letters: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's',
  т: 't', у: 'u', ф: 'f', х: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya',
};
/** "Наша СДО" → "nasha-sdo": a name that may stand in an address. */
export function shortName(title: string): string {
  return [...title.toLowerCase()]
    .map((one) => letters[one] ?? one)
    .join('')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '');
}
