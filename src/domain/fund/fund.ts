import { businessDay } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload, type ParsedPayload } from '../kernel/event/schema.ts';
import { balanceOf, entryAgainst, entryOf, type LedgerEntry } from '../kernel/ledger.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';
import { fundSchemas, type FundPayload } from './events.ts';

/** Approvals that a payment takes, by different people; who asked for it is none of them. */
export const APPROVALS_NEEDED = 2;

export const ADVANCE_STATUSES = [
  'requested',
  'approved',
  'refused',
  'paid',
  'recovered',
  'written-off',
] as const;
export type AdvanceStatus = (typeof ADVANCE_STATUSES)[number];

type Hand = { staffId: string; name: string; at: string };

/** Money that the fund pays to a consumer first, and wants back from the merchant. */
export type Advance = FundPayload<'advance-requested@1'> & {
  status: AdvanceStatus;
  requested: Hand;
  approvals: Hand[];
  refused: (Hand & { reason: string }) | null;
  paid: { on: string; recoverBy: string } | null;
  recoveredFen: number;
  /** What somebody proposes to give up; null while nobody does. */
  writeOff: (Hand & { reason: string }) | null;
};

export type FundState = FundPayload<'fund-opened@1'> & {
  id: string;
  entries: LedgerEntry[];
  advances: Advance[];
  revision: number;
};

/** The fund's money, who paid it in, what merchants owe it, and what was given up. */
export const CASH = 'cash';
export const PAID_IN = 'paid-in';
export const GIVEN_UP = 'given-up';
/** What is owed for one advance; the accounts of a merchant's advances together are what it owes. */
export const owedFor = (advanceId: string): string => `owed:${advanceId}`;

type Read = Exclude<ParsedPayload<typeof fundSchemas>, { key: 'unknown' | 'invalid' | 'fund-opened@1' }>;

