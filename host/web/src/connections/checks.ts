/** What checks of connections found, for as long as the page is open: the server keeps none of them. */

import type { Api } from '@kit/api';
import type { Diagnosis } from './model';

export type Check =
  | { state: 'running' }
  | { state: 'done'; at: Date; ok: boolean; diagnoses: Diagnosis[] }
  /** The check itself could not be made. */
  | { state: 'broken'; at: Date; error: unknown };

class Checks extends EventTarget {
  private readonly known = new Map<string, Check>();

  /** `path`: the connection's, in the REST. */
  of(path: string): Check | undefined {
    return this.known.get(path);
  }

  async run(api: Api, path: string): Promise<Check> {
    const running: Check = { state: 'running' };
    this.set(path, running);
    let check: Check;
    try {
      const { data } = await api.post<{ ok: boolean; diagnoses: Diagnosis[] }>(`${path}/check`, {});
      check = { state: 'done', at: new Date(), ...data };
    } catch (error) {
      check = { state: 'broken', at: new Date(), error };
    }
    // Of a connection that was changed meanwhile, or is asked anew, it says nothing any more.
    if (this.known.get(path) === running) this.set(path, check);
    return check;
  }

  /** It was changed, or is gone: what was found says nothing of it any more. */
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
