/** What people call things of which a list tells the id alone. Each is asked for once. */

import { everyItem, organizationPath, type Api } from '@kit/api';
import type { PageContext } from '@kit/element';
import { texts } from './texts';

export interface LearnerRecord {
  id: string;
  externalId: string;
  untiId?: string;
  lastName?: string;
  firstName?: string;
  middleName?: string;
}
export interface FlowRecord {
  id: string;
  title?: string;
  u2035Id?: number;
  programme?: { id: string };
  endsAt?: string;
  closedAt?: string;
}
export interface ProgrammeRecord {
  id: string;
  title: string;
  project: string;
  u2035Id?: number;
}
export interface TitledRecord {
  id: string;
  title: string;
}
export interface ReflectionRecord {
  id: string;
  at?: string;
  module?: { id: string };
}
export interface ProjectCard {
  project: string;
  title: string;
}

const atOnce = 4;

export class Names {
  private readonly kept = new Map<string, Promise<unknown>>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(
    private readonly api: Api,
    private readonly root: string,
  ) {}

  learner(id: string): Promise<LearnerRecord | null> {
    return this.one<LearnerRecord>(`/records/learners/${id}`);
  }
  module(id: string): Promise<TitledRecord | null> {
    return this.one<TitledRecord>(`/records/modules/${id}`);
  }
  programme(id: string): Promise<ProgrammeRecord | null> {
    return this.one<ProgrammeRecord>(`/records/programmes/${id}`);
  }
  reflection(id: string): Promise<ReflectionRecord | null> {
    return this.one<ReflectionRecord>(`/records/reflections/${id}`);
  }
  /** By id; when they can't be had, none: lists then show the ids. */
  flows(): Promise<Map<string, FlowRecord>> {
    return this.remember('flows', async () => new Map((await everyItem<FlowRecord>(this.api, `${this.root}/records/flows`)).map((one) => [one.id, one])), new Map());
  }
  /** Of the organization. */
  projects(): Promise<ProjectCard[]> {
    return this.remember(
      'projects',
      async () => {
        // The cards of the integrations are for administrators only; the titles are for everybody.
        const [own, all] = await Promise.all([
          this.api.get<{ projects?: string[] }>(this.root),
          everyItem<{ id: string; title: string }>(this.api, '/api/v1/projects'),
        ]);
        const mine = own.data.projects ?? [];
        return all.filter((one) => mine.includes(one.id)).map((one) => ({ project: one.id, title: one.title }));
      },
      [],
    );
  }

  private one<T>(path: string): Promise<T | null> {
    return this.remember<T | null>(path, async () => (await this.api.get<T>(this.root + path)).data, null);
  }

  /** A name that can't be had is no reason to hide a row; it is asked for again by the next view. */
  private remember<T>(key: string, ask: () => Promise<T>, without: T): Promise<T> {
    const known = this.kept.get(key);
    if (known) return known as Promise<T>;
    const asked = this.inTurn(ask).catch(() => {
      this.kept.delete(key);
      return without;
    });
    this.kept.set(key, asked);
    return asked;
  }

  private async inTurn<T>(ask: () => Promise<T>): Promise<T> {
    if (this.running >= atOnce) await new Promise<void>((go) => this.waiting.push(go));
    this.running += 1;
    try {
      return await ask();
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }
}

const known = new WeakMap<Api, Map<string, Names>>();

export function namesOf(ctx: PageContext): Names {
  const ofApi = known.get(ctx.api) ?? new Map<string, Names>();
  known.set(ctx.api, ofApi);
  const names = ofApi.get(ctx.organization) ?? new Names(ctx.api, organizationPath(ctx.organization));
  ofApi.set(ctx.organization, names);
  return names;
}

export function fullName(one: Pick<LearnerRecord, 'lastName' | 'firstName' | 'middleName'>): string {
  return [one.lastName, one.firstName, one.middleName].filter(Boolean).join(' ');
}

/** "Ковалёв Артём", else the id in the person's own system, else ours. */
export function personName(ctx: PageContext, learner: LearnerRecord | null, id: string, externalId = ''): string {
  return (learner && fullName(learner)) || texts[ctx.language].learnerNumber(learner?.externalId || externalId || id);
}
export async function learnerName(ctx: PageContext, id: string, externalId = ''): Promise<string> {
  return personName(ctx, await namesOf(ctx).learner(id), id, externalId);
}
export async function flowName(ctx: PageContext, id: string): Promise<string> {
  return (await namesOf(ctx).flows()).get(id)?.title || texts[ctx.language].flowNumber(id);
}
export async function projectTitle(ctx: PageContext, id: string): Promise<string> {
  return (await namesOf(ctx).projects()).find((one) => one.project === id)?.title ?? id;
}
