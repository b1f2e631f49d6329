import { Locale } from '@kit/locale';
import { describe, expect, it } from 'vitest';
import { asksForDeletions, curlOf, endOf, operationOf, parseCsv, refusedOf, type Run } from './brought';
import { countsText } from './run-detail';
import { arrivalTexts } from './texts';

const run = (more: Partial<Run>): Run => ({ id: 'r', trigger: 'upload', requestedBy: 'anna', state: 'done', startedAt: '', finishedAt: null, counts: {}, diagnoses: [], ...more });

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

describe('the log of a run', () => {
  const log = '\ufefftime,level,place,column,value,reason,fix\r\nt,info,,,,began,\r\nt,error,row 3,unti,"0""5,\n6",is not,"Give 1, not 2."\r\nt,error,,,,whole,\r\n';
  it('gives the rows that were refused, and nothing else', () => {
    expect(refusedOf(log)).toEqual([{ place: 'row 3', column: 'unti', value: '0"5,\n6', reason: 'is not', fix: 'Give 1, not 2.' }]);
  });
  it('is CSV with quotes, line breaks and no last line break', () => {
    expect(parseCsv('a,"b\n""c"\n,d')).toEqual([['a', 'b\n"c'], ['', 'd']]);
    expect(refusedOf('')).toEqual([]);
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
