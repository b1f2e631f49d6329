import { ApiError } from '@kit/api';
import { describe, expect, it } from 'vitest';
import { fieldWords, throttledSeconds, worded } from './refusals';

const refusal = (code: string, detail: string) => new ApiError({ status: 422, code, detail });

describe('refusals of the host in Russian', () => {
  it('by their code, unless the server has said it in Russian', () => {
    expect((worded('ru', refusal('user-exists', "The login 'a' is taken")) as ApiError).problem.detail).toMatch(/Такой логин уже есть/);
    expect((worded('ru', refusal('user-exists', 'Логин занят')) as ApiError).problem.detail).toBe('Логин занят');
    expect((worded('en', refusal('user-exists', 'taken')) as ApiError).problem.detail).toBe('taken');
  });
  it('an unknown one stays in the words of the server', () => {
    expect((worded('ru', refusal('brand-new', 'Something else.')) as ApiError).problem.detail).toBe('Something else.');
    expect(fieldWords('ru', { pointer: '/x', reason: 'is odd', fix: 'be even' })).toEqual({ reason: 'is odd', fix: 'be even' });
  });
  it('fields say what is wrong and what to do', () => {
    expect(fieldWords('ru', { pointer: '/password', reason: 'is too short', fix: 'at least 10 characters' })).toEqual({ reason: 'Слишком коротко', fix: 'Не меньше 10 знаков.' });
    expect(fieldWords('en', { pointer: '/password', reason: 'is too short', fix: 'at least 10 characters' })).toEqual({ reason: 'Is too short', fix: 'At least 10 characters.' });
  });
  it('tells how long to wait', () => {
    expect(throttledSeconds(refusal('sign-in-throttled', 'Too many failed sign-ins; wait 40 seconds and try again.'))).toBe(40);
  });
});
