import { describe, expect, it } from 'vitest';
import { endOfDay, toggleScope } from './people';

describe('tokens', () => {
  it('scopes: all that the roles allow stands alone', () => {
    expect(toggleScope(['read', 'runs'], 'full', true)).toEqual(['full']);
    expect(toggleScope(['full'], 'read', true)).toEqual(['read']);
    expect(toggleScope(['read', 'runs'], 'read', false)).toEqual(['runs']);
  });
  it('end with the day of the organization, in summer too', () => {
    expect(endOfDay('2027-03-01', 'Europe/Moscow')).toBe('2027-03-01T23:59:59+03:00');
    expect(endOfDay('2027-07-01', 'Europe/Berlin')).toBe('2027-07-01T23:59:59+02:00');
    expect(new Date(endOfDay('2027-01-01', 'UTC')).toISOString()).toBe('2027-01-01T23:59:59.000Z');
  });
});
