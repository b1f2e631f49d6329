/** Which of an export's files a person has to carry to the account by hand, and which never. */

import type { Export, ExportFile, Handover, Manifest } from './types';

const testFolder = 'test-contour/';

export function isTest(file: Pick<ExportFile, 'path'>): boolean {
  return file.path.startsWith(testFolder);
}

/** What went through the LRS is never uploaded again, nor is anything of the test contour: it isn't of the working account. */
export function callsForUpload(file: ExportFile): boolean {
  if (isTest(file) || file.channel === 'lrs' || file.element === 'xapi' || file.element === 'manifest') return false;
  return file.uploaded !== undefined || file.upload === true;
}

/** A table and the archive that is uploaded with it. */
export interface Upload {
  key: string;
  project: string;
  title: string;
  element: string;
  table: ExportFile;
  archive: ExportFile | null;
  /** Not of the upload itself: the same as CSV, and which file of the archive is whose. */
  others: ExportFile[];
  isDone: boolean;
  /** Null: the server doesn't keep it. */
  canTick: boolean;
}

export function uploadsOf(files: readonly ExportFile[]): Upload[] {
  const pairs = new Map<string, ExportFile[]>();
  for (const file of files) {
    if (!file.pair || file.channel === 'lrs' || isTest(file)) continue;
    const key = `${file.project}/${file.pair}`;
    pairs.set(key, [...(pairs.get(key) ?? []), file]);
  }
  return [...pairs].flatMap(([key, all]) => {
    const wanted = all.filter(callsForUpload);
    const table = wanted.find((file) => file.role === 'table');
    if (!table) return [];
    const archive = wanted.find((file) => file.role === 'archive') ?? null;
    const both = archive ? [table, archive] : [table];
    return [
      {
        key,
        project: table.project,
        title: table.title,
        element: table.element,
        table,
        archive,
        others: all.filter((file) => !both.includes(file)),
        isDone: both.every((file) => Boolean(file.uploaded)),
        canTick: both.every((file) => file.uploaded !== undefined),
      },
    ];
  });
}

export function sentByLrs(files: readonly ExportFile[]): ExportFile[] {
  return files.filter((file) => file.channel === 'lrs' && !isTest(file));
}
export function xapiFiles(files: readonly ExportFile[], project: string): ExportFile[] {
  return files.filter((file) => file.element === 'xapi' && file.project === project).sort((a, b) => a.path.localeCompare(b.path));
}
export function testFiles(files: readonly ExportFile[]): ExportFile[] {
  return files.filter(isTest);
}
export function manifestsOf(files: readonly ExportFile[]): ExportFile[] {
  return files.filter((file) => file.element === 'manifest' && !isTest(file));
}

/** Path in the project's folder → the programme's id. */
export function programmesOf(project: string, manifest: Manifest | null): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of manifest?.files ?? []) if (file.programmeId) found.set(`${project}/${file.path}`, String(file.programmeId));
  return found;
}

/** Halves of a part are named after it: "x" → "x-part1a", "x-part2" → "x-part2a". */
export function halvesOf(before: Upload, after: readonly Upload[]): Upload[] {
  const stem = /-part\d+[a-z]*$/.test(before.key) ? before.key : `${before.key}-part1`;
  return after.filter((one) => one.key === `${stem}a` || one.key === `${stem}b`);
}

export type HandoverState = 'undecided' | 'handed-over' | 'accepted' | 'released';

/** An export that was not handed over holds nothing that could be decided about any more. */
export function handoverOf(one: Handover): HandoverState {
  if (one.undecided > 0) return 'undecided';
  if (one.handedOver > 0) return 'handed-over';
  return one.accepted > 0 && one.accepted === one.statements ? 'accepted' : 'released';
}

/** In how many files something is left to do. */
export function leftToUpload(one: Export): number {
  return uploadsOf(one.files).filter((upload) => !upload.isDone).length;
}

/** Only what a browser may open: an address comes from the storage's settings. */
export function webAddress(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}
