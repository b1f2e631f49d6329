/** What is done of a contour's set-up and what comes next; the field that a refusal is about. */

import type { ApiError, FieldProblem } from '@kit/api';
import type { Client } from './types';

export type Step = 'fill' | 'letter' | 'secret' | 'check';
export const steps: readonly Step[] = ['fill', 'letter', 'secret', 'check'];
export type StepState = 'done' | 'now' | 'fail' | 'wait';

/** Whether the letter was sent nobody tells: it was, once its answer, the secret key, is here. */
export function stepsOf(client: Client): Record<Step, StepState> {
  const filled = client.revision > 0 && client.clientId !== '' && client.redirectUri !== '';
  const hasSecret = client.secret !== '';
  const isWrong = client.findings.some((one) => one.wrong);
  const check = client.lastCheck;
  return {
    fill: !filled ? 'now' : isWrong ? 'fail' : 'done',
    letter: hasSecret ? 'done' : filled ? 'now' : 'wait',
    secret: hasSecret ? 'done' : 'wait',
    check: !client.configured ? 'wait' : check === null ? 'now' : check.passed ? 'done' : 'fail',
  };
}

export type Fields = 'clientId' | 'redirectUri' | 'clientSecret' | 'base';
export const fieldNames: readonly Fields[] = ['clientId', 'redirectUri', 'clientSecret', 'base'];

export function faultsOf(error: ApiError | null): Partial<Record<Fields, FieldProblem>> {
  const faults: Partial<Record<Fields, FieldProblem>> = {};
  for (const name of fieldNames) {
    const fault = error?.field(`/${name}`);
    if (fault) faults[name] = fault;
  }
  return faults;
}

/** The address of the sign-in service goes along: left out, it would be University 2035's own again. A secret that isn't typed stays. */
export function bodyOf(typed: Record<Fields, string>): Record<string, string> {
  const { clientId, redirectUri, clientSecret, base } = typed;
  return { clientId, redirectUri, ...(base ? { base } : {}), ...(clientSecret ? { clientSecret } : {}) };
}
