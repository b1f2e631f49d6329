/** Where in a letter a missing fact will stand. */

import type { Letter } from '../model';

export interface Line {
  text: string;
  gap: boolean;
}

/** In a support letter an empty line may be right: no answer came, no User ID is known yet. */
const supportFacts = /^(Организация|Название проекта|Шаг)/;

export function gapsIn(letter: Letter, kind: string): Line[] {
  const lines = letter.body.replace(/\n+$/, '').split('\n');
  return lines.map((text) => ({
    text,
    gap: letter.missing.length > 0 && /:\s*$/.test(text) && (kind !== 'support' || supportFacts.test(text)),
  }));
}

export function subjectGap(letter: Letter): boolean {
  return letter.missing.length > 0 && /,\s*$/.test(letter.subject);
}
