/** As plugin/api/SsoView.cpp tells it. */

export type Contour = 'test' | 'production';
export const contours: readonly Contour[] = ['test', 'production'];

export interface Finding {
  code: string;
  /** It can't work so. */
  wrong: boolean;
  reason: string;
  fix: string;
}

export interface Client {
  contour: Contour;
  configured: boolean;
  revision: number;
  base: string;
  clientId: string;
  /** Its last four characters; never more. */
  secret: string;
  redirectUri: string;
  /** This server's callback at the address one came by. */
  callback: string;
  findings: Finding[];
  lastCheck: { at: string; passed: boolean; code: string; cause: string; fix: string } | null;
}

export interface Trial {
  url: string;
  expiresAt: string;
}

export type JoinState = 'waiting' | 'joined' | 'declined' | 'dismissed' | 'undone';
export const joinStates: readonly JoinState[] = ['waiting', 'joined', 'declined', 'dismissed', 'undone'];

export interface Join {
  id: string;
  revision: number;
  learner: string;
  learnerExternalId: string;
  name: string;
  contour: Contour;
  state: JoinState;
  untiId: string;
  leaderId: string;
  previous: string;
  previousLeaderId: string;
  createdAt: string;
  decidedAt: string | null;
  decidedBy: string;
  code: string;
  reason: string;
  fix: string;
}

export type LinkState = 'open' | 'used' | 'revoked' | 'expired';
export interface Link {
  id: string;
  learner: string;
  contour: Contour;
  state: LinkState;
  createdAt: string;
  createdBy: string;
  expiresAt: string;
  usedAt: string | null;
}

export interface MadeLinks {
  items: { id: string; learner: string; learnerExternalId: string; name: string; url: string; expiresAt: string }[];
  skipped: { learner: string; code: string; reason: string }[];
}

/** A code that a learner's page shows («Код для администратора»). */
export interface Meaning {
  code: string;
  cause: string;
  fix: string;
}

export interface JoinsSummary {
  total: number;
  byState: Record<JoinState, number>;
}
