/** Refusals of connections at the fields of a form: the server names places in the request, and some secrets only in words. */

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

/** "lacks 'password' again" at /settings concerns the field of that secret. */
function wrongOf(error: unknown): FieldProblem[] {
  if (!(error instanceof ApiError)) return [];
  return (error.problem.errors ?? []).map((one) => {
    const lacks = /^\/(settings|parameters)$/.test(one.pointer) ? /'([^']+)'/.exec(one.reason) : null;
    return lacks ? { ...one, pointer: `${one.pointer}/${lacks[1]}` } : one;
  });
}

function sentence(text: string, end = '.'): string {
  const bare = text.trim().replace(/\.$/, '');
  return bare ? bare[0]!.toUpperCase() + bare.slice(1) + end : '';
}

const inRussian: Record<string, string> = {
  'source.disabled': 'Подключение отключено: включите его и повторите.',
  'route.running': 'Этот путь уже выполняется: дождитесь конца.',
};

/** What the server says in English only. */
export function inWords(language: Language, error: unknown): unknown {
  if (language === 'en' || !(error instanceof ApiError) || /[а-яё]/i.test(error.problem.detail)) return error;
  const detail = inRussian[error.code];
  return detail ? new ApiError({ ...error.problem, detail }, error.body) : error;
}
