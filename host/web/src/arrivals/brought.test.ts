import { Locale } from '@kit/locale';
import { describe, expect, it } from 'vitest';
import { asksForDeletions, curlOf, endOf, operationOf, type Run } from './brought';
import { countsText } from './run-detail';
import { arrivalTexts } from './texts';

const run = (more: Partial<Run>): Run => ({ id: 'r', mode: 'full', trigger: 'upload', requestedBy: 'anna', state: 'done', startedAt: '', finishedAt: null, counts: {}, diagnoses: [], ...more });

describe('how a run ended', () => {
  it('done with refused rows is not all well', () => {
    expect(endOf(run({ counts: { rows: 3, rejected: 0 } }))).toBe('all');
    expect(endOf(run({ counts: { rows: 3, rejected: 1 } }))).toBe('some');
    expect(endOf(run({ counts: { rows: 3, rejected: 3 } }))).toBe('nothing');
    expect(endOf(run({ counts: { rows: 0, rejected: 0 } }))).toBe('empty');
  });
  it('by state where it has no rows to speak of', () => {
    expect((['waiting', 'running', 'failed', 'cancelled', 'interrupted'] as const).map((state) => endOf(run({ state })))).toEqual(['running', 'running', 'failed', 'cancelled', 'cancelled']);
  });
  it('deletions are asked for only where they were refused', () => {
    const diagnoses = [{ code: 'source.deletions', title: '', detail: 'd', fix: '', advice: '' }];
    expect(asksForDeletions(run({ state: 'failed', diagnoses }))?.detail).toBe('d');
    expect(asksForDeletions(run({ state: 'done', diagnoses }))).toBeUndefined();
  });
});

describe('what was taken, in words', () => {
  const text = (language: 'ru' | 'en', counts: Record<string, number>) => countsText(arrivalTexts[language], new Locale(language), counts).replace(/\u00a0/g, ' ');
  it('names what there is, and nothing that there isn’t', () => {
    expect(text('ru', { rows: 3, created: 2, updated: 0, rejected: 1, errors: 1, files: 0 })).toBe('3 строки: создано 2, не принято 1');
    expect(text('ru', { rows: 21 })).toBe('21 строка');
    expect(text('en', { rows: 1, deleted: 4 })).toBe('1 row: deleted 4');
    expect(text('en', {})).toBe('0 rows');
  });
});

describe('an example of what a route takes', () => {
  const route = { name: 'p', title: '', enabled: true, method: 'any', address: '/in/demo/crm/p', format: 'json' } as const;
  it('comes from the connection’s own document', () => {
    const document = { paths: { '/in/demo/crm/p': { post: { operationId: 'crm-p-post', requestBody: { content: { 'application/json': { example: [{ id: '…' }] } } } } } } };
    expect(operationOf(document, route)).toEqual({ id: 'crm-p-post', method: 'POST', example: '[{"id":"…"}]' });
    expect(operationOf(document, { ...route, method: 'PUT' })).toBeNull();
    expect(operationOf(null, route)).toBeNull();
  });
  it('is one text for a terminal, whatever it holds', () => {
    expect(curlOf('POST', 'http://h/in', 'json', `{"a":"it's"}`)).toContain(`--data '{"a":"it'\\''s"}'`);
    expect(curlOf('PUT', 'http://h/in', 'xml', '')).toContain('@records.xml');
  });
});
