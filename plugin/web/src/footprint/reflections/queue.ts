/** The order in which reflections are judged: the list as it was filtered, kept while a person goes through it. */

import type { Api, Ask, Page } from '@kit/api';
import type { Reflection } from './types';

export type Standing = 'waiting' | 'hold' | 'accept' | 'all';
export const standings: readonly Standing[] = ['waiting', 'hold', 'accept', 'all'];

export interface ReflectionFilter {
  standing: Standing;
  code: string;
  flow: string;
}
export const waiting: ReflectionFilter = { standing: 'waiting', code: '', flow: '' };

export function reflectionQuery(filter: ReflectionFilter): NonNullable<Ask['query']> {
  const standing = {
    waiting: { verdict: 'doubtful', judged: 'none' },
    hold: { judged: 'hold' },
    accept: { judged: 'accept' },
    all: {},
  }[filter.standing];
  return { ...standing, code: filter.code || undefined, flow: filter.flow || undefined };
}

/** What the server gives in one page; who comes to its end gets the next one. */
const most = 1000;

export class Queue {
  private ids: string[] = [];
  private more = false;

  constructor(readonly filter: ReflectionFilter) {}

  async load(api: Api, base: string, signal?: AbortSignal): Promise<void> {
    const page = (await api.get<Page<Reflection>>(`${base}/reflections`, { query: { ...reflectionQuery(this.filter), limit: most }, signal })).data;
    this.ids = page.items.map((one) => one.id);
    this.more = page.next !== null;
  }

  has(id: string): boolean {
    return this.ids.includes(id);
  }
  get first(): string | null {
    return this.ids[0] ?? null;
  }
  get size(): number {
    return this.ids.length;
  }
  get isPart(): boolean {
    return this.more;
  }
  /** 1-based; 0 when it isn't in the queue. */
  place(id: string): number {
    return this.ids.indexOf(id) + 1;
  }
  before(id: string): string | null {
    return this.ids[this.ids.indexOf(id) - 1] ?? null;
  }
  after(id: string): string | null {
    const at = this.ids.indexOf(id);
    return at < 0 ? null : (this.ids[at + 1] ?? null);
  }
  /** Which one comes when `id` is done with: the following one, else one that was passed over. */
  done(id: string): string | null {
    const next = this.after(id) ?? this.ids.find((one) => one !== id) ?? null;
    if (this.filter.standing === 'waiting') this.ids = this.ids.filter((one) => one !== id);
    return next;
  }
}

const kept = new Map<string, Queue>();

export function keptQueue(organization: string): Queue | undefined {
  return kept.get(organization);
}
export function keepQueue(organization: string, queue: Queue): Queue {
  kept.set(organization, queue);
  return queue;
}
