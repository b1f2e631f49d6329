import { expect, it } from 'vitest';
import { askedOf, readAsked, stepsOf, withAsked } from './way';

const usual = { state: 'open', run: '', q: '' };

it('what a list is narrowed to comes back as it was put into the way', () => {
  const way = withAsked('quarantine/812', { state: 'open', run: '12', q: 'Ковалёв / 5?&=' }, usual);
  expect(stepsOf(way)).toBe('quarantine/812');
  expect(way.split('/')).toHaveLength(2);
  expect(readAsked(askedOf(way), usual)).toEqual({ state: 'open', run: '12', q: 'Ковалёв / 5?&=' });
});

it('a way says nothing of what is as usual, and takes no name that nobody knows', () => {
  expect(withAsked('quarantine', usual, usual)).toBe('quarantine');
  expect(readAsked('nosuch=1&q=a', usual)).toEqual({ ...usual, q: 'a' });
  expect(readAsked(askedOf('quarantine'), usual)).toEqual(usual);
});
