import { ApiError } from '@kit/api';
import { describe, expect, it } from 'vitest';
import { fixInRussian, reasonInRussian } from './problem-words';
import { at, problemsOf, trialProblems } from './problems';

const refusal = (...errors: { pointer: string; reason: string; fix: string }[]) => new ApiError({ status: 422, code: 'validation', detail: 'The route is not valid', errors });

describe('what a trial finds', () => {
  const mapping = { externalId: { template: 'user-{id}' }, fields: { untiId: { column: 'unty' }, lastName: { column: 'name' } } };
  it('stands at the fields that are from the column it names', () => {
    const found = trialProblems([{ code: 'source.settings', title: '', detail: "Запрос не даёт столбца 'unty', который читает сопоставление полей.", fix: "Может быть, 'unti'?", advice: '' }], mapping);
    expect(found.map((one) => [one.pointer, one.fix])).toEqual([['/mapping/fields/untiId', "Может быть, 'unti'?"]]);
  });
  it('stands nowhere where it names no column of the mapping', () => {
    expect(trialProblems([{ code: 'source.unreachable', title: '', detail: "The host 'db' does not answer.", fix: '', advice: '' }], mapping)).toEqual([]);
  });
});

describe('what is wrong with a route', () => {
  const all = problemsOf(
    refusal(
      { pointer: '/mapping/fields/learner', reason: 'is missing', fix: 'Every required field needs a rule.' },
      { pointer: '/mapping/fields/at/date/zone', reason: 'is not a time zone', fix: 'Give a name such as "Europe/Moscow".' },
      { pointer: '/mapping/fields/graded', reason: "gives 'maybe', which is not true or false", fix: 'Write true or false.' },
      { pointer: '/settings', reason: "lacks 'query'", fix: "give it, as in 'SELECT 1'" },
      { pointer: '/schedule/cron', reason: "The schedule '0' has 1 fields; it takes five: minute…", fix: "write five fields, as in '30 2 * * *'" },
    ),
    'ru',
  );
  it('stands at the field of the mapping that the server names', () => {
    expect(at(all, '/mapping/fields/learner')?.reason).toBe('Не задано');
    expect(at(all, '/mapping/fields/at')).toMatchObject({ pointer: '/mapping/fields/at/date/zone', reason: 'Такого часового пояса нет', fix: 'Например Europe/Moscow.' });
    expect(at(all, '/mapping/fields/graded')?.reason).toBe('Даёт «maybe»: это не true и не false');
    expect(at(all, '/mapping/fields/a')).toBeUndefined();
  });
  it('stands at a setting that was left out with all others', () => {
    expect(at(all, '/settings/query')).toMatchObject({ reason: 'Не задано', fix: 'Заполните, например: SELECT 1' });
  });
  it('stays as the server says it where no words are known', () => {
    expect(reasonInRussian('is something new')).toBe('is something new');
    expect(at(problemsOf(refusal({ pointer: '/title', reason: 'is too long', fix: 'at most 200 bytes' }), 'en'), '/title')).toMatchObject({ reason: 'Is too long', fix: 'At most 200 bytes' });
  });
  it('of a row names its field in Russian', () => {
    expect(reasonInRussian("is not an unti_id (field 'untiId')")).toBe('Это не unti_id (поле untiId)');
    expect(fixInRussian("Did you mean 'name'? Give one of: a, b.")).toBe('Может быть, «name»? Допустимо: a, b.');
  });
});
