/** As plugin/api/ReadinessDocs.cpp tells it. */

export type Verdict = 'ready' | 'not-ready' | 'unknown';

export interface FlowReadiness {
  flow: string;
  flowTitle: string;
  endsAt?: string | null;
  closedAt?: string | null;
  programme: string;
  programmeTitle: string;
  project: string;
  profile: string;
  channel: 'lrs' | 'tables';
  learners: number;
  ready: number;
  notReady: number;
  onlyWaits: number;
  unknown: number;
  byCode: Record<string, number>;
  note: string;
  computedAt: string;
  run: string;
}

export interface RecordRef {
  kind: string;
  id: string;
  revision: number;
}
export interface Lack {
  state: 'waiting' | 'not-met';
  code: string;
  field: string;
  reason: string;
  fix: string;
  records: RecordRef[];
}
export interface Facts {
  hasUntiId: boolean;
  enrollment: string;
  results: { graded: number; underReview: number };
  finalWork: {
    elements: number;
    underReview: number;
    best: { result: string; attempt: number; raw: number | null; success: boolean | null; files: number; told: boolean } | null;
  };
  reflections: { modules: number; ofModules: number; programme: boolean; doubtful: number };
  viewing: { elements: number; watched: number; toMark: number; meanPercent: number | null };
  openings: number;
  statements: { delivered: number; waiting: number; refused: number };
}
export interface Person {
  flow: string;
  learner: string;
  externalId?: string;
  untiId?: string;
  lastName?: string;
  firstName?: string;
  middleName?: string;
  verdict: Verdict;
  onlyWaits: boolean;
  computedAt: string;
  facts: Facts;
}
export interface ListedPerson extends Person {
  lacks: Lack[];
}
export interface Rule {
  check: string;
  title: string;
  state: 'met' | 'waiting' | 'not-met';
  lacks: Lack[];
  records: RecordRef[];
}
export interface JudgedPerson extends Person {
  project: string;
  profile: string;
  channel: 'lrs' | 'tables';
  note: string;
  rules: Rule[];
  hints: { code: string; text: string }[];
}
