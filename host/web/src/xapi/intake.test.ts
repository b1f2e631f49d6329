import { describe, expect, it } from 'vitest';
import { basicOf, endpointAddress, examplePath, grouped, isSourceName, ruleDraft, rulesOf, shortOf, spread, totalsOf, type StatementForm, type Trouble } from './intake';

const form = (more: Partial<StatementForm>): StatementForm => ({
  verb: 'v', activityType: 't', mapped: 0, waiting: 0, rejected: 0, unmatched: 0, ignored: 0, superseded: 0, voided: 0, latestAt: '2026-03-01T00:00:00Z', ...more,
});
const trouble = (more: Partial<Trouble>): Trouble => ({
  statementId: 'a', storedAt: '2026-03-01T00:00:00Z', state: 'waiting', rule: 'quiz-attempt', column: 'user', value: '17', reason: '', fix: '', missing: null, ...more,
});

describe('what has come', () => {
  it('is the sum of all states, and the latest of all forms', () => {
    const totals = totalsOf([form({ mapped: 3, waiting: 2, superseded: 1 }), form({ unmatched: 4, voided: 1, latestAt: '2026-03-02T03:00:00+03:00' })]);
    expect([totals.taken, totals.mapped, totals.waiting, totals.unmatched]).toEqual([11, 3, 2, 4]);
    expect(totals.latestAt).toBe('2026-03-02T03:00:00+03:00');
  });
  it('of nothing has no latest', () => {
    expect(totalsOf([])).toMatchObject({ taken: 0, latestAt: null });
  });
});

describe('what waits', () => {
  it('for one record is one thing to be done, the largest first', () => {
    const of = (record: string) => trouble({ missing: { kind: 'learners', source: 'moodle', externalId: record }, value: record });
    const groups = grouped([of('user-1'), of('user-2'), of('user-2'), trouble({ state: 'rejected', reason: 'is greater than max' })]);
    expect(groups.map((one) => [one.record, one.statements.length])).toEqual([['user-2', 2], ['user-1', 1], ['', 1]]);
  });
  it('for a reason with different values shows none of the values', () => {
    const [group] = grouped([trouble({ reason: 'is greater than max', value: '105' }), trouble({ reason: 'is greater than max', value: '106' })]);
    expect([group!.statements.length, group!.value]).toEqual([2, '']);
  });
});

describe('values for other systems', () => {
  it('the address is whole, wherever the server is', () => {
    expect(endpointAddress('', '/data/xAPI/')).toBe(`${location.origin}/data/xAPI/`);
    expect(endpointAddress('https://lms.example', '/data/xAPI/')).toBe('https://lms.example/data/xAPI/');
  });
  it('Basic is base64 of key and secret', () => {
    expect(basicOf('key', 'secret')).toBe('Basic a2V5OnNlY3JldA==');
  });
});

describe('names and rules', () => {
  it('an IRI is called by its last step', () => {
    expect([shortOf('http://adlnet.gov/expapi/verbs/completed'), shortOf('http://x.example/terms#done'), shortOf('')]).toEqual(['completed', 'done', '']);
  });
  it('a source name stands in addresses', () => {
    expect(['moodle-xapi', 'Moodle', 'a b', ''].map(isSourceName)).toEqual([true, false, false, false]);
  });
  it('rules are an object of JSON', () => {
    expect(rulesOf('{"rules":[]}')).toEqual({ rules: { rules: [] } });
    expect(['[]', '{', '7'].map((text) => 'wrong' in rulesOf(text))).toEqual([true, true, true]);
  });
  it('a draft of a rule names verb and type', () => {
    expect(JSON.parse(ruleDraft({ verb: 'http://x.example/verbs/Danced-Well', activityType: '' }))).toEqual({
      name: 'danced-well', verbs: ['http://x.example/verbs/Danced-Well'], ignore: { ru: '', en: '' },
    });
  });
});

describe('originals', () => {
  it('are spread over lines with every value as it was written', () => {
    expect(spread('{"a":[1.50,12345678901234567890],"b" : {"c":"x, {\\"y\\"}: "},"d":[],"e":{}}')).toBe(
      '{\n  "a": [\n    1.50,\n    12345678901234567890\n  ],\n  "b": {\n    "c": "x, {\\"y\\"}: "\n  },\n  "d": [],\n  "e": {}\n}',
    );
  });
  it('of a verb without a type are asked for with an empty type', () => {
    expect(examplePath('/s', { verb: 'http://x.example/a b&c', activityType: '' })).toBe('/s/statements?state=unmatched&limit=1&verb=http%3A%2F%2Fx.example%2Fa%20b%26c&activityType=');
  });
});
