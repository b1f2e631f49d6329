import { ApiError } from '@kit/api';
import { describe, expect, it } from 'vitest';
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
      { pointer: '/mapping/fields/learner', reason: 'поле не заполнено', fix: 'правило нужно каждому обязательному полю' },
      { pointer: '/mapping/fields/at/date/zone', reason: 'не часовой пояс', fix: 'Нужно имя, например "Europe/Moscow".' },
      { pointer: '/settings/query', reason: 'поле не заполнено', fix: "укажите, например 'SELECT 1'" },
    ),
  );
  it('stands at the field that the server names, as a sentence', () => {
    expect(at(all, '/mapping/fields/learner')).toMatchObject({ reason: 'Поле не заполнено', fix: 'Правило нужно каждому обязательному полю' });
    expect(at(all, '/mapping/fields/at')?.pointer).toBe('/mapping/fields/at/date/zone');
    expect(at(all, '/settings/query')?.reason).toBe('Поле не заполнено');
    expect(at(all, '/mapping/fields/a')).toBeUndefined();
  });
});
