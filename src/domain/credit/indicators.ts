/**
 * What can be computed of a merchant, each with the facts it is read from. A policy weighs some of them; one that is not here
 * nobody computes. `number` is how the centre keeps it, given once like the id of a metric.
 *
 * - `rate`: of so many facts so many were in the merchant's favour.
 * - `event`: each one counts by itself, for or against.
 *
 * `matter` marks those that are counted once for each matter (a case that ended, a return that was decided, a patrol): how much is
 * known of a merchant is counted in matters, since the facts of one matter are no independent evidence.
 */
export const INDICATORS = {
  /**
   * Cases about the merchant that ended: in favour where settled at level 1 or 2 and outside the regulator without having gone up;
   * against where settled further up, or closed after a failed mediation. Withdrawn, refused and terminated ones say nothing.
   */
  'settled-at-source': { number: 1, kind: 'rate', matter: true },
  /** First contact at the merchant's own unit: the first answer to a case within its hours, or after them. */
  'answered-in-time': { number: 2, kind: 'rate', matter: false },
  /** Agreements performed, at once or as agreed, or broken; of instalments the last one, or the one that was missed. */
  'agreements-kept': { number: 3, kind: 'rate', matter: false },
  /**
   * Against: a case that went up to the regulator, escalated or taken over, each time. In favour: a settled case that never did.
   * Cases that were registered at the regulator say nothing: the merchant was not asked before.
   */
  'regulator-spared': { number: 4, kind: 'rate', matter: false },
  /**
   * Returns granted that the promise covers or leaves to the parties; against: refused although the promise covers them. Granted
   * beyond the promise, and refused where it leaves it to the parties, say nothing.
   */
  'returns-granted': { number: 5, kind: 'rate', matter: true },
  /** Price patrols: in favour where every item looked at was priced clearly. */
  'priced-clearly': { number: 6, kind: 'rate', matter: true },
  /** An award by a public body. */
  award: { number: 7, kind: 'event', direction: 'for' },
  /** Administrative penalties by class, until they are ended (annulled, or repaired). */
  'penalty-minor': { number: 8, kind: 'event', direction: 'against' },
  'penalty-ordinary': { number: 9, kind: 'event', direction: 'against' },
  'penalty-serious': { number: 10, kind: 'event', direction: 'against' },
} as const satisfies Record<
  string,
  { number: number } & ({ kind: 'rate'; matter: boolean } | { kind: 'event'; direction: 'for' | 'against' })
>;
export type Indicator = keyof typeof INDICATORS;

/** Every indicator in the order of its number. */
export const INDICATOR_NAMES = Object.keys(INDICATORS) as readonly Indicator[];

/** Whether somebody computes it. */
export function isIndicator(name: string): name is Indicator {
  return Object.hasOwn(INDICATORS, name);
}

/** The indicator that the centre keeps under a number; undefined for one of a newer release. */
export function indicatorOf(number: number): Indicator | undefined {
  return INDICATOR_NAMES.find((name) => INDICATORS[name].number === number);
}

/**
 * One fact as it counts for or against a merchant. `day` is the business day on which it was recorded. Of a merchant that is not on
 * the roster it counts nowhere, until a correction says who it was.
 */
export type Observation = {
  merchantId: string | null;
  indicator: Indicator;
  day: string;
  good: boolean;
  factId: string;
};

/** What one accepted fact changes of what is known of merchants. */
export type Observed = {
  add: readonly Observation[];
  /** Facts that count no more, whatever they were observed as: an objection was upheld, a penalty annulled. */
  retract: readonly string[];
  /** The record is about another merchant: all that was observed of it goes there. Null where it stays. */
  moved: { to: string | null } | null;
};

/** What says nothing of any merchant. */
export const NOTHING_OBSERVED: Observed = { add: [], retract: [], moved: null };
