/** From what can't go for want of an id of University 2035 to where it is found: a page of its own. */

import type { PageContext } from '@kit/element';
import { matchingPath } from './reasons';
import { texts } from './texts';

/** Where nobody leads to that page, the way is told in words. */
export function toMatching(ctx: PageContext, code: string): void {
  if (!ctx.go(matchingPath(code) ?? 'learners', { element: 'u2035-matching' })) ctx.say(texts[ctx.language].elsewhereMatching, true);
}
