import { expect, it, vi } from 'vitest';
import type { Api } from '@kit/api';
import { Names } from './names';

const ivanov = { id: '7', externalId: 's-7', lastName: 'Иванов', firstName: 'Пётр', middleName: 'Ильич' };

function names(answer: (path: string) => unknown) {
  const asked: string[] = [];
  const api = {
    get: async (path: string, ask?: { query?: Record<string, unknown> }) => {
      asked.push(path + (ask?.query ? `?${JSON.stringify(ask.query)}` : ''));
      return { data: answer(path) };
    },
  } as unknown as Api;
  return { names: new Names(api, '/org'), asked };
}

it('a row is told when the name of its learner is there, and asks for it once', async () => {
  const { names: own, asked } = names(() => ivanov);
  const told = vi.fn();
  own.onNames(told);
  expect([own.learnerNow('7'), own.learnerNow('7')]).toEqual(['', '']);
  await vi.waitFor(() => expect(told).toHaveBeenCalledOnce());
  expect(own.learnerNow('7')).toBe('Иванов Пётр');
  expect(asked).toEqual(['/org/records/learners/7']);
});

it('digits are looked for as an unti_id or an id of the source, words as a last name', async () => {
  const { names: own, asked } = names(() => ({ items: [ivanov], next: null }));
  expect(await own.findLearners('Иванов')).toEqual([ivanov]);
  await own.findLearners('12');
  expect(asked.map((one) => Object.keys(JSON.parse(one.slice(one.indexOf('?') + 1)))[0])).toEqual(['lastName', 'externalId', 'untiId', 'externalId']);
});

it('flows are read to the last page, and lists stand without them', async () => {
  const pages = [{ items: [{ id: '1' }], next: 'c' }, { items: [{ id: '2' }], next: null }];
  expect([...(await names(() => pages.shift()).names.flows()).keys()]).toEqual(['1', '2']);
  const broken = names(() => {
    throw new Error('no');
  });
  expect((await broken.names.flows()).size).toBe(0);
});
