/** The whole of a list as one file: CSV comes in pages, each with a mark of UTF-8 and the titles; XLSX as it is. */

import type { Api, Ask } from '@kit/api';
import { save } from '@kit/clipboard';

const mark = '\uFEFF';

/** One file of several: the later ones without their mark and titles. */
export function joinCsv(pages: readonly string[]): string {
  return pages
    .map((page) => (page.startsWith(mark) ? page.slice(1) : page))
    .map((page, i) => (i === 0 ? mark + page : page.slice((page.indexOf('\n') + 1) || page.length)))
    .join('');
}

export async function saveCsv(api: Api, path: string, query: Ask['query'], signal?: AbortSignal): Promise<string> {
  const pages: string[] = [];
  let name = '';
  for (let cursor: string | null = null; ; ) {
    const page = await api.download(path, { accept: 'text/csv', query: { ...query, limit: 1000, cursor }, signal });
    name ||= page.name;
    pages.push(await page.blob.text());
    if (page.next === null) break;
    cursor = page.next;
  }
  save(new Blob([joinCsv(pages)], { type: 'text/csv' }), name);
  return name;
}

export async function saveXlsx(api: Api, path: string, query: Ask['query'], signal?: AbortSignal): Promise<string> {
  const { blob, name } = await api.download(path, { accept: '*/*', query, signal });
  save(blob, name);
  return name;
}
