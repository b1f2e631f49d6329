/**
 * A record's way as nodes of a trail: source → check → for each statement: what was rendered, its POSTs and answers, what
 * was read back, what people decided. Only what the server tells becomes a node.
 */

import type { Locale } from '@kit/locale';
import { kindName } from '../lists/codes';
import type { RecordWay, WayStatement } from './model';
import type { StatementTexts } from './texts';

export type NodeState = 'done' | 'run' | 'wait' | 'fail' | 'skip';

export interface WayNode {
  state: NodeState;
  name: string;
  time: string | null;
  notes: string[];
  /** HTTP status shown as a mark. */
  code?: number;
  /** What lies behind a disclosure: the text itself, or the statement whose JSON is to be asked for. */
  more?: { label: string; text: string } | { label: string; statement: string };
}

export function sourceNodes(way: RecordWay, t: StatementTexts): WayNode[] {
  const { source, check } = way;
  const nodes: WayNode[] = [
    source
      ? {
          state: source.deleted ? 'fail' : 'done',
          name: t.source,
          time: source.changedAt,
          notes: [t.sourceNote(source.source, source.externalId, source.revision), ...(source.deleted ? [t.sourceDeleted] : [])],
          more: { label: t.showRecord, text: JSON.stringify(source, null, 2) },
        }
      : { state: 'fail', name: t.source, time: null, notes: [t.sourceGone] },
  ];
  const reasons = check.unsendable.map((one) => `${one.reason} ${t.fix}: ${one.fix}`);
  const states = { planned: 'done', corrected: 'run', none: 'wait', unsendable: 'fail' } as const;
  nodes.push({
    state: check.leftOut ? 'fail' : states[check.outcome],
    name: t.check,
    time: null,
    notes: [
      ...(check.leftOut ? [t.leftOut(check.leftOut)] : []),
      ...(check.outcome === 'unsendable' && reasons.length > 0 ? reasons : check.leftOut ? [] : [t.checks[check.outcome]]),
    ],
  });
  return nodes;
}

export function statementNodes(one: WayStatement, t: StatementTexts, locale: Locale): WayNode[] {
  const nodes: WayNode[] = [];
  const gone = one.state === 'withdrawn';
  nodes.push({
    state: gone ? 'skip' : 'done',
    name: t.statementTitle(kindName(locale.language, one.kind)),
    time: one.createdAt ?? null,
    notes: [
      t.sizeNote(one.statementId, locale.bytes(one.size)),
      ...(one.cancels ? [t.cancels(one.cancels)] : []),
      ...(gone ? [t.withdrawn] : []),
      ...(one.superseded ? [t.superseded] : []),
      ...(one.state === 'waiting' && one.dependsOn ? [t.waits(one.dependsOn)] : []),
    ],
    more: { label: t.showJson, statement: one.id },
  });
  if (one.posts.length === 0 && !gone) nodes.push({ state: 'wait', name: t.post, time: null, notes: [t.postWaits] });
  one.posts.forEach((post, i) => {
    const last = i === one.posts.length - 1;
    nodes.push({
      state: 'done',
      name: t.post,
      time: post.startedAt ?? null,
      notes: [`${t.postNote(post.batch, post.place, post.statements)}, ${t.inRun(post.run)}`],
    });
    // The LRS answered the whole batch; of this statement speaks its refusal.
    const refusal = last && one.state === 'quarantined' ? one.refusal : null;
    const status = refusal?.status || post.status;
    const words = refusal?.reason || post.message;
    const errorId = refusal?.errorId || post.errorId;
    const open = !post.answeredAt && post.status === 0 && post.outcome === '';
    nodes.push({
      state: open ? 'run' : refusal ? 'fail' : post.outcome === 'accepted' ? 'done' : 'fail',
      name: t.answer,
      time: post.answeredAt ?? null,
      code: status || undefined,
      notes: [
        ...(post.outcome ? [t.outcomes[post.outcome] ?? post.outcome] : []),
        ...(errorId ? [t.errorId(errorId)] : []),
        ...(!status && !open ? [t.answered(0)] : []),
      ],
      ...(words ? { more: { label: t.showAnswer, text: words } } : {}),
    });
  });
  if (one.readBack) {
    const { verdict, difference } = one.readBack;
    const states: Record<string, NodeState> = { confirmed: 'done', cancelled: 'done', late: 'wait' };
    nodes.push({
      state: states[verdict] ?? 'fail',
      name: t.readBack,
      time: one.readBack.at,
      notes: [
        t.readVerdicts[verdict] ?? verdict,
        ...(difference ? [t.difference(difference.pointer, difference.ours, difference.theirs)] : []),
      ],
    });
  } else if (one.state === 'accepted') {
    nodes.push({ state: 'wait', name: t.readBack, time: null, notes: [t.readNot] });
  }
  for (const decision of one.decisions) {
    // What a person decided stands where it was decided: a repeat before what it led to.
    const later = nodes.findIndex((node) => node.time !== null && Date.parse(node.time) > Date.parse(decision.at));
    nodes.splice(later < 0 ? nodes.length : later, 0, {
      state: 'done',
      name: t.decision[decision.action] ?? decision.action,
      time: decision.at,
      notes: [t.decidedBy(decision.by, decision.comment)],
    });
  }
  if (one.correction)
    nodes.push({
      state: 'done',
      name: t.decision[one.correction.decision] ?? one.correction.decision,
      time: one.correction.at,
      notes: [t.decidedBy(one.correction.by, one.correction.comment)],
    });
  return nodes;
}
