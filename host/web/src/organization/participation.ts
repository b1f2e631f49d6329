/** Participation flags of an organization: which are offered, and on which tariffs. */

import type { Organization, Project, Tariff } from '../context';

export interface Offer {
  flag: string;
  /** What the box says: the profile's own words, or those of the project's title. */
  title: string;
  tariffs: readonly Tariff[];
}

/** For servers whose projects don't tell their condition: the one that the host's REST names. */
const known: Record<string, readonly Tariff[]> = { bas: ['individual', 'professional'] };

export function offers(projects: readonly Project[], wordsOf: (project: string) => string): Offer[] {
  const all = new Map<string, Offer>();
  for (const project of projects) {
    const condition =
      project.participation === undefined
        ? known[project.profile] && { flag: project.profile, title: '', tariffs: known[project.profile]! }
        : project.participation;
    if (condition && !all.has(condition.flag))
      all.set(condition.flag, { flag: condition.flag, title: condition.title || wordsOf(project.title), tariffs: condition.tariffs });
  }
  return [...all.values()];
}

export function isOffered(offer: Offer, tariff: Tariff): boolean {
  return offer.tariffs.length === 0 || offer.tariffs.includes(tariff);
}

/** What is sent: flags that the tariff doesn't offer go, those that no project of this server names stay. */
export function participationFor(organization: Pick<Organization, 'participation' | 'tariff'>, all: readonly Offer[]): string[] {
  if (organization.tariff === 'basic') return [];
  return organization.participation.filter((flag) => {
    const offer = all.find((one) => one.flag === flag);
    return !offer || isOffered(offer, organization.tariff);
  });
}
