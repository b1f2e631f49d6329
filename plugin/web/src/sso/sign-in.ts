/** What the learner's button may lead to, and what an answer of the platform's own server means. */

/** A personal link as POST …/sso/links gives it; empty: it is none. */
export function linkOf(given: unknown, page: string): string {
  if (typeof given !== 'string' || given === '') return '';
  try {
    const url = new URL(given, page);
    const isLink = /^https?:$/.test(url.protocol) && url.pathname.endsWith('/u2035/sso/join') && Boolean(url.searchParams.get('t'));
    return isLink ? url.href : '';
  } catch {
    return '';
  }
}

/** Where a learner goes on afterwards: a page of the platform that shows the button, no other site. */
export function returnOf(given: string, page: string): string {
  if (!given) return '';
  try {
    const url = new URL(given, page);
    return url.origin === new URL(page).origin && /^https?:$/.test(url.protocol) ? url.href : '';
  } catch {
    return '';
  }
}

export type Outcome = 'not-configured' | 'has-unti-id' | 'no-learner' | 'link-dead' | 'network' | 'failed';

/** `error`: whatever the platform's function threw; its `code` is the API's, where the platform passes it on. */
export function outcomeOf(error: unknown): Outcome {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === 'sso.not-configured') return 'not-configured';
  if (code === 'has-unti-id' || code === 'no-learner' || code === 'network') return code;
  return error instanceof TypeError ? 'network' : 'failed';
}
