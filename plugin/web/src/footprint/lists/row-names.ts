/** What people call the things of a row: the lists tell it with every row, where it is known. */

import type { PageContext } from '@kit/element';
import { texts } from './texts';

export interface RowNames {
  /** Last name first. */
  learnerName?: string;
  flowTitle?: string;
  moduleTitle?: string;
  elementTitle?: string;
}

type OfLearner = RowNames & { learner: string | null; learnerExternalId?: string };

/** The name, else the id in the person's own system, else ours; `nobody`: it is of the programme, not of a learner. */
export function whoOf(ctx: PageContext, row: OfLearner, nobody: string): string {
  if (row.learner === null) return nobody;
  return row.learnerName || texts[ctx.language].learnerNumber(row.learnerExternalId || row.learner);
}
export function flowOf(ctx: PageContext, row: RowNames & { flow: string }): string {
  return row.flowTitle || texts[ctx.language].flowNumber(row.flow);
}
/** The element it is about, else the module; empty: it is about neither. */
export function whatOf(row: RowNames): string {
  return row.elementTitle || row.moduleTitle || '';
}
