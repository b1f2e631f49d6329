import { expect, it } from 'vitest';
import type { Api } from './api';
import { personOf, type Session } from './session';

function apiOf(session: Session): { api: Api; asked: string[] } {
  const asked: string[] = [];
  const get = async (path: string) => {
    asked.push(path);
    if (path === '/api/v1/session') return { data: session };
    if (path === '/api/v1/users/boris') return { data: { login: 'boris', name: 'Борис Орлов' } };
    throw new Error('not found');
  };
  return { api: { get } as unknown as Api, asked };
}

it('a login is told by its name where who asks may know it', async () => {
  const anna = apiOf({ login: 'anna', name: 'Анна Смирнова', serverAdmin: false });
  expect([await personOf(anna.api, 'anna'), await personOf(anna.api, 'boris')]).toEqual(['Анна Смирнова', 'boris']);
  expect(anna.asked).toEqual(['/api/v1/session']);
  const admin = apiOf({ login: 'admin', name: '', serverAdmin: true });
  expect([await personOf(admin.api, 'admin'), await personOf(admin.api, 'boris'), await personOf(admin.api, 'gone')]).toEqual(['admin', 'Борис Орлов', 'gone']);
});
