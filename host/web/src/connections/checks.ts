/** Checks of connections while they are made, and what they found, until the page reads it of the connection itself. */

import type { Api } from '@kit/api';
import type { Connection, LastCheck } from './model';

export type Check =
  | { state: 'running' }
  | { state: 'done'; found: LastCheck }
  /** The check itself could not be made. */
  | { state: 'broken'; error: unknown };

class Checks extends EventTarget {
  private readonly known = new Map<string, Check>();

  /** `path`: the connection's, in the REST. */
  of(path: string): Check | undefined {
    return this.known.get(path);
  }

  /** The latest that is known, here or of the server, which knows whether it is outdated. */
  latest(path: string, { lastCheck }: Connection): Check | undefined {
    const mine = this.known.get(path);
    if (mine && mine.state !== 'done') return mine;
    if (!lastCheck || (mine && Date.parse(mine.found.at) > Date.parse(lastCheck.at))) return mine;
    return { state: 'done', found: lastCheck };
  }

  async run(api: Api, path: string): Promise<Check> {
    const running: Check = { state: 'running' };
    this.set(path, running);
    let check: Check;
    try {
      const { data } = await api.post<LastCheck>(`${path}/check`, {});
      check = { state: 'done', found: data };
    } catch (error) {
      check = { state: 'broken', error };
    }
    // Of a connection that was changed meanwhile, or is asked anew, it says nothing any more.
    if (this.known.get(path) === running) this.set(path, check);
    return check;
  }

  /** It was changed, or is gone: the server says what its latest check is worth. */
  forget(path: string): void {
    this.known.delete(path);
    this.dispatchEvent(new Event('change'));
  }

  private set(path: string, check: Check): void {
    this.known.set(path, check);
    this.dispatchEvent(new Event('change'));
  }
}

export const checks = new Checks();
