/** What people call a record of which an acceptance tells kind and id alone. */

import { organizationPath } from '@kit/api';
import type { PageContext } from '@kit/element';
import { learnerName, namesOf } from '../footprint/lists/names';
import { texts } from './texts';
import type { MatchRow } from './types';

export async function titleOf(ctx: PageContext, row: Pick<MatchRow, 'kind' | 'id'>): Promise<string> {
  const words = texts[ctx.language];
  const plain = words.recordNumber(words.kinds[row.kind], row.id);
  const names = namesOf(ctx);
  switch (row.kind) {
    case 'learner':
      return learnerName(ctx, row.id);
    case 'programme':
      return (await names.programme(row.id))?.title || plain;
    case 'flow':
      return (await names.flows()).get(row.id)?.title || plain;
    case 'module':
      return (await names.module(row.id))?.title || plain;
    case 'theme':
      try {
        return (await ctx.api.get<{ title?: string }>(`${organizationPath(ctx.organization)}/records/themes/${row.id}`)).data.title || plain;
      } catch {
        // Gone, or not to be had: its number serves.
        return plain;
      }
  }
}
