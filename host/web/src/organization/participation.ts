/** Participation flags of an organization: which are offered, and on which tariffs. */

import type { Organization, Project, Tariff } from '../context';

export interface Offer {
  flag: string;
  /** What the box says. */
  title: string;
  tariffs: readonly Tariff[];
}

/** A flag that opens several projects is offered once. */
export function offers(projects: readonly Project[]): Offer[] {
  const all = new Map<string, Offer>();
  for (const { participation } of projects) if (participation && !all.has(participation.flag)) all.set(participation.flag, participation);
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
