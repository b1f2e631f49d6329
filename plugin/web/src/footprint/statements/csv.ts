/** A list as CSV, page by page, joined into one file: the server gives pages with their head line. */

import type { Ask } from '@kit/api';
import { save } from '@kit/clipboard';
import type { PageContext } from '@kit/element';

const pageSize = 1000;
const mostPages = 100;

/** Without its first line and the mark at the beginning: what follows a page that was written already. */
export function withoutHead(text: string): string {
  const body = text.replace(/^\uFEFF/, '');
  // A head line has no quoted line breaks: its cells are the server's own names.
  const end = body.indexOf('\n');
  return end < 0 ? '' : body.slice(end + 1);
}

/** False when the list is longer than what was saved of it. */
export async function saveCsv(ctx: PageContext, path: string, query: Ask['query'], name: string): Promise<boolean> {
  const parts: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { blob: Blob; next: string | null } = await ctx.api.download(path, { query: { ...query, limit: pageSize, cursor }, accept: 'text/csv' });
    const text = await page.blob.text();
    // The mark tells Excel that it is UTF-8; reading the answer as text took it away.
    parts.push(parts.length === 0 ? `\uFEFF${text.replace(/^\uFEFF/, '')}` : withoutHead(text));
    cursor = page.next;
  } while (cursor && parts.length < mostPages);
  save(new Blob(parts, { type: 'text/csv;charset=utf-8' }), name);
  return !cursor;
}

export const csvRows = pageSize * mostPages;
