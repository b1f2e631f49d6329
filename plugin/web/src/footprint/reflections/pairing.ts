/**
 * Which passage of one text answers which of the other. The server marks passages in both and doesn't pair them: they are
 * paired here by the words they share, in order.
 */

import type { Piece } from './types';

/** `numbers`: of the passages that this one answers; empty between passages. */
export interface Passage {
  text: string;
  numbers: number[];
}
export interface Paired {
  left: Passage[];
  right: Passage[];
  /** Of the passages marked in the left text. */
  fragments: number;
}

const shingle = 3;

export function wordsOf(text: string): string[] {
  return text.toLowerCase().replaceAll('ё', 'е').match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Runs of three words; of a shorter passage all of it. */
function shinglesOf(text: string): Set<string> {
  const words = wordsOf(text);
  const out = new Set<string>();
  if (words.length < shingle) return words.length > 0 ? out.add(words.join(' ')) : out;
  for (let i = 0; i + shingle <= words.length; i += 1) out.add(words.slice(i, i + shingle).join(' '));
  return out;
}

function shared(one: Set<string>, other: Set<string>): number {
  let n = 0;
  for (const text of one) if (other.has(text)) n += 1;
  return n;
}

/** The best of `to`, the earliest not taken yet among equals; -1 when none shares a run of words. */
function bestOf(from: Set<string>, to: readonly Set<string>[], taken: ReadonlySet<number>): number {
  let best = -1;
  let most = 0;
  to.forEach((one, i) => {
    const n = shared(from, one);
    if (n > most || (n === most && n > 0 && taken.has(best) && !taken.has(i))) [best, most] = [i, n];
  });
  return best;
}

export function pair(left: readonly Piece[], right: readonly Piece[]): Paired {
  const leftMarks = left.flatMap((piece, i) => (piece.same ? [i] : []));
  const rightMarks = right.flatMap((piece, i) => (piece.same ? [i] : []));
  const leftWords = leftMarks.map((i) => shinglesOf(left[i]!.text));
  const rightWords = rightMarks.map((i) => shinglesOf(right[i]!.text));
  const numbers = rightMarks.map(() => new Set<number>());
  const taken = new Set<number>();
  rightWords.forEach((words, r) => {
    const l = bestOf(words, leftWords, taken);
    if (l < 0) return;
    numbers[r]!.add(l + 1);
    taken.add(l);
  });
  // Passages that run together in the other text have one mark there, with the number of each.
  leftWords.forEach((words, l) => {
    if (taken.has(l)) return;
    const r = bestOf(words, rightWords, new Set());
    if (r >= 0) numbers[r]!.add(l + 1);
  });
  return {
    left: left.map((piece, i) => ({ text: piece.text, numbers: piece.same ? [leftMarks.indexOf(i) + 1] : [] })),
    right: right.map((piece, i) => ({ text: piece.text, numbers: piece.same ? [...numbers[rightMarks.indexOf(i)]!].sort((a, b) => a - b) : [] })),
    fragments: leftMarks.length,
  };
}

/** Where in a text its marked passages lie, in percent of its length. */
export function mapOf(passages: readonly Passage[]): { from: number; width: number; number: number }[] {
  const all = passages.reduce((sum, one) => sum + one.text.length, 0) || 1;
  let at = 0;
  return passages.flatMap((one) => {
    const from = at;
    at += one.text.length;
    return one.numbers.length > 0 ? [{ from: (from / all) * 100, width: (one.text.length / all) * 100, number: one.numbers[0]! }] : [];
  });
}

/** A text with one known passage marked, where no other text is at hand. */
export function markFragment(text: string, fragment: string): Passage[] {
  const bare = fragment.replace(/…$/, '');
  const at = bare ? text.indexOf(bare) : -1;
  if (at < 0) return [{ text, numbers: [] }];
  return [
    { text: text.slice(0, at), numbers: [] },
    { text: bare, numbers: [1] },
    { text: text.slice(at + bare.length), numbers: [] },
  ].filter((one) => one.text !== '');
}
