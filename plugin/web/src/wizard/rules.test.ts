import { describe, expect, it } from 'vitest';
import { ApiError } from '@kit/api';
import { madeCheck, madeStage, madeStep, madeWizard } from './made';
import {
  bareTitle, bodyOf, checkHasStorage, checkReason, continueReason, elapsedSeconds, emptyDraft, faultsOf, fieldsOf, isShownSaved, primaryOf, shownSteps, valueIn, wantsStorage, type Draft,
} from './rules';

const draft = (values: Draft['values'], more: Partial<Draft> = {}): Draft => ({ ...emptyDraft(), values, ...more });
const stages = (second: ReturnType<typeof madeStage>) => [madeStage(1, 'done'), second, madeStage(3, 'locked'), madeStage(4, 'locked')];
const atFour = (more = {}) =>
  madeWizard({ stage: 4, opened: 4, stages: [madeStage(1, 'done'), madeStage(2, 'done'), madeStage(3, 'done'), madeStage(4, 'open', more)] });

describe('«Проверено» and «Все отлично»', () => {
  it('are active exactly when the server says so', () => {
    expect(continueReason(madeWizard({ stages: stages(madeStage(2, 'open', { canContinue: true, lastCheck: 'passed' })) }), 2)).toBe('ready');
    expect(continueReason(madeWizard(), 2)).toBe('unchecked');
    expect(continueReason(atFour({ canContinue: true }), 4)).toBe('ready');
  });
  it('say on a passed stage that Basic has to be changed', () => {
    expect(continueReason(madeWizard({ stages: stages(madeStage(2, 'done', { lastCheck: 'passed' })) }), 2)).toBe('passed');
  });
  it('wait for the check that is running, even where an earlier one passed', () => {
    const wizard = madeWizard({ stages: stages(madeStage(2, 'open', { canContinue: true })), runningCheck: { id: 'c', stage: 2, deadline: '' } });
    expect(continueReason(wizard, 2)).toBe('running');
  });
  it('stay inactive after a failed check', () => {
    expect(continueReason(madeWizard({ stages: stages(madeStage(2, 'failed', { lastCheck: 'failed' })) }), 2)).toBe('unchecked');
  });
  it('are closed on a stage that is not opened and on an active integration', () => {
    expect(continueReason(madeWizard(), 4)).toBe('locked');
    expect(continueReason(madeWizard({ status: 'active' }), 2)).toBe('locked');
  });
});

describe('«Подключить» and «Интеграция»', () => {
  it('wait for what is missing', () => {
    expect(checkReason(madeWizard(), 2, emptyDraft())).toBe('empty');
    expect(checkReason(madeWizard(), 2, draft({ basic: '  ' }))).toBe('empty');
    expect(checkReason(madeWizard(), 2, draft({ basic: 'Zm9v' }))).toBe('ready');
    expect(checkReason(madeWizard(), 2, draft({ key: 'k' }, { mode: 'pair' }))).toBe('empty');
    expect(checkReason(madeWizard(), 2, draft({ key: 'k', secret: 's' }, { mode: 'pair' }))).toBe('ready');
  });
  it('are inactive for saved data until they are changed', () => {
    const saved = madeWizard({ credentials: { testBasic: { lastFour: '9e07' }, productionBasic: null, storage: null } });
    expect(isShownSaved(saved, 2, emptyDraft())).toBe(true);
    expect(checkReason(saved, 2, emptyDraft())).toBe('saved');
    expect(checkReason(saved, 2, draft({ basic: 'Zm9v' }, { editing: true }))).toBe('ready');
  });
  it('allow one check at a time', () => {
    expect(checkReason(madeWizard({ runningCheck: { id: 'c', stage: 4, deadline: '' } }), 2, draft({ basic: 'Zm9v' }))).toBe('running');
  });
});

describe('what is sent to be checked', () => {
  const filled = { basic: ' Zm9v ', endpoint: 'https://a/xAPI', userId: 'u', accessKeyId: 'a', secretKey: 's', storageUrl: 'https://s3' };
  it('has the fields of the stage alone, without white space around', () => {
    expect(bodyOf(madeWizard(), 2, draft(filled)).body).toEqual({ basic: 'Zm9v' });
  });
  it('never sends Basic beside Key and Secret', () => {
    expect(bodyOf(madeWizard(), 2, draft({ basic: 'x', key: 'k', secret: 's' }, { mode: 'pair' })).body).toEqual({ key: 'k', secret: 's' });
  });
  it('asks for the endpoint only where the letter names it', () => {
    expect(bodyOf(atFour(), 4, draft(filled)).body.endpoint).toBe('https://a/xAPI');
    const known = { ...atFour(), endpoints: { ...atFour().endpoints, production: { address: 'https://p', source: 'profile' as const } } };
    expect(bodyOf(known, 4, draft(filled)).body.endpoint).toBeUndefined();
  });
  it('leaves the bucket out when it is empty', () => {
    expect('bucket' in bodyOf(atFour(), 4, draft(filled)).body).toBe(false);
    expect(bodyOf(atFour(), 4, draft({ ...filled, bucket: 'b' })).body.bucket).toBe('b');
  });
  it('wants the whole of S3 as soon as one of its fields is filled in', () => {
    const optional = { ...atFour(), s3: 'optional' as const };
    expect(bodyOf(optional, 4, draft({ basic: 'x', endpoint: 'https://a' })).missing).toEqual([]);
    expect(bodyOf(optional, 4, draft({ basic: 'x', endpoint: 'https://a', userId: 'u' })).missing).toEqual(['accessKeyId', 'secretKey', 'storageUrl']);
    expect(bodyOf({ ...atFour(), s3: 'none' }, 4, draft(filled)).body).toEqual({ basic: 'Zm9v', endpoint: 'https://a/xAPI' });
  });
});

