import { expect, it } from 'vitest';
import type { Scope } from '../model';
import { bodyOf, channelOf, isChanged, withAllFlows, withChannel, withFlow, withLeftOut, withoutLeftOut } from './edit';

const scope: Scope = {
  allFlows: true, flows: [], channels: [], leftOutLearners: [], version: 4,
  known: [
    { flow: '12', title: 'Осень', programme: 'Оператор БАС', covered: true, channel: 'lrs' },
    { flow: '13', title: 'Весна', programme: 'Оператор БАС', covered: true, channel: 'tables' },
  ],
};

it('narrowing drops nothing by itself', () => {
  expect(bodyOf(withAllFlows(scope, false))).toMatchObject({ allFlows: false, flows: ['12', '13'] });
});
it('covering all again sends no list of flows, which the server refuses beside it', () => {
  expect(bodyOf(withAllFlows(withFlow(withAllFlows(scope, false), '13', false), true))).toMatchObject({ allFlows: true, flows: [] });
});
it('a flow is ticked once', () => {
  expect(withFlow(withFlow(withAllFlows(scope, false), '12', true), '12', true).flows).toEqual(['13', '12']);
});
it('a channel is the chosen one, else what the server says', () => {
  expect(channelOf(scope, '13')).toBe('tables');
  expect(channelOf(withChannel(scope, '13', 'lrs'), '13')).toBe('lrs');
  expect(withChannel(withChannel(scope, '12', 'lrs'), '12', 'tables').channels).toEqual([{ flow: '12', channel: 'tables' }]);
});
it('there is nothing to save until something differs', () => {
  expect(isChanged(scope, scope)).toBe(false);
  const out = withLeftOut(scope, '407', 'Отказался');
  expect(isChanged(scope, out)).toBe(true);
  expect(isChanged(scope, withoutLeftOut(out, '407'))).toBe(false);
});
