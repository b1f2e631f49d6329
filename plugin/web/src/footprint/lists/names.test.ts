import { expect, it } from 'vitest';
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

it('each thing is asked for once, and asked anew when it could not be had', async () => {
  let broken = true;
  const { names: own, asked } = names(() => {
    if (broken) throw new Error('no');
    return ivanov;
  });
  expect(await own.learner('7')).toBeNull();
  broken = false;
  expect([await own.learner('7'), await own.learner('7')]).toEqual([ivanov, ivanov]);
  expect(asked).toEqual(['/org/records/learners/7', '/org/records/learners/7']);
});

it('flows are read to the last page, and lists stand without them', async () => {
  const pages = [{ items: [{ id: '1' }], next: 'c' }, { items: [{ id: '2' }], next: null }];
  expect([...(await names(() => pages.shift()).names.flows()).keys()]).toEqual(['1', '2']);
  const broken = names(() => {
    throw new Error('no');
  });
  expect((await broken.names.flows()).size).toBe(0);
});
