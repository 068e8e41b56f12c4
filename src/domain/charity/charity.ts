import { businessDay } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload, type ParsedPayload } from '../kernel/event/schema.ts';
import { balanceOf, entryAgainst, entryOf, type LedgerEntry } from '../kernel/ledger.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';
import { type CharityPayload, charitySchemas } from './events.ts';

type Hand = { staffId: string; name: string; at: string };

export type Donation = CharityPayload<'donation-received@1'> & {
  by: Hand;
  undone: { on: string; reason: string; by: Hand } | null;
};
export type Payout = CharityPayload<'charity-paid@1'> & { by: Hand };

/** A Love Fund. What is in it is the balance of its ledger, which no fact can bring below nothing. */
export type CharityState = CharityPayload<'charity-opened@1'> & {
  id: string;
  entries: LedgerEntry[];
  donations: Donation[];
  payouts: Payout[];
  revision: number;
};

/** The fund's money, what was given to it, and what it paid. */
export const MONEY = 'money';
export const GIVEN = 'given';
export const PAID = 'paid';

type Read = Exclude<
  ParsedPayload<typeof charitySchemas>,
  { key: 'unknown' | 'invalid' | 'charity-opened@1' }
>;

const handOf = ({ actor: { staffId, name }, at }: Fact): Hand => ({ staffId, name, at });

/** What is in a fund, fen. */
export function charityBalance({ entries }: Pick<CharityState, 'entries'>): number {
  return balanceOf(entries, MONEY);
}

/**
 * Applies one fact to a fund. Of two payouts that were recorded without knowing of each other, the centre's order decides: the one that
 * the balance does not cover any more is refused there, and everywhere else by the same rule.
 */
export function applyCharity(state: CharityState | undefined, fact: Fact): Ruling<CharityState> {
  const read = readPayload(charitySchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  const { role, unitPath } = fact.actor;
  const needs = read.key === 'charity-opened@1' ? 'charity.approve' : 'charity.handle';
  if (!may(role, needs)) return illegal('role-may-not', undefined, { role });
  if (read.key === 'charity-opened@1') {
    if (state) return illegal('charity-exists');
    if (!covers(unitPath, read.payload.unitPath)) return illegal('outside-scope', 'unitPath');
    const id = fact.stream.id;
    return legal({ ...read.payload, id, entries: [], donations: [], payouts: [], revision: 1 });
  }
  if (!state) return illegal('charity-missing');
  if (!covers(unitPath, state.unitPath)) return illegal('outside-scope', 'unitPath');
  if (read.payload.on > businessDay(fact.at)) return illegal('date-in-future', 'on');
  return step({ ...state, revision: state.revision + 1 }, read, handOf(fact));
}

function step(next: CharityState, read: Read, by: Hand): Ruling<CharityState> {
  switch (read.key) {
    case 'donation-received@1': {
      const { entryId, fen, on } = read.payload;
      if (next.donations.some((one) => one.entryId === entryId))
        return illegal('ledger-entry-exists', 'entryId');
      return legal({
        ...next,
        entries: [...next.entries, entryOf(entryId, on, { debit: MONEY, credit: GIVEN, fen })],
        donations: [...next.donations, { ...read.payload, by, undone: null }],
      });
    }
    case 'donation-undone@1': {
      const { undoneId, on, reason } = read.payload;
      const entry = next.entries.find(({ id }) => id === undoneId);
      const donation = next.donations.find(({ entryId }) => entryId === undoneId);
      if (!entry || !donation) return illegal('ledger-entry-missing', 'undoneId');
      if (donation.undone !== null) return illegal('ledger-entry-undone', 'undoneId');
      if (donation.fen > charityBalance(next)) return belowNothing(next, 'undoneId');
      return legal({
        ...next,
        entries: [...next.entries, entryAgainst(entry, `against:${undoneId}`, on)],
        donations: next.donations.map((one) =>
          one === donation ? { ...one, undone: { on, reason, by } } : one,
        ),
      });
    }
    case 'charity-paid@1': {
      const { applicationId, fen, on } = read.payload;
      if (next.payouts.some((one) => one.applicationId === applicationId))
        return illegal('charity-paid-already', 'applicationId');
      if (fen > charityBalance(next)) return belowNothing(next, 'fen');
      return legal({
        ...next,
        entries: [...next.entries, entryOf(`paid:${applicationId}`, on, { debit: PAID, credit: MONEY, fen })],
        payouts: [...next.payouts, { ...read.payload, by }],
      });
    }
  }
}

const belowNothing = (state: CharityState, field: string): Ruling<CharityState> =>
  illegal('charity-above-balance', field, { balance: charityBalance(state) });

/** A fund is known in its unit and in all units above it. */
export function charitySight({ unitPath }: Pick<CharityState, 'unitPath'>): string[] {
  return ancestorsAndSelf(unitPath);
}
