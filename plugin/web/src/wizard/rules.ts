/** What is active when, and where a fault belongs. No page in it, so that it can be tested alone. */

import { ApiError } from '@kit/api';
import type { CheckStep, Check, Stage, StageNumber, Wizard } from './model';

export type Field = 'basic' | 'key' | 'secret' | 'endpoint' | 'userId' | 'accessKeyId' | 'secretKey' | 'storageUrl' | 'bucket';

export interface Fault {
  reason: string;
  fix: string;
}
export type Faults = Partial<Record<Field, Fault>>;

export const fields: readonly Field[] = [
  'basic', 'key', 'secret', 'endpoint', 'userId', 'accessKeyId', 'secretKey', 'storageUrl', 'bucket',
];

/** What a person has typed on a stage, and nothing that is stored: what they leave alone stays as whoever was last has saved it. Lives in the page only. */
export interface Draft {
  mode: 'basic' | 'pair';
  values: Partial<Record<Field, string>>;
  /** The saved data are being changed. */
  editing: boolean;
}
export function emptyDraft(): Draft {
  return { mode: 'basic', values: {}, editing: false };
}

export const storageFields: readonly Field[] = ['userId', 'accessKeyId', 'secretKey', 'storageUrl', 'bucket'];

export function stageOf(wizard: Wizard, number: number): Stage {
  return wizard.stages[number - 1]!;
}

/** "Этап 2. Проверка тестового контура" → "Проверка тестового контура": the number stands beside it. */
export function bareTitle(title: string): string {
  return title.replace(/^\S+\s+\d+\.\s+/, '');
}

/** Whether the letter asks for an endpoint: neither the profile nor the server's administrator has named it. */
export function wantsEndpoint(wizard: Wizard): boolean {
  return wizard.endpoints.production.source === 'letter';
}

export function hasSaved(wizard: Wizard, stage: StageNumber): boolean {
  return !!(stage === 2 ? wizard.credentials.testBasic : wizard.credentials.productionBasic);
}

/** Saved data are shown as such until a person changes them. */
export function isShownSaved(wizard: Wizard, stage: StageNumber, draft: Draft): boolean {
  return hasSaved(wizard, stage) && !draft.editing;
}

export type ContinueReason = 'ready' | 'running' | 'passed' | 'unchecked' | 'locked';

/** Why «Данные у меня», «Проверено», «Все отлично» can or can't be pressed; the server alone decides that it can. */
export function continueReason(wizard: Wizard, number: StageNumber): ContinueReason {
  const stage = stageOf(wizard, number);
  if (stage.state === 'locked' || wizard.status === 'active') return 'locked';
  if (wizard.runningCheck?.stage === number) return 'running';
  if (stage.canContinue) return 'ready';
  return stage.lastCheck === 'passed' ? 'passed' : 'unchecked';
}

export type CheckReason = 'ready' | 'running' | 'saved' | 'empty' | 'unchanged';

/** Why «Подключить» or «Интеграция» can or can't be pressed. */
export function checkReason(wizard: Wizard, number: StageNumber, draft: Draft): CheckReason {
  if (wizard.runningCheck) return 'running';
  if (isShownSaved(wizard, number, draft)) return 'saved';
  const { body, missing } = bodyOf(wizard, number, draft);
  if (missing.length > 0) return 'empty';
  return Object.keys(body).length > 0 ? 'ready' : 'unchanged';
}

/** What of a stage is stored and may be shown; undefined: nothing is stored, or it is a secret. */
export function storedValue(wizard: Wizard, number: StageNumber, name: Field): string | undefined {
  const { productionBasic, storage } = wizard.credentials;
  if (number !== 4) return undefined;
  if (name === 'endpoint') return productionBasic && wantsEndpoint(wizard) ? wizard.endpoints.production.address || undefined : undefined;
  return storage && (name === 'userId' || name === 'storageUrl' || name === 'bucket') ? storage[name] : undefined;
}

