/** The log of a run as the server gives it in CSV: what was said, and which rows were refused. */

import type { RowError } from './model';

export interface LogLine extends RowError {
  time: string;
  level: string;
}

const columns = ['time', 'level', 'place', 'column', 'value', 'reason', 'fix'] as const;

export function readLog(csv: string): LogLine[] {
  const [head, ...rows] = parseCsv(csv.replace(/^\uFEFF/, ''));
  if (!head) return [];
  const at = columns.map((name) => head.indexOf(name));
  return rows
    .filter((cells) => cells.length === head.length)
    .map((cells) => Object.fromEntries(columns.map((name, i) => [name, cells[at[i]!] ?? ''])) as unknown as LogLine);
}

/** RFC 4180. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') {
      row.push(cell);
      cell = '';
    } else if (c === '\n') {
      row.push(cell.replace(/\r$/, ''));
      rows.push(row);
      row = [];
      cell = '';
    } else cell += c;
  }
  if (cell || row.length) rows.push([...row, cell]);
  return rows;
}

export interface RefusedRow {
  place: string;
  errors: LogLine[];
}

/** A row may be refused for several reasons: it is one row all the same. */
export function refusedRows(lines: readonly LogLine[]): RefusedRow[] {
  const rows = new Map<string, RefusedRow>();
  for (const line of lines) {
    if (line.level !== 'error') continue;
    const known = rows.get(line.place);
    if (known) known.errors.push(line);
    else rows.set(line.place, { place: line.place, errors: [line] });
  }
  return [...rows.values()];
}
