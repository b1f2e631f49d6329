/** What a list of records without a counterpart is narrowed to; stands in the address. */

import type { Contour } from './types';

export interface Filter {
  q: string;
  reason: string;
  contour: Contour;
  flow: string;
  kind: string;
}
export const everything: Filter = { q: '', reason: '', contour: 'production', flow: '', kind: '' };