/** The last characters of what is stored and can't be shown. */
export function storedEnd(wizard: Wizard, number: StageNumber, name: Field): string | undefined {
  const { testBasic, productionBasic, storage } = wizard.credentials;
  if (name === 'basic') return (number === 2 ? testBasic : productionBasic)?.lastFour;
  if (number !== 4 || !storage) return undefined;
  if (name === 'accessKeyId') return storage.accessKeyId;
  return name === 'secretKey' ? storage.secretKey?.lastFour : undefined;
}

/** What stands in a field: what was typed, else what is stored. */
export function valueIn(wizard: Wizard, number: StageNumber, draft: Draft, name: Field): string {
  return draft.values[name] ?? storedValue(wizard, number, name) ?? '';
}

/** One primary button: the step that comes next. */
export function primaryOf(wizard: Wizard, number: StageNumber, letterOut: boolean): 'letter' | 'check' | 'continue' {
  if (number === 1 || number === 3) return letterOut || stageOf(wizard, number).state === 'done' ? 'continue' : 'letter';
  return continueReason(wizard, number) === 'ready' ? 'continue' : 'check';
}

/** Whether files are checked too. Where they needn't be, whoever empties every field of the S3 does without it. */
export function wantsStorage(wizard: Wizard, draft: Draft): boolean {
  if (wizard.s3 === 'none') return false;
  return wizard.s3 === 'required' || storageFields.some((name) => !!valueIn(wizard, 4, draft, name).trim());
}

function trimmed(draft: Draft, name: Field): string {
  return (draft.values[name] ?? '').trim();
}

/**
 * What is sent to be checked, and what is still missing for it. A field that is left out means what is stored, so that what
 * somebody else has saved meanwhile is never put back.
 */
export function bodyOf(wizard: Wizard, number: StageNumber, draft: Draft): { body: Record<string, string>; missing: Field[] } {
  const body: Record<string, string> = {};
  const missing: Field[] = [];
  const put = (name: Field, need: boolean) => {
    const stored = storedValue(wizard, number, name);
    const typed = draft.values[name]?.trim();
    // A field of a secret that is left empty keeps it; one that showed what is stored was emptied on purpose.
    const isKept = stored === undefined ? !typed && storedEnd(wizard, number, name) !== undefined : typed === undefined || typed === stored;
    if (isKept && (stored !== '' || !need)) return;
    if (typed || (stored && !need)) body[name] = typed ?? '';
    else if (need) missing.push(name);
  };
  if (number === 4 && wantsEndpoint(wizard)) put('endpoint', true);
  putBasic(wizard, number, draft, body, missing);
  if (number !== 4) return { body, missing };
  if (wantsStorage(wizard, draft)) {
    for (const name of ['userId', 'accessKeyId', 'secretKey', 'storageUrl'] as const) put(name, true);
    put('bucket', false);
  } else if (wizard.credentials.storage && wizard.s3 === 'optional') {
    for (const name of ['userId', 'storageUrl', 'bucket'] as const) if (storedValue(wizard, number, name)) body[name] = '';
  }
  return { body, missing };
}

/** A stored Basic goes only to the address it was checked with: elsewhere it has to be given again. */
function putBasic(wizard: Wizard, number: StageNumber, draft: Draft, body: Record<string, string>, missing: Field[]): void {
  const typed: Field[] = draft.mode === 'basic' ? ['basic'] : ['key', 'secret'];
  const isStored = hasSaved(wizard, number) && body.endpoint === undefined;
  if (isStored && typed.every((name) => !trimmed(draft, name))) return;
  for (const name of typed) if (trimmed(draft, name)) body[name] = trimmed(draft, name);
  missing.push(...typed.filter((name) => !trimmed(draft, name)));
}

