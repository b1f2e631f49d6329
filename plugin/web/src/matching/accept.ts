/** Tells the server what a person accepted or rejected; each piece that the server takes is an acceptance of its own, which can be taken back. */

import { organizationPath } from '@kit/api';
import type { PageContext } from '@kit/element';
import type { Locale } from '@kit/locale';
import { bodiesOf, type Wish } from './suggest';
import type { MatchTexts } from './texts';
import { rowStates, type Contour, type Lacking, type Match, type What } from './types';

/** `done` is told after each piece: a later one may fail. */
export async function accept(ctx: PageContext, what: What, contour: Contour, wishes: readonly Wish[], done: (match: Match) => void = () => {}): Promise<Match[]> {
  const made: Match[] = [];
  for (const body of bodiesOf(what, contour, wishes)) {
    const { data } = await ctx.api.post<Match>(`${organizationPath(ctx.organization)}/u2035/${what}/match/accept`, body);
    made.push(data);
    done(data);
  }
  return made;
}

/** `word`: "reject", or "unreject" to take it back. What became of it: "not-suggested" when it is suggested no more, so that there was nothing to reject. */
export async function say(ctx: PageContext, word: 'reject' | 'unreject', what: What, contour: Contour, row: Pick<Lacking, 'kind' | 'id'>, value: string): Promise<string> {
  const items = [{ kind: row.kind, id: row.id, value }];
  const { data } = await ctx.api.post<{ rows: { state: string }[] }>(`${organizationPath(ctx.organization)}/u2035/${what}/match/${word}`, what === 'learners' ? { contour, items } : { items });
  return data.rows[0]?.state ?? '';
}

/** "записано 3, не записано 1" */
export function outcomeText(words: MatchTexts, locale: Locale, matches: readonly Match[]): string {
  return rowStates
    .flatMap((state) => {
      const n = matches.reduce((sum, one) => sum + (one.counts[state] ?? 0), 0);
      return n > 0 ? [words.outcomePart(locale, words.states[state], n)] : [];
    })
    .join(', ');
}
