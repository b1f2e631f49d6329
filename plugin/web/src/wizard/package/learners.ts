/** Learners of a flow, to choose one of: the records' own lists, put together. */

import { organizationPath, type Api, type Page } from '@kit/api';

export interface Learner {
  id: string;
  name: string;
  untiId: string;
  testUntiId: string;
}

interface Enrollment {
  learner: { id: string };
}
interface LearnerRecord {
  id: string;
  externalId?: string;
  untiId?: string;
  testUntiId?: string;
  lastName?: string;
  firstName?: string;
  middleName?: string;
}

export const learnersShown = 200;

export async function learnersOf(api: Api, organization: string, flow: string): Promise<{ learners: Learner[]; more: boolean }> {
  const base = `${organizationPath(organization)}/records`;
  const enrolled = await api.get<Page<Enrollment>>(`${base}/enrollments`, { query: { flowId: flow, limit: learnersShown } });
  const wanted = new Set(enrolled.data.items.map((one) => one.learner.id));
  const found = new Map<string, Learner>();
  // Flows and learners come in order of id and mostly together; whoever isn't among the pages read is read alone.
  let cursor: string | null = null;
  for (let pages = 0; pages < 3 && found.size < wanted.size; pages += 1) {
    const page: Page<LearnerRecord> = (await api.get<Page<LearnerRecord>>(`${base}/learners`, { query: { limit: 1000, cursor } })).data;
    for (const one of page.items) if (wanted.has(one.id)) found.set(one.id, shownLearner(one));
    cursor = page.next;
    if (!cursor) break;
  }
  const rest = [...wanted].filter((id) => !found.has(id)).slice(0, 20);
  for (const id of rest) found.set(id, shownLearner((await api.get<LearnerRecord>(`${base}/learners/${id}`)).data));
  return {
    learners: [...found.values()].sort((a, b) => Number(!a.testUntiId) - Number(!b.testUntiId) || a.name.localeCompare(b.name, 'ru')),
    more: enrolled.data.next !== null || found.size < wanted.size,
  };
}

export function shownLearner(one: LearnerRecord): Learner {
  const name = [one.lastName, one.firstName, one.middleName].filter(Boolean).join(' ');
  return { id: one.id, name: name || one.externalId || one.id, untiId: one.untiId ?? '', testUntiId: one.testUntiId ?? '' };
}
