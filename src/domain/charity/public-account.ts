import { maskName } from '../kernel/text/index.ts';
import type { CharityApplicationState } from './application.ts';
import { charityBalance, type CharityState } from './charity.ts';
import type { CharityNeed } from './events.ts';

/** So many of the latest donations and payouts the public page names: it stays small on any telephone. */
const NAMED = 100;

/** What the public reads of a fund: every name masked, and nothing else of anybody. */
export type PublicAccount = {
  name: string;
  balanceFen: number;
  donatedFen: number;
  paidFen: number;
  /** The latest first; the donor null where they gave without a name. */
  donations: { on: string; fen: number; donor: string | null }[];
  payouts: { on: string; fen: number; to: string; need: CharityNeed | null }[];
  /** How many there are of each in all. */
  counts: { donations: number; payouts: number };
};

/** A fund's account for the public. `applicationOf` gives the applications of its payouts, as far as they are known. */
export function publicAccount(
  state: CharityState,
  applicationOf: (id: string) => Pick<CharityApplicationState, 'applicant' | 'need' | 'erased'> | undefined,
): PublicAccount {
  const donations = state.donations.filter(({ undone }) => undone === null);
  const latest = <One extends { on: string }>(all: readonly One[]): One[] =>
    all
      .toReversed()
      .toSorted((a, b) => (a.on === b.on ? 0 : a.on < b.on ? 1 : -1))
      .slice(0, NAMED);
  const sum = (all: readonly { fen: number }[]): number => all.reduce((total, { fen }) => total + fen, 0);
  return {
    name: state.name,
    balanceFen: charityBalance(state),
    donatedFen: sum(donations),
    paidFen: sum(state.payouts),
    donations: latest(donations).map(({ on, fen, donor }) => ({
      on,
      fen,
      donor: donor.name === null ? null : maskName(donor.name),
    })),
    payouts: latest(state.payouts).map(({ on, fen, applicationId }) => {
      const application = applicationOf(applicationId);
      const known = application !== undefined && application.erased === undefined;
      return {
        on,
        fen,
        to: known ? maskName(application.applicant.name) : '***',
        need: application?.need ?? null,
      };
    }),
    counts: { donations: donations.length, payouts: state.payouts.length },
  };
}