describe('what is sent of data that are stored already', () => {
  const storage = { userId: 'u', accessKeyId: 'KEY1', secretKey: { lastFour: 'ret1' }, storageUrl: 'https://s3', bucket: 'b' };
  const endpoints = { test: { address: 'https://t', source: 'profile' as const }, production: { address: 'https://p/xAPI', source: 'letter' as const } };
  const saved = (more: Partial<typeof storage> = {}, s3: 'required' | 'optional' = 'required') => ({
    ...atFour(), s3, endpoints, credentials: { testBasic: null, productionBasic: { lastFour: '9e07' }, storage: { ...storage, ...more } },
  });
  const edited = (values: Draft['values'], more: Partial<Draft> = {}) => draft(values, { editing: true, ...more });
  it('is what a person changed, and nothing that is stored', () => {
    expect(bodyOf(saved(), 4, edited({ secretKey: 'new' }))).toEqual({ body: { secretKey: 'new' }, missing: [] });
    expect(bodyOf(saved(), 4, edited({ bucket: 'c', userId: ' u ' }))).toEqual({ body: { bucket: 'c' }, missing: [] });
    expect(bodyOf(saved(), 4, edited({ key: 'k', secret: 's' }, { mode: 'pair' }))).toEqual({ body: { key: 'k', secret: 's' }, missing: [] });
  });
  it('is nothing while nothing is changed, and then there is nothing to check', () => {
    expect(bodyOf(saved(), 4, edited({ userId: 'u', basic: ' ' }))).toEqual({ body: {}, missing: [] });
    expect(checkReason(saved(), 4, edited({}))).toBe('unchanged');
    expect(checkReason(saved(), 4, edited({ bucket: 'c' }))).toBe('ready');
  });
  it('never puts back what somebody else has saved meanwhile', () => {
    const mine = edited({ secretKey: 'new' });
    expect(valueIn(saved(), 4, mine, 'userId')).toBe('u');
    const theirs = saved({ userId: 'other', bucket: 'theirs' });
    expect(valueIn(theirs, 4, mine, 'userId')).toBe('other');
    expect(bodyOf(theirs, 4, mine).body).toEqual({ secretKey: 'new' });
  });
  it('has the bucket empty when it was emptied; what is needed can’t be', () => {
    expect(bodyOf(saved(), 4, edited({ bucket: '' }))).toEqual({ body: { bucket: '' }, missing: [] });
    expect(bodyOf(saved(), 4, edited({ storageUrl: '' })).missing).toEqual(['storageUrl']);
    expect(bodyOf(saved(), 4, edited({ key: 'k' }, { mode: 'pair' })).missing).toEqual(['secret']);
  });
  it('has Basic once more for another address: a stored one goes only where it was checked', () => {
    expect(bodyOf(saved(), 4, edited({ endpoint: 'https://q/xAPI' }))).toEqual({ body: { endpoint: 'https://q/xAPI' }, missing: ['basic'] });
    expect(bodyOf(saved(), 4, edited({ endpoint: 'https://p/xAPI', bucket: 'c' }))).toEqual({ body: { bucket: 'c' }, missing: [] });
  });
  it('lets the storage go where it needn’t be and every field of it is emptied', () => {
    const emptied = edited({ userId: '', storageUrl: '', bucket: '' });
    expect(bodyOf(saved({}, 'optional'), 4, emptied)).toEqual({ body: { userId: '', storageUrl: '', bucket: '' }, missing: [] });
    expect(wantsStorage(saved({}, 'optional'), emptied)).toBe(false);
    expect(bodyOf(saved(), 4, emptied).missing).toEqual(['userId', 'storageUrl']);
  });
});

describe('the one primary button', () => {
  it('is the letter until it is out, then «Данные у меня»', () => {
    const first = madeWizard({ stages: [madeStage(1, 'open'), madeStage(2, 'locked'), madeStage(3, 'locked'), madeStage(4, 'locked')] });
    expect(primaryOf(first, 1, false)).toBe('letter');
    expect(primaryOf(first, 1, true)).toBe('continue');
  });
  it('is the check until it has passed', () => {
    expect(primaryOf(madeWizard(), 2, false)).toBe('check');
    expect(primaryOf(madeWizard({ stages: stages(madeStage(2, 'open', { canContinue: true })) }), 2, false)).toBe('continue');
  });
});

