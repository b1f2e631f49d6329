import { ApiError } from '@kit/api';
import { describe, expect, it } from 'vitest';
import { changedByOthers, problemOf, rebased } from './forms';

const shown = { name: 'A', mail: 'a@x', list: ['1'] };

describe('two people at once', () => {
  it('what I changed goes over theirs, what I did not is theirs', () => {
    const theirs = { name: 'B', mail: 'b@x', list: ['1', '2'] };
    expect(rebased(shown, theirs, { ...shown, name: 'C' })).toEqual({ name: 'C', mail: 'b@x', list: ['1', '2'] });
  });
  it('names the fields that both have changed, and only those', () => {
    const theirs = { name: 'B', mail: 'b@x', list: ['1'] };
    const typed = rebased(shown, theirs, { ...shown, name: 'C' });
    expect(changedByOthers(shown, theirs, typed)).toEqual({ name: 'B' });
    expect(changedByOthers(shown, theirs, rebased(shown, theirs, { ...shown, name: 'B' }))).toEqual({});
  });
});

describe('a refusal', () => {
  it('stands at its field, also when it is of an item in it', () => {
    const error = new ApiError({ status: 422, code: 'validation', detail: '', errors: [{ pointer: '/roles/0/organization', reason: 'is empty' }] });
    expect(problemOf(error, '/roles')?.reason).toBe('is empty');
    expect(problemOf(error, '/role')).toBeUndefined();
    expect(problemOf(new Error('x'), '/roles')).toBeUndefined();
  });
});
