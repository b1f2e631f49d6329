/** What the REST tells of connections that things are brought to: files, and requests of others. */

import type { Run } from '../connections/model';

export { connectionPath, routePath, takes, type Connection, type Route, type Run, type SourceKind } from '../connections/model';

export interface Arrival {
  id: string;
  name: string;
  way: 'upload' | 'folder';
  size: number;
  sha256: string;
  state: 'taken' | 'done' | 'failed' | 'duplicate';
  run: string | null;
  duplicateOf: string | null;
  takenBy: string;
  takenAt: string;
  finishedAt: string | null;
  reason: string;
  /** Rows that its run refused; null: not known. */
  rejected: number | null;
  repeatOf: string | null;
  repeatedBy: string | null;
  /** Whether its bytes can be read again; `reason` in words. */
  repeat: { possible: boolean; code: string | null; reason: string };
}

/** There is a point in reading it again. */
export function isLacking({ state, rejected }: Arrival): boolean {
  return state === 'failed' || (state === 'done' && (rejected ?? 0) > 0);
}

export interface ListeningRoute {
  name: string;
  title: string;
  enabled: boolean;
  method: 'any' | 'POST' | 'PUT';
  address: string;
  format: 'json' | 'xml';
}

export interface Listening {
  address: string;
  header: string;
  token: { set: boolean; lastFour?: string; madeBy?: string; madeAt?: string; previousUntil?: string | null };
  routes: ListeningRoute[];
}

export function isEnded(run: { state: Run['state'] }): boolean {
  return run.state !== 'waiting' && run.state !== 'running';
}

/** How it ended, for a person: "done" with refused rows is not all well. */
export type End = 'running' | 'all' | 'some' | 'nothing' | 'empty' | 'failed' | 'cancelled';
export function endOf(run: Run): End {
  if (!isEnded(run)) return 'running';
  if (run.state === 'cancelled' || run.state === 'interrupted') return 'cancelled';
  if (run.state === 'failed') return 'failed';
  const { rows = 0, rejected = 0 } = run.counts;
  if (rows === 0) return 'empty';
  return rejected === 0 ? 'all' : rejected < rows ? 'some' : 'nothing';
}

/** More would be deleted than the route allows without a person's word. */
export function asksForDeletions(run: Run): Run['diagnoses'][number] | undefined {
  return run.state === 'failed' ? run.diagnoses.find((one) => one.code === 'source.deletions') : undefined;
}

interface Document {
  paths?: Record<string, Record<string, { operationId?: string; requestBody?: { content?: Record<string, { example?: unknown }> } }>>;
}

/** Of a connection's OpenAPI: the operation of a route, and an example of what it takes. */
export function operationOf(document: Document | null, route: ListeningRoute): { id: string; method: string; example: string } | null {
  const operations = document?.paths?.[route.address];
  const method = route.method === 'any' ? 'post' : route.method.toLowerCase();
  const operation = operations?.[method];
  if (!operation) return null;
  const example = Object.values(operation.requestBody?.content ?? {})[0]?.example;
  return { id: operation.operationId ?? '', method: method.toUpperCase(), example: example === undefined ? '' : typeof example === 'string' ? example : JSON.stringify(example) };
}

/** To be tried in a terminal; the token is put in by whoever has it. */
export function curlOf(method: string, address: string, format: 'json' | 'xml', example: string): string {
  // What a terminal would read as the end of the text.
  const body = example ? ` \\\n  --data '${example.replace(/'/g, `'\\''`)}'` : format === 'xml' ? ` \\\n  --data-binary @records.xml` : ` \\\n  --data-binary @records.json`;
  return `curl -X ${method} '${address}' \\\n  -H 'Authorization: Bearer TOKEN' \\\n  -H 'Content-Type: application/${format}'${body}`;
}
