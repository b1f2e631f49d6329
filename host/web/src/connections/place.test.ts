import { describe, expect, it } from 'vitest';
import { partOf } from './place';

describe('an address below the connections of an organization', () => {
  it('is of the view that its steps name, whatever is asked in it', () => {
    const all = ['', 'new', 'new?kind=sql&set=moodle', 'lms', 'lms/edit', 'lms/set?set=moodle', 'lms/log', 'lms/routes', 'lms/routes/new', 'lms/routes/people', 'lms/routes/people/edit', 'lms/routes/people/runs/7'];
    expect(all.map(partOf)).toEqual(['list', 'edit', 'edit', 'one', 'edit', 'set', 'log', 'one', 'route-edit', 'route', 'route-edit', 'run']);
  });
});
