/** The wizard as the server tells it. */

export type CardStatus = 'not-done' | 'in-progress' | 'data-error' | 'active';
export type StageState = 'locked' | 'open' | 'done' | 'failed';
export type StageNumber = 1 | 2 | 3 | 4;

export interface Card {
  project: string;
  title: string;
  status: CardStatus;
  statusText: string;
  canOpen?: boolean;
  canDisconnect?: boolean;
  hint?: string;
  contour?: 'production' | 'test';
  warning?: string;
  /** In the list: how many stages were opened. In the wizard: the stage that is shown. */
  stage: number;
  version: number;
}

export interface LastFour {
  lastFour: string;
}

export interface Reminder {
  letter: string;
  copiedAt: string;
  remindAt: string;
  due: boolean;
}

export interface Stage {
  number: StageNumber;
  title: string;
  state: StageState;
  statusText: string;
  text: string;
  canSelect: boolean;
  canContinue: boolean;
  continueText?: string;
  canCheck?: boolean;
  checkText?: string;
  lastCheck?: 'none' | 'passed' | 'failed';
  tried?: LastFour | null;
  letter?: string;
  storageLetter?: string;
  reminder?: Reminder;
  openedAt?: string | null;
  passedAt?: string | null;
  /** Login of who pressed its button. */
  passedBy?: string | null;
}

export interface CheckStep {
  name: string;
  title?: string;
  state: 'passed' | 'warning' | 'failed';
  code?: string;
  observed: string;
  cause: string;
  fix: string;
  milliseconds: number;
  status?: number;
  errorId?: string;
  answer?: string;
  url?: string;
  parameters?: string;
  choices?: string[];
}

export interface Check {
  id: string;
  stage: number;
  purpose: 'stage' | 'replace-basic' | 'replace-storage';
  state: 'running' | 'passed' | 'failed';
  startedAt: string;
  deadline: string;
  finishedAt: string | null;
  steps: CheckStep[];
}

export interface Endpoint {
  address: string;
  source: 'profile' | 'letter' | 'administrator';
  contour?: 'production' | 'test';
}

export interface SavedStorage {
  userId: string;
  accessKeyId: string;
  secretKey: LastFour | null;
  storageUrl: string;
  bucket: string;
}

export interface Wizard extends Card {
  opened: number;
  stages: Stage[];
  guid: string | null;
  credentials: { testBasic: LastFour | null; productionBasic: LastFour | null; storage: SavedStorage | null };
  endpoints: { test: Endpoint; production: Endpoint };
  s3: 'required' | 'optional' | 'none';
  runningCheck: { id: string; stage: number; deadline: string } | null;
  lastCheck: Check | null;
  canReplaceKey?: boolean;
  storeId: string | null;
}

export interface MissingFact {
  name: string;
  title: string;
  where: string;
  /** "/legalName": a field of the organisation; "?clientId": of the letter; "": filled in elsewhere. */
  pointer: string;
}

export interface Letter {
  to: string;
  from: string;
  subject: string;
  body: string;
  missing: MissingFact[];
  canSend?: boolean;
  cannotSend?: string;
}

export interface EarlierStore {
  id: string;
  endpoint: string;
  contour: 'production' | 'test';
  createdAt: string;
  closedAt: string | null;
  counts: { accepted: number; confirmed: number; inDoubt: number; waiting: number; quarantined: number };
  evidence: { asked: number; found: number; missing: number } | null;
}

/** What the server asks before stage 4 is finished, where the organisation has delivered before. */
export interface StoreQuestion {
  earlierStores: EarlierStore[];
  dueAgain: number;
  choices: Array<{ sameStore: boolean; store?: string; expected?: number }>;
}

export interface StoreWord {
  sameStore?: boolean;
  store?: string;
  expected?: number;
  confirm?: boolean;
}

export interface FullPackage {
  id: string;
  flow: string;
  learner: string;
  untiId: string;
  methodistUntiId: string | null;
  state: 'running' | 'done' | 'incomplete' | 'failed' | 'voiding' | 'voided' | 'void-incomplete';
  stateText: string;
  requestedBy: string;
  createdAt: string;
  finishedAt: string | null;
  message: string;
  endpoint: string;
  kinds?: Array<{ kind: string; statements: number; accepted: number; refused: number }>;
  unsent?: Array<{ record: { kind: string; id: string }; kind: string; code: string; field: string; reason: string; fix: string }>;
  statements?: Array<{ statementId: string; kind: string; state: string; status: number; message: string; errorId: string; voided: boolean }>;
  text?: string;
}

export interface Scope {
  allFlows: boolean;
  flows: string[];
  channels: Array<{ flow: string; channel: Channel }>;
  leftOutLearners: Array<{ learner: string; reason: string }>;
  known: Array<{ flow: string; title: string; programme: string; covered: boolean; channel: Channel }>;
  version: number;
}
export type Channel = 'lrs' | 'tables';
