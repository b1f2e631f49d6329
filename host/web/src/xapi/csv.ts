import type { Api } from '@kit/api';

/** A list as CSV with all of its pages: each of them begins with the names of the columns. */
export async function wholeCsv(api: Api, path: string): Promise<Blob> {
  const parts: BlobPart[] = [];
  let cursor: string | null = null;
  do {
    const { blob, next }: { blob: Blob; next: string | null } = await api.download(path, { accept: 'text/csv', query: { limit: 1000, cursor } });
    const text = await blob.text();
    // The column names stand in one line: none of them holds a line break.
    parts.push(parts.length === 0 ? `\ufeff${text.replace(/^\ufeff/, '')}` : text.slice(text.indexOf('\n') + 1));
    cursor = next;
  } while (cursor);
  return new Blob(parts, { type: 'text/csv;charset=utf-8' });
}
