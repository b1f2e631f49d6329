/** Refusals of connections at the fields of a form. */

import { ApiError, type FieldProblem } from '@kit/api';
import type { Language } from '@kit/locale';

/** What is wrong in `pointer`, as a sentence. */
export function problemAt(language: Language, error: unknown, pointer: string): FieldProblem | undefined {
  const found = wrongOf(error).find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`));
  // The form ends a fix in English by itself.
  return found && { pointer, reason: sentence(found.reason, ''), fix: sentence(found.fix ?? '', language === 'en' ? '' : '.') };
}

/** Wrong in places of which the form shows no field: told below it. */
export function problemsBeside(error: unknown, known: readonly string[]): FieldProblem[] {
  return wrongOf(error)
    .filter(({ pointer }) => !known.some((one) => pointer === one || pointer.startsWith(`${one}/`)))
    .map(({ pointer, reason, fix }) => ({ pointer, reason: sentence(reason), fix: sentence(fix ?? '') }));
}

function wrongOf(error: unknown): FieldProblem[] {
  return error instanceof ApiError ? (error.problem.errors ?? []) : [];
}

function sentence(text: string, end = '.'): string {
  const bare = text.trim().replace(/\.$/, '');
  return bare ? bare[0]!.toUpperCase() + bare.slice(1) + end : '';
}
