import { z } from 'zod';
import { Fen } from '../case/index.ts';
import { businessDay } from '../kernel/calendar/index.ts';
import { DayText, Id, UnitPath, type Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { balanceOf, entryAgainst, entryOf, type LedgerEntry } from '../kernel/ledger.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';

const Line = (max: number) => z.string().trim().min(1).max(max);

/**
 * A policy of return insurance, as the first one in Ningbo of 2022-11 has it: a rate of the price, at most so much a case, out of
 * one sum for the period, for the shops and goods that are named.
 */
export const insuranceSchemas = {
  'policy-taken@1': z.object({
    number: Line(60),
    insurer: Line(120),
    unitPath: UnitPath,
    from: DayText,
    to: DayText,
    sumFen: Fen.min(1, 'amount-nothing'),
    premiumFen: Fen,
    /** Per mille of the price: 100 is 10 %. */
    ratePerMille: z.int().min(1, 'rate-out-of-range').max(1000, 'rate-out-of-range'),
    perCaseFen: Fen.min(1, 'amount-nothing'),
    /** Insured shops; null for all merchants of the unit and below it. */
    merchantIds: z.array(Id).min(1).max(1000).nullable(),
    /** Insured kinds of goods; null for all. */
    goods: z.array(z.string().max(40)).min(1).max(40).nullable(),
  }),
  'claim-filed@1': z.object({
    claimId: Id,
    returnId: Id,
    returnNumber: Line(60),
    merchantId: Id,
    merchantName: Line(160),
    goodsCategory: z.string().max(40),
    goodsName: Line(120),
    priceFen: Fen.min(1, 'amount-nothing'),
    /** When the goods came back. */
    on: DayText,
  }),
  /** A claim that the insurer refused, or that was filed wrongly: its amount is free again. */
  'claim-undone@1': z.object({ claimId: Id, on: DayText, reason: Line(300) }),
};
type Payload<Key extends keyof typeof insuranceSchemas> = z.infer<(typeof insuranceSchemas)[Key]>;

export type Claim = Payload<'claim-filed@1'> & {
  payableFen: number;
  by: string;
  at: string;
  undone: { on: string; reason: string; by: string } | null;
};

export type InsuranceState = Payload<'policy-taken@1'> & {
  id: string;
  entries: LedgerEntry[];
  claims: Claim[];
  revision: number;
};

/** What is left of the sum, the sum itself, and what it was used for. */
export const REMAINING = 'remaining';
const SUM = 'sum';
const CLAIMED = 'claimed';

type Terms = Pick<InsuranceState, 'ratePerMille' | 'perCaseFen'>;

/** What a policy pays for goods of that price: whole fen, rounded down; no more than the limit of a case and what is left. */
export function payableOf(
  { ratePerMille, perCaseFen }: Terms,
  priceFen: number,
  remainingFen: number,
): number {
  return Math.max(0, Math.min(Math.floor((priceFen * ratePerMille) / 1000), perCaseFen, remainingFen));
}

/** Applies one fact to a policy. The people of the unit that took it, and those above, keep it. */
export function applyInsurance(state: InsuranceState | undefined, fact: Fact): Ruling<InsuranceState> {
  const read = readPayload(insuranceSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  const { role, unitPath } = fact.actor;
  if (!may(role, 'fund.handle')) return illegal('role-may-not', undefined, { role });
  if (read.key === 'policy-taken@1') {
    const { payload } = read;
    if (state) return illegal('policy-exists');
    if (!covers(unitPath, payload.unitPath)) return illegal('outside-scope', 'unitPath');
    if (payload.to < payload.from) return illegal('period-reversed', 'to');
    const sum = entryOf('sum', payload.from, { debit: REMAINING, credit: SUM, fen: payload.sumFen });
    return legal({ ...payload, id: fact.stream.id, entries: [sum], claims: [], revision: 1 });
  }
  if (!state) return illegal('policy-missing');
  if (!covers(unitPath, state.unitPath)) return illegal('outside-scope', 'unitPath');
  if (read.payload.on > businessDay(fact.at)) return illegal('date-in-future', 'on');
  const next = { ...state, revision: state.revision + 1 };
  return read.key === 'claim-filed@1' ? file(next, read.payload, fact) : undo(next, read.payload, fact);
}

function file(next: InsuranceState, payload: Payload<'claim-filed@1'>, fact: Fact): Ruling<InsuranceState> {
  const { claimId, returnId, merchantId, goodsCategory, priceFen, on } = payload;
  if (next.claims.some((one) => one.claimId === claimId)) return illegal('claim-exists', 'claimId');
  if (next.claims.some((one) => one.returnId === returnId && one.undone === null))
    return illegal('claim-for-return', 'returnId');
  if (on < next.from || on > next.to)
    return illegal('claim-outside-period', 'on', { from: next.from, to: next.to });
  if (next.merchantIds !== null && !next.merchantIds.includes(merchantId))
    return illegal('claim-not-insured', 'merchantId');
  if (next.goods !== null && !next.goods.includes(goodsCategory))
    return illegal('claim-not-insured', 'goodsCategory');
  const payableFen = payableOf(next, priceFen, balanceOf(next.entries, REMAINING));
  if (payableFen === 0) return illegal('claim-nothing-left', 'priceFen');
  const entry = entryOf(claimId, on, { debit: CLAIMED, credit: REMAINING, fen: payableFen });
  return legal({
    ...next,
    entries: [...next.entries, entry],
    claims: [...next.claims, { ...payload, payableFen, by: fact.actor.name, at: fact.at, undone: null }],
  });
}

function undo(
  next: InsuranceState,
  { claimId, on, reason }: Payload<'claim-undone@1'>,
  fact: Fact,
): Ruling<InsuranceState> {
  const entry = next.entries.find(({ id }) => id === claimId);
  const claim = next.claims.find((one) => one.claimId === claimId);
  if (!entry || !claim) return illegal('claim-missing', 'claimId');
  if (claim.undone !== null) return illegal('claim-undone-already', 'claimId');
  return legal({
    ...next,
    entries: [...next.entries, entryAgainst(entry, `against:${claimId}`, on)],
    claims: next.claims.map((one) =>
      one === claim ? { ...one, undone: { on, reason, by: fact.actor.name } } : one,
    ),
  });
}

/** A policy is known in the unit that took it and in all units above it. */
export function insuranceSight(state: Pick<InsuranceState, 'unitPath'>): string[] {
  return ancestorsAndSelf(state.unitPath);
}
