/** The scope as it is being changed: pure, so that what is saved can be tested. */

import type { Channel, Scope } from '../model';

export type ScopeBody = Pick<Scope, 'allFlows' | 'flows' | 'channels' | 'leftOutLearners'>;

export function bodyOf(scope: Scope): ScopeBody {
  return {
    allFlows: scope.allFlows,
    flows: scope.allFlows ? [] : [...scope.flows].sort(),
    channels: [...scope.channels].sort((a, b) => a.flow.localeCompare(b.flow)),
    leftOutLearners: scope.leftOutLearners,
  };
}

export function isChanged(saved: Scope, edited: Scope): boolean {
  return JSON.stringify(bodyOf(saved)) !== JSON.stringify(bodyOf(edited));
}

/** Narrowing starts from what is covered now, so that nothing drops out by itself. */
export function withAllFlows(scope: Scope, allFlows: boolean): Scope {
  const flows = allFlows || scope.flows.length ? scope.flows : scope.known.filter((one) => one.covered).map((one) => one.flow);
  return { ...scope, allFlows, flows };
}

export function withFlow(scope: Scope, flow: string, covered: boolean): Scope {
  const rest = scope.flows.filter((one) => one !== flow);
  return { ...scope, flows: covered ? [...rest, flow] : rest };
}

export function channelOf(scope: Scope, flow: string): Channel {
  return scope.channels.find((one) => one.flow === flow)?.channel ?? scope.known.find((one) => one.flow === flow)?.channel ?? 'lrs';
}

export function withChannel(scope: Scope, flow: string, channel: Channel): Scope {
  return { ...scope, channels: [...scope.channels.filter((one) => one.flow !== flow), { flow, channel }] };
}

export function withLeftOut(scope: Scope, learner: string, reason: string): Scope {
  return { ...scope, leftOutLearners: [...scope.leftOutLearners.filter((one) => one.learner !== learner), { learner, reason }] };
}
export function withoutLeftOut(scope: Scope, learner: string): Scope {
  return { ...scope, leftOutLearners: scope.leftOutLearners.filter((one) => one.learner !== learner) };
}
