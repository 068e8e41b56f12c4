import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { may } from '../organisation/index.ts';
import type { EvidenceAdded, EvidenceWithdrawn } from './events.ts';
import { limitOf } from './media.ts';

/** One piece of evidence as the case knows it; its bytes lie elsewhere, under their hash. */
export type EvidenceItem = EvidenceAdded & {
  addedAt: string;
  addedByName: string;
  addedUnitPath: string;
  /** The settlement that stood when it was added, null when none did: a later one makes it immutable. */
  settledAt: string | null;
  withdrawn: { at: string; byName: string; reason: string } | null;
};

/** What the evidence rules read of a case, and the part they change. Cases from before evidence have no list. */
export type EvidenceHolder = {
  status: string;
  handlingPath: string;
  settlement: { at: string } | null;
  evidence?: EvidenceItem[] | undefined;
  revision: number;
};

export type EvidenceFact =
  | { key: 'evidence-added@1'; payload: EvidenceAdded }
  | { key: 'evidence-withdrawn@1'; payload: EvidenceWithdrawn };

/** Statuses in which the evidence is part of what was decided, and stays as it was then. */
const FROZEN: ReadonlySet<string> = new Set([
  'settled',
  'performed',
  'broken',
  'refused',
  'withdrawn',
  'terminated',
  'closed',
]);

/** The rule that keeps evidence from being added or withdrawn now, or null when it may be. */
export function evidenceFrozen(status: string): 'evidence-frozen' | null {
  return FROZEN.has(status) ? 'evidence-frozen' : null;
}

/** Whether proof of performance may be added: it comes after the agreement, and changes nothing of what that rested on. */
export function mayProvePerformance(status: string): boolean {
  return status === 'settled' || status === 'performed' || status === 'broken';
}

/** The case's evidence that stands: added and not withdrawn. */
export function standingEvidence(state: Pick<EvidenceHolder, 'evidence'>): EvidenceItem[] {
  return (state.evidence ?? []).filter((item) => item.withdrawn === null);
}

/** So long a withdrawn file is kept: a withdrawal by mistake is found out within it (assumption). Days. */
export const WITHDRAWN_KEPT_DAYS = 30;

/**
 * Hashes of evidence whose files are to be erased: withdrawn long ago, and standing in the case no more; or of a case that was itself
 * erased.
 */
export function erasableEvidence(
  state: Pick<EvidenceHolder, 'evidence'> & { erased?: unknown },
  now: Date,
): string[] {
  if (state.erased !== undefined) return [...new Set((state.evidence ?? []).map(({ sha256 }) => sha256))];
  const before = now.getTime() - WITHDRAWN_KEPT_DAYS * 86_400_000;
  const items = state.evidence ?? [];
  const kept = new Set(
    items
      .filter(({ withdrawn }) => withdrawn === null || Date.parse(withdrawn.at) > before)
      .map(({ sha256 }) => sha256),
  );
  return [...new Set(items.map(({ sha256 }) => sha256))].filter((sha256) => !kept.has(sha256));
}

/** The rule that keeps this unit from withdrawing this item now, or null when it may. */
export function withdrawalRule(
  state: Pick<EvidenceHolder, 'status' | 'settlement' | 'handlingPath'>,
  item: EvidenceItem,
  unitPath: string,
): string | null {
  // Reopened after an agreement: what that agreement rested on stays, what came since may go.
  if (evidenceFrozen(state.status) !== null || (state.settlement?.at ?? null) !== item.settledAt)
    return 'evidence-frozen';
  return unitPath === item.addedUnitPath || unitPath === state.handlingPath ? null : 'evidence-not-yours';
}

/**
 * Adds or withdraws evidence of a case, or refuses with the rule. Any unit that sees the case may add, as with
 * notes (the centre checks the sight); until a settlement only. Returns the case with its list and revision changed.
 */
export function applyEvidence<State extends EvidenceHolder>(
  state: State,
  fact: Fact,
  read: EvidenceFact,
): Ruling<State> {
  const { role, unitPath } = fact.actor;
  if (!may(role, 'case.evidence')) return illegal('role-may-not', undefined, { role });
  const frozen = evidenceFrozen(state.status);
  const proof = read.key === 'evidence-added@1' && read.payload.kind === 'performance';
  if (frozen !== null && !(proof && mayProvePerformance(state.status))) return illegal(frozen);
  const evidence = state.evidence ?? [];
  const item = evidence.find((one) => one.sha256 === read.payload.sha256 && one.withdrawn === null);
  const changed = (next: EvidenceItem[]): Ruling<State> =>
    legal({ ...state, evidence: next, revision: state.revision + 1 });
  if (read.key === 'evidence-added@1') {
    if (item !== undefined) return illegal('evidence-repeated', 'sha256', { name: item.name });
    const limit = limitOf(read.payload.mediaType);
    if (read.payload.size > limit)
      return illegal('evidence-too-large', 'size', {
        name: read.payload.name,
        limit: Math.round(limit / 1024 / 1024),
      });
    return changed([
      ...evidence,
      {
        ...read.payload,
        addedAt: fact.at,
        addedByName: fact.actor.name,
        addedUnitPath: unitPath,
        settledAt: state.settlement?.at ?? null,
        withdrawn: null,
      },
    ]);
  }
  if (item === undefined) return illegal('evidence-missing', 'sha256');
  const rule = withdrawalRule(state, item, unitPath);
  if (rule !== null) return illegal(rule);
  const withdrawn = { at: fact.at, byName: fact.actor.name, reason: read.payload.reason };
  return changed(evidence.map((one) => (one === item ? { ...one, withdrawn } : one)));
}
