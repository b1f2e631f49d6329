/** As plugin/api/ExportsApi.cpp, HandoverApi.cpp and ArtifactsApi.cpp tell it. */

import type { RowNames } from '../lists/row-names';

export interface ExportSummary {
  id: string;
  run: string;
  createdAt: string;
  contour: 'production' | 'test';
  fileCount: number;
  rows: number;
}
export interface ExportFile {
  name: string;
  project: string;
  path: string;
  title: string;
  /** A table element of the profile, xapi, or manifest. */
  element: string;
  role?: 'table' | 'archive' | 'mapping';
  format?: 'xlsx' | 'csv' | 'zip';
  pair?: string;
  upload?: boolean;
  channel?: 'lrs' | 'tables';
  rows?: number;
  files?: number;
  bytes: number;
  url: string;
  /** There for files that a person uploads; an older server doesn't tell it. */
  uploaded?: { by: string; at: string } | null;
}
export interface Export extends ExportSummary {
  files: ExportFile[];
}
/** Of an export's own list of files: what the API leaves out. */
export interface Manifest {
  files: { path: string; programmeId?: number; order?: number; part?: 'methodist' | 'learners' }[];
}
export interface Handover {
  project: string;
  statements: number;
  undecided: number;
  handedOver: number;
  accepted: number;
}

export const artifactStates = ['failed', 'wanted', 'uploading', 'uploaded', 'proven'] as const;
export type ArtifactState = (typeof artifactStates)[number];
export interface Artifact extends RowNames {
  id: string;
  project: string;
  flow: string;
  learner: string | null;
  kind: string;
  key: string;
  state: ArtifactState;
  size: number;
  contentType: string;
  url: string | null;
  attempts: number;
  changedAt: string;
  provenAt: string | null;
  failure: { code: string; cause: string; fix: string } | null;
}