/** Applies one fact to a fund. Its unit's people, and those above, handle it; money moves only by its ledger's entries. */
export function applyFund(state: FundState | undefined, fact: Fact): Ruling<FundState> {
  const read = readPayload(fundSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  const { role, unitPath } = fact.actor;
  if (!may(role, 'fund.handle')) return illegal('role-may-not', undefined, { role });
  if (read.key === 'fund-opened@1') {
    if (state) return illegal('fund-exists');
    if (!may(role, 'fund.approve')) return illegal('role-may-not', undefined, { role });
    if (!covers(unitPath, read.payload.unitPath)) return illegal('outside-scope', 'unitPath');
    return legal({ ...read.payload, id: fact.stream.id, entries: [], advances: [], revision: 1 });
  }
  if (!state) return illegal('fund-missing');
  if (!covers(unitPath, state.unitPath)) return illegal('outside-scope', 'unitPath');
  return step({ ...state, revision: state.revision + 1 }, read, fact);
}

function step(next: FundState, read: Read, fact: Fact): Ruling<FundState> {
  const today = businessDay(fact.at);
  if ('on' in read.payload && read.payload.on > today) return illegal('date-in-future', 'on');
  switch (read.key) {
    case 'fund-floor-set@1':
      return may(fact.actor.role, 'fund.approve')
        ? legal({ ...next, floorFen: read.payload.floorFen })
        : illegal('role-may-not', undefined, { role: fact.actor.role });
    case 'fund-deposited@1': {
      const { entryId, fen, on } = read.payload;
      return enter(next, entryOf(entryId, on, { debit: CASH, credit: PAID_IN, fen }));
    }
    case 'fund-deposit-undone@1': {
      const { undoneId, on } = read.payload;
      const entry = next.entries.find((one) => one.id === undoneId);
      const deposit = entry?.postings.some(({ account, fen }) => account === PAID_IN && fen < 0);
      if (!entry || !deposit) return illegal('ledger-entry-missing', 'undoneId');
      if (next.entries.some((one) => one.id === againstId(undoneId)))
        return illegal('ledger-entry-undone', 'undoneId');
      const against = entryAgainst(entry, againstId(undoneId), on);
      return leavesFloor(next, -balanceOf([against], CASH))
        ? enter(next, against)
        : belowFloor(next, 'undoneId');
    }
    case 'advance-requested@1': {
      const { advanceId, caseId } = read.payload;
      if (next.advances.some((one) => one.advanceId === advanceId))
        return illegal('advance-exists', 'advanceId');
      if (next.advances.some((one) => one.caseId === caseId && one.status !== 'refused'))
        return illegal('advance-for-case', 'caseId');
      const advance: Advance = {
        ...read.payload,
        status: 'requested',
        requested: handOf(fact),
        approvals: [],
        refused: null,
        paid: null,
        recoveredFen: 0,
        writeOff: null,
      };
      return legal({ ...next, advances: [...next.advances, advance] });
    }
    default:
      return advanceStep(next, read, fact);
  }
}

type AdvanceRead = Extract<Read, { payload: { advanceId: string } }>;

function advanceStep(
  next: FundState,
  read: Exclude<AdvanceRead, { key: 'advance-requested@1' }>,
  fact: Fact,
): Ruling<FundState> {
  const advance = next.advances.find((one) => one.advanceId === read.payload.advanceId);
  if (!advance) return illegal('advance-missing', 'advanceId');
  const hand = handOf(fact);
  const { role } = fact.actor;
  const wrong = (): Ruling<FundState> => illegal('advance-not-now', 'advanceId', { status: advance.status });
  const changed = (change: Partial<Advance>, after = next): Ruling<FundState> =>
    legal({
      ...after,
      advances: after.advances.map((one) => (one === advance ? { ...one, ...change } : one)),
    });
  switch (read.key) {
    case 'advance-approved@1': {
      if (!may(role, 'fund.approve')) return illegal('role-may-not', undefined, { role });
      if (advance.status !== 'requested') return wrong();
      if ([advance.requested, ...advance.approvals].some(({ staffId }) => staffId === hand.staffId))
        return illegal('approval-same-person', 'advanceId');
      const approvals = [...advance.approvals, hand];
      return changed({ approvals, status: approvals.length < APPROVALS_NEEDED ? 'requested' : 'approved' });
    }
    case 'advance-refused@1':
      if (!may(role, 'fund.approve')) return illegal('role-may-not', undefined, { role });
      if (advance.status !== 'requested' && advance.status !== 'approved') return wrong();
      return changed({ status: 'refused', refused: { ...hand, reason: read.payload.reason } });
    case 'advance-paid@1': {
      if (advance.status !== 'approved') return wrong();
      const { advanceId, on, recoverBy } = read.payload;
      if (recoverBy < on) return illegal('period-reversed', 'recoverBy');
      if (!leavesFloor(next, advance.fen)) return belowFloor(next, 'fen');
      const entry = entryOf(`paid:${advanceId}`, on, {
        debit: owedFor(advanceId),
        credit: CASH,
        fen: advance.fen,
      });
      const entered = enter(next, entry);
      return entered.kind === 'legal'
        ? changed({ status: 'paid', paid: { on, recoverBy } }, entered.state)
        : entered;
    }
    case 'advance-recovered@1': {
      if (advance.status !== 'paid') return wrong();
      const { advanceId, entryId, fen, on } = read.payload;
      const owed = balanceOf(next.entries, owedFor(advanceId));
      if (fen > owed) return illegal('recovered-above-owed', 'fen', { owed });
      const entered = enter(next, entryOf(entryId, on, { debit: CASH, credit: owedFor(advanceId), fen }));
      if (entered.kind !== 'legal') return entered;
      const status = fen === owed ? 'recovered' : 'paid';
      return changed({ status, recoveredFen: advance.recoveredFen + fen }, entered.state);
    }
    case 'write-off-proposed@1':
      if (advance.status !== 'paid' || advance.writeOff !== null) return wrong();
      return changed({ writeOff: { ...hand, reason: read.payload.reason } });
    case 'write-off-approved@1': {
      if (!may(role, 'fund.approve')) return illegal('role-may-not', undefined, { role });
      if (advance.status !== 'paid' || advance.writeOff === null) return wrong();
      if (advance.writeOff.staffId === hand.staffId) return illegal('approval-same-person', 'advanceId');
      const { advanceId, on } = read.payload;
      const fen = balanceOf(next.entries, owedFor(advanceId));
      const entry = entryOf(`given-up:${advanceId}`, on, {
        debit: GIVEN_UP,
        credit: owedFor(advanceId),
        fen,
      });
      const entered = enter(next, entry);
      return entered.kind === 'legal' ? changed({ status: 'written-off' }, entered.state) : entered;
    }
  }
}

/** The id of the entry that takes another back: one each. */
export const againstId = (entryId: string): string => `against:${entryId}`.slice(0, 64);

function enter(next: FundState, entry: LedgerEntry): Ruling<FundState> {
  if (next.entries.some(({ id }) => id === entry.id)) return illegal('ledger-entry-exists', 'entryId');
  return legal({ ...next, entries: [...next.entries, entry] });
}

/** Whether the floor is still there once so much has left the fund. */
const leavesFloor = ({ entries, floorFen }: FundState, fen: number): boolean =>
  balanceOf(entries, CASH) - fen >= floorFen;

const belowFloor = ({ entries, floorFen }: FundState, field: string): Ruling<FundState> =>
  illegal('fund-below-floor', field, { floor: floorFen, cash: balanceOf(entries, CASH) });

const handOf = ({ actor: { staffId, name }, at }: Fact): Hand => ({ staffId, name, at });

/** A fund is known in its unit and in all units above it. */
export function fundSight(state: Pick<FundState, 'unitPath'>): string[] {
  return ancestorsAndSelf(state.unitPath);
}
