import { ApiError } from '@kit/api';
import { describe, expect, it } from 'vitest';
import { problemAt, problemsBeside } from './refusals';

const refused = (...errors: { pointer: string; reason: string; fix?: string }[]) => new ApiError({ status: 422, code: 'validation', detail: '', errors });

describe('what a refusal says of a field', () => {
  it('reads as sentences', () => {
    expect(problemAt('ru', refused({ pointer: '/name', reason: 'не годится для адреса', fix: 'малые латинские буквы' }), '/name')).toEqual({ pointer: '/name', reason: 'Не годится для адреса', fix: 'Малые латинские буквы.' });
    expect(problemAt('ru', refused({ pointer: '/settings/driver', reason: 'is wrong', fix: 'Одно из: a, b.' }), '/settings/driver')?.fix).toBe('Одно из: a, b.');
  });
  it('of no field of the form stands below it', () => {
    const error = refused({ pointer: '/settings/other', reason: 'is not known' }, { pointer: '/name', reason: 'is empty' });
    expect(problemsBeside(error, ['/name']).map(({ pointer }) => pointer)).toEqual(['/settings/other']);
  });
});
