import { describe, expect, it } from 'vitest';
import { madeStage, madeWizard } from '../made';
import { emptyDraft } from '../rules';
import { currentStage, ended, quartersOf } from './card';
import { replaceBody } from './u2035-replace';

describe('a card', () => {
  const card = { project: 'bas', title: '', statusText: '', version: 1 };
  it('shows how far the set-up came before its details are known', () => {
    expect(quartersOf({ ...card, status: 'not-done', stage: 0 }, undefined)).toEqual(['', '', '', '']);
    expect(quartersOf({ ...card, status: 'in-progress', stage: 2 }, undefined)).toEqual(['done', 'now', '', '']);
    expect(quartersOf({ ...card, status: 'active', stage: 4 }, undefined)).toEqual(['done', 'done', 'done', 'done']);
  });
  it('shows the stage that failed, though a later one is opened', () => {
    const wizard = madeWizard({ opened: 4, stages: [madeStage(1, 'done'), madeStage(2, 'failed'), madeStage(3, 'done'), madeStage(4, 'open')] });
    expect(quartersOf({ ...card, status: 'data-error', stage: 4 }, wizard)).toEqual(['done', 'fail', 'done', 'now']);
    expect(currentStage(wizard).number).toBe(2);
  });
  it('names the furthest opened stage otherwise', () => {
    expect(currentStage(madeWizard()).number).toBe(2);
  });
  it('ends a sentence of the server', () => {
    expect([ended('Basic неверен'), ended('Повторите.'), ended('')]).toEqual(['Basic неверен.', 'Повторите.', '']);
  });
});

describe('replacing a key', () => {
  it('sends one credential, with what belongs to it alone', () => {
    const values = { basic: ' x ', accessKeyId: 'a', secretKey: 's', userId: '' };
    expect(replaceBody('basic', { ...emptyDraft(), values })).toEqual({ body: { credential: 'basic', basic: 'x' }, missing: [] });
    expect(replaceBody('s3', { ...emptyDraft(), values })).toEqual({ body: { credential: 's3', accessKeyId: 'a', secretKey: 's' }, missing: [] });
    expect(replaceBody('basic', { ...emptyDraft(), mode: 'pair', values: { key: 'k' } }).missing).toEqual(['secret']);
  });
  it('leaves out the User ID that is stored', () => {
    const draft = { ...emptyDraft(), values: { accessKeyId: 'a', secretKey: 's', userId: 'u' } };
    expect(replaceBody('s3', draft, 'u').body).toEqual({ credential: 's3', accessKeyId: 'a', secretKey: 's' });
    expect(replaceBody('s3', draft, 'other').body.userId).toBe('u');
  });
});
