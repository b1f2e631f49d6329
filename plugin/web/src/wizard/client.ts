/** The requests of one integration. A version goes with every change, so that the later of two people is told. */

import { ApiError, newKey, organizationPath, type Answer, type Api, type Ask } from '@kit/api';
import type { Check, Wizard } from './model';

export function integrationsPath(organization: string): string {
  return `${organizationPath(organization)}/u2035/integrations`;
}
export function integrationPath(organization: string, project: string): string {
  return `${integrationsPath(organization)}/${encodeURIComponent(project)}`;
}

export function etagOf(version: number): string {
  return `"${version}"`;
}

/** The state that the server sends along with a refusal: how it stands now (412), or what is to be chosen (409). */
export function currentOf<T>(error: unknown): T | null {
  if (!(error instanceof ApiError) || !error.body || typeof error.body !== 'object') return null;
  return (error.body as { current?: T }).current ?? null;
}

export function isWizard(value: unknown): value is Wizard {
  return !!value && typeof value === 'object' && Array.isArray((value as Wizard).stages) && 'opened' in value;
}

export class IntegrationClient {
  readonly path: string;

  constructor(
    private readonly api: Api,
    organization: string,
    project: string,
  ) {
    this.path = integrationPath(organization, project);
  }

  read(): Promise<Answer<Wizard>> {
    return this.api.get<Wizard>(this.path);
  }
  open(version: number): Promise<Answer<Wizard>> {
    return this.change('/open', version);
  }
  select(stage: number, version: number): Promise<Answer<Wizard>> {
    return this.change(`/stages/${stage}/select`, version);
  }
  continue(stage: number, version: number, body: object = {}): Promise<Answer<Wizard>> {
    return this.change(`/stages/${stage}/continue`, version, body);
  }
  disconnect(version: number): Promise<Answer<Wizard>> {
    return this.change('/disconnect', version, { confirm: true });
  }
  copied(letter: string, version: number): Promise<Answer<Wizard>> {
    return this.change(`/letters/${letter}/copied`, version);
  }
  check(stage: number, version: number, body: object): Promise<Answer<Check>> {
    return this.api.post<Check>(`${this.path}/stages/${stage}/check`, body, { ...ifMatch(version), idempotencyKey: newKey() });
  }
  replace(version: number, body: object): Promise<Answer<Check>> {
    return this.api.post<Check>(`${this.path}/credentials/replace`, body, { ...ifMatch(version), idempotencyKey: newKey() });
  }
  follow(check: string, state: (check: Check) => void, signal: AbortSignal): Promise<void> {
    return this.api.follow<Check>(`${this.path}/checks/${check}`, { state, isFinal: (one) => one.state !== 'running', signal });
  }

  private change(path: string, version: number, body: object = {}): Promise<Answer<Wizard>> {
    return this.api.post<Wizard>(this.path + path, body, ifMatch(version));
  }
}

function ifMatch(version: number): Ask {
  return { ifMatch: etagOf(version) };
}
