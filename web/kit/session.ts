/** Who asks, and what people are called as far as who asks may know it. */

import type { Api } from './api';

export interface Session {
  login?: string;
  name?: string;
  serverAdmin?: boolean;
  roles?: { organization: string; role: string }[];
}

/** Another person may sign in on the same page: what is known of who asks grows old. */
const fresh = 30_000;
const asked = new WeakMap<Api, { at: number; session: Promise<Session> }>();

/** Empty where it can't be had. */
export function sessionOf(api: Api): Promise<Session> {
  let known = asked.get(api);
  if (!known || Date.now() - known.at > fresh) {
    const session = api.get<Session>('/api/v1/session').then(
      (answer) => answer.data,
      () => ({}),
    );
    known = { at: Date.now(), session };
    asked.set(api, known);
  }
  return known.session;
}

/** The name of a login, as the list of people has it: that list is the server's administrator's, one's own name is everybody's. */
export async function personOf(api: Api, login: string): Promise<string> {
  const session = await sessionOf(api);
  if (login === session.login) return session.name || login;
  if (!session.serverAdmin) return login;
  try {
    return (await api.get<{ name?: string }>(`/api/v1/users/${encodeURIComponent(login)}`)).data.name || login;
  } catch {
    // Somebody who is no longer there, or the command line.
    return login;
  }
}
