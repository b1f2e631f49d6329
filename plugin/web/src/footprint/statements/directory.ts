/** Names of what lists tell by id: flows, projects, learners. Asked once, and of learners only those that are looked at. */

import type { Api, Page } from '@kit/api';
import type { PageContext } from '@kit/element';

export interface Flow {
  id: string;
  title: string;
  u2035Id?: number;
  endsAt?: string;
  closedAt?: string;
}

export interface Learner {
  id: string;
  externalId: string;
  untiId?: string;
  lastName: string;
  firstName: string;
  middleName?: string;
}

export function personName(one: Pick<Learner, 'lastName' | 'firstName' | 'externalId'>): string {
  return [one.lastName, one.firstName].filter(Boolean).join(' ') || one.externalId;
}

const asked = new WeakMap<Api, Map<string, Directory>>();

/** One for every page and organisation, so that its views share what is known. */
export function directoryOf(ctx: PageContext): Directory {
  let all = asked.get(ctx.api);
  if (!all) asked.set(ctx.api, (all = new Map()));
  let one = all.get(ctx.organization);
  if (!one) all.set(ctx.organization, (one = new Directory(ctx.api, ctx.organization)));
  return one;
}

export class Directory {
  private readonly known = new Map<string, string>();
  private readonly wanted = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private working = 0;
  private flowsAsked: Promise<Map<string, Flow>> | null = null;

  constructor(
    private readonly api: Api,
    private readonly organization: string,
  ) {}

  private get base(): string {
    return `/api/v1/organizations/${encodeURIComponent(this.organization)}`;
  }

  /** All flows by id; when they can't be had, none: lists then show the ids. */
  flows(): Promise<Map<string, Flow>> {
    this.flowsAsked ??= this.readFlows().catch(() => {
      this.flowsAsked = null;
      return new Map<string, Flow>();
    });
    return this.flowsAsked;
  }

  private async readFlows(): Promise<Map<string, Flow>> {
    const flows = new Map<string, Flow>();
    let cursor: string | null = null;
    do {
      const page: Page<Flow> = (await this.api.get<Page<Flow>>(`${this.base}/records/flows`, { query: { limit: 1000, cursor } })).data;
      for (const one of page.items) flows.set(one.id, one);
      cursor = page.next;
    } while (cursor !== null);
    return flows;
  }

  /** The name, or nothing yet: then it is asked for and `onNames` called when it came. */
  learner(id: string): string {
    const name = this.known.get(id);
    if (name !== undefined) return name;
    this.wanted.add(id);
    while (this.working < 4 && this.wanted.size > 0) void this.work();
    return '';
  }

  /** Learners with this last name, id of the source or unti_id: the records' filters compare whole values. */
  async find(text: string): Promise<Learner[]> {
    const fields = /^\d+$/.test(text) ? ['untiId', 'externalId'] : ['lastName', 'externalId'];
    const pages = await Promise.all(
      fields.map((field) =>
        this.api
          .get<Page<Learner>>(`${this.base}/records/learners`, { query: { [field]: text, limit: 20 } })
          .then((answer) => answer.data.items, () => []),
      ),
    );
    const found = new Map(pages.flat().map((one) => [one.id, one]));
    for (const one of found.values()) this.known.set(one.id, personName(one));
    return [...found.values()];
  }

  onNames(told: () => void): () => void {
    this.listeners.add(told);
    return () => this.listeners.delete(told);
  }

  private async work(): Promise<void> {
    this.working += 1;
    for (const id of this.wanted) {
      this.wanted.delete(id);
      try {
        const { data } = await this.api.get<Learner>(`${this.base}/records/learners/${id}`);
        this.known.set(id, personName(data));
      } catch {
        this.known.set(id, '');
      }
      for (const told of this.listeners) told();
    }
    this.working -= 1;
  }
}
