/** Tells the server what a person accepted or rejected. */

import { organizationPath } from '@kit/api';
import type { PageContext } from '@kit/element';
import type { Locale } from '@kit/locale';
import type { MatchTexts } from './texts';
import { rowStates, type Contour, type Lacking, type Match, type What } from './types';

export async function accept(ctx: PageContext, what: What, body: object): Promise<Match> {
  return (await ctx.api.post<Match>(`${organizationPath(ctx.organization)}/u2035/${what}/match/accept`, body)).data;
}

/** `word`: "reject", or "unreject" to take it back. What became of it: "not-suggested" when it is suggested no more, so that there was nothing to reject. */
export async function say(ctx: PageContext, word: 'reject' | 'unreject', what: What, contour: Contour, row: Pick<Lacking, 'kind' | 'id'>, value: string): Promise<string> {
  const items = [{ kind: row.kind, id: row.id, value }];
  const { data } = await ctx.api.post<{ rows: { state: string }[] }>(`${organizationPath(ctx.organization)}/u2035/${what}/match/${word}`, what === 'learners' ? { contour, items } : { items });
  return data.rows[0]?.state ?? '';
}

/** "записано 3, не записано 1" */
export function outcomeText(words: MatchTexts, locale: Locale, match: Match): string {
  return rowStates
    .flatMap((state) => {
      const n = match.counts[state] ?? 0;
      return n > 0 ? [words.outcomePart(locale, words.states[state], n)] : [];
    })
    .join(', ');
}
