import { describe, expect, it } from 'vitest';
import { selectColumns } from './select-columns';

describe('columns that a query names', () => {
  it('are the last names of its parts', () => {
    expect(selectColumns('SELECT u.id, lastname, "Имя", COUNT(*) AS n, CASE WHEN a > 1 THEN \'x, y\' END AS kind, mail address\nFROM user u')).toEqual(['id', 'lastname', 'Имя', 'n', 'kind', 'address']);
  });
  it('are none where the text doesn’t tell them', () => {
    expect(selectColumns('SELECT * FROM people')).toEqual([]);
    expect(selectColumns('SELECT MAX(id), CASE WHEN a THEN b END FROM t')).toEqual([]);
    expect(selectColumns('')).toEqual([]);
    expect(selectColumns('DELETE FROM t')).toEqual([]);
  });
  it('of a subquery and of comments don’t count', () => {
    expect(selectColumns('SELECT DISTINCT a, -- not this, one\n (SELECT x FROM y) AS b /* , c */ FROM t WHERE d = 1')).toEqual(['a', 'b']);
  });
});