describe('where a fault belongs', () => {
  it('puts each error of the server at its field, the first one where there are several', () => {
    const error = new ApiError({
      status: 422, code: 'validation', detail: '',
      errors: [
        { pointer: '/basic', reason: 'нет двоеточия', fix: 'вставьте целиком' },
        { pointer: '/basic', reason: 'второе' },
        { pointer: '/nosuch', reason: 'x' },
      ],
    });
    const told = { reason: 'нет двоеточия', fix: 'вставьте целиком' };
    expect(faultsOf(error, false)).toEqual({ basic: told });
    expect(faultsOf(error, true)).toEqual({ key: told, secret: told });
    expect(faultsOf(new Error('x'), false)).toEqual({});
  });
  it('puts a refused key at the fields that were filled in', () => {
    const step = madeStep('lrs.get', 'failed', 'unauthorized');
    expect(fieldsOf(step, { pair: false, endpoint: false })).toEqual(['basic']);
    expect(fieldsOf(step, { pair: true, endpoint: true })).toEqual(['key', 'secret']);
  });
  it('puts an address that does not answer at the address, where there is one to type', () => {
    expect(fieldsOf(madeStep('lrs.get', 'failed', 'dns'), { pair: false, endpoint: true })).toEqual(['endpoint']);
    expect(fieldsOf(madeStep('lrs.get', 'failed', 'dns'), { pair: false, endpoint: false })).toEqual([]);
    expect(fieldsOf(madeStep('s3.put', 'failed', 'dns'), { pair: false, endpoint: true })).toEqual(['storageUrl']);
  });
  it('tells the S3 fields apart, and blames none for what the other side has to mend', () => {
    const shown = { pair: false, endpoint: true };
    expect(fieldsOf(madeStep('s3.put', 'failed', 'wrong-secret'), shown)).toEqual(['secretKey']);
    expect(fieldsOf(madeStep('s3.put', 'failed', 'wrong-access-key'), shown)).toEqual(['accessKeyId']);
    expect(fieldsOf(madeStep('s3.buckets', 'failed', 'choose-bucket'), shown)).toEqual(['bucket']);
    expect(fieldsOf(madeStep('s3.read', 'failed', 'not-public'), shown)).toEqual([]);
    expect(fieldsOf(madeStep('lrs.post', 'failed', 'server-trouble'), shown)).toEqual([]);
  });
});

describe('the steps of a check', () => {
  const states = (...args: Parameters<typeof shownSteps>) => shownSteps(...args).map((one) => `${one.name} ${one.state}`);
  it('run one after another', () => {
    expect(states(madeCheck('running', []), false)).toEqual(['lrs.get run', 'lrs.post wait']);
    expect(states(madeCheck('running', [madeStep('lrs.get'), madeStep('lrs.post')]), true)).toEqual([
      'lrs.get done', 'lrs.post done', 's3.put run', 's3.read wait', 's3.delete wait',
    ]);
  });
  it('that never ran are named after a failure', () => {
    expect(states(madeCheck('failed', [madeStep('lrs.get', 'failed', 'unauthorized')]), true)).toEqual([
      'lrs.get fail', 'lrs.post skip', 's3.put skip', 's3.read skip', 's3.delete skip',
    ]);
  });
  it('show what was done alone once all passed, a remark as such', () => {
    expect(states(madeCheck('passed', [madeStep('lrs.get'), madeStep('s3.read', 'warning', 'not-https')]), true)).toEqual(['lrs.get done', 's3.read warn']);
  });
  it('of a replaced S3 key have nothing to do with the LRS', () => {
    expect(states(madeCheck('running', [], { purpose: 'replace-storage', stage: 4 }), true)[0]).toBe('s3.put run');
    expect(checkHasStorage(madeCheck('running', [], { purpose: 'replace-basic', stage: 4 }), madeWizard())).toBe(false);
    expect(checkHasStorage(madeCheck('running', [], { stage: 2 }), madeWizard())).toBe(false);
    expect(checkHasStorage(madeCheck('running', [], { stage: 4 }), madeWizard())).toBe(true);
  });
  it('have taken neither less than nothing nor more than the limit, whatever this clock says', () => {
    const check = madeCheck('running', []);
    expect(elapsedSeconds(check, Date.parse('2026-11-27T06:48:06.700Z'))).toBe(6);
    expect(elapsedSeconds(check, Date.parse('2026-11-27T06:40:00Z'))).toBe(0);
    expect(elapsedSeconds(check, Date.parse('2026-11-27T07:40:00Z'))).toBe(60);
  });
});

it('a title stands without its number', () => {
  expect(bareTitle('Этап 2. Проверка тестового контура')).toBe('Проверка тестового контура');
  expect(bareTitle('Stage 4. Check of the production contour')).toBe('Check of the production contour');
});