/** What the server says of each field (422). `pair`: Key and Secret stand on the page in the place of Basic, and are to blame for it. */
export function faultsOf(error: unknown, pair: boolean): Faults {
  const faults: Faults = {};
  if (!(error instanceof ApiError)) return faults;
  for (const one of error.problem.errors ?? []) {
    const name = one.pointer.replace(/^\//, '') as Field;
    const fault = { reason: one.reason, fix: one.fix ?? '' };
    for (const shown of name === 'basic' && pair ? (['key', 'secret'] as const) : [name]) if (fields.includes(shown)) faults[shown] ??= fault;
  }
  return faults;
}

const addressCodes = ['dns', 'refused', 'tls', 'bad-address', 'forbidden-address', 'wrong-path', 'not-validating', 'unexpected-answer'];
const storageCodes: Record<string, Field[]> = {
  'wrong-secret': ['secretKey'],
  'wrong-access-key': ['accessKeyId'],
  'no-bucket': ['bucket'],
  'choose-bucket': ['bucket'],
  'bucket-unknown': ['bucket'],
};
const storageAddressCodes = ['dns', 'refused', 'tls', 'bad-address', 'forbidden-address', 'wrong-endpoint', 'no-object', 'different-content'];

/** The fields that a failed step speaks of; none where what is wrong lies with the other side. */
export function fieldsOf(step: CheckStep, shown: { pair: boolean; endpoint: boolean }): Field[] {
  const code = step.code ?? '';
  if (step.name.startsWith('lrs.')) {
    if (code === 'unauthorized' || code === 'another-store' || code === 'test-contour')
      return shown.pair ? ['key', 'secret'] : ['basic'];
    return shown.endpoint && addressCodes.includes(code) ? ['endpoint'] : [];
  }
  if (step.name.startsWith('s3.')) return storageCodes[code] ?? (storageAddressCodes.includes(code) ? ['storageUrl'] : []);
  return [];
}

export function failedStep(check: Check | null | undefined): CheckStep | undefined {
  return check?.steps.find((step) => step.state === 'failed');
}

/** What of the store of records, what of the storage of files. */
export function halfOf(step: { name: string }): 'lrs' | 's3' {
  return step.name.startsWith('s3.') ? 's3' : 'lrs';
}

export type ShownState = 'done' | 'run' | 'wait' | 'fail' | 'skip' | 'warn';
export interface ShownStep {
  name: string;
  state: ShownState;
  step?: CheckStep;
}

/**
 * The steps that are done, and those known to come: the first of them runs while the check does, the others wait; once it
 * has ended those that never ran are named as such.
 */
export function shownSteps(check: Check, withStorage: boolean): ShownStep[] {
  const shown: ShownStep[] = check.steps.map((step) => ({
    name: step.name,
    state: step.state === 'failed' ? 'fail' : step.state === 'warning' ? 'warn' : 'done',
    step,
  }));
  if (check.state === 'passed') return shown;
  const planned = check.purpose === 'replace-storage' ? [] : ['lrs.get', 'lrs.post'];
  if (withStorage) planned.push('s3.put', 's3.read', 's3.delete');
  let isNext = check.state === 'running';
  for (const name of planned) {
    if (shown.some((one) => one.name === name)) continue;
    shown.push({ name, state: check.state !== 'running' ? 'skip' : isNext ? 'run' : 'wait' });
    isNext = false;
  }
  return shown;
}

/** Whether a check has, or will have, anything to do with files. */
export function checkHasStorage(check: Check, wizard: Wizard): boolean {
  if (check.purpose === 'replace-storage') return true;
  if (check.stage !== 4 || check.purpose === 'replace-basic') return false;
  return wizard.s3 === 'required' || check.steps.some((step) => step.name.startsWith('s3.'));
}

/** Seconds since it began, as far as this computer's clock can be believed. */
export function elapsedSeconds(check: Check, now: number): number {
  const limit = Math.max(1, Math.round((Date.parse(check.deadline) - Date.parse(check.startedAt)) / 1000));
  return Math.min(limit, Math.max(0, Math.floor((now - Date.parse(check.startedAt)) / 1000)));
}
