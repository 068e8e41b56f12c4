import type { CreditPayload, PublishedGrade } from './events.ts';

/** A published grade, and when. */
export type GradeOnRecord = PublishedGrade & {
  at: string;
  /** First notice of it to the merchant; null until then. */
  noticeOn: string | null;
  /** The grade whose place it took, and the lines whose points are others; absent of the first one. */
  before?: Pick<PublishedGrade, 'month' | 'grade' | 'points' | 'policyVersion'> & {
    at: string;
    lines: { indicator: string; from: number; to: number }[];
  };
};

/** Who did something, and when. */
export type Done = { at: string; staffId: string; name: string; unitPath: string };

export type Objection = CreditPayload<'objection-made'> & {
  made: Done;
  extended: (Done & { reason: string }) | null;
  decided: (Done & { upheld: boolean; reason: string }) | null;
};

export type Award = CreditPayload<'award-recorded'> & { recorded: Done };
export type Penalty = CreditPayload<'penalty-recorded'> & {
  recorded: Done;
  ended: CreditPayload<'penalty-ended'> | null;
};
export type ListingEntry = CreditPayload<'listing-recorded'> & {
  recorded: Done;
  ended: CreditPayload<'listing-ended'> | null;
};
export type PricePatrol = CreditPayload<'price-patrol-recorded'> & { recorded: Done };

/** A grade set by hand; it holds once a second person has confirmed it, up to and on `until`. */
export type Override = CreditPayload<'override-proposed'> & { proposed: Done; confirmed: Done | null };

/** What is kept of earlier grades. */
export type PastGrade = Pick<
  GradeOnRecord,
  'month' | 'outcome' | 'grade' | 'points' | 'policyVersion' | 'cause' | 'at'
>;

/** The credit of one merchant; its id is the merchant's. */
export type CreditState = {
  id: string;
  /** The unit that the merchant trades in, as last told. */
  unitPath: string;
  grade: GradeOnRecord | null;
  /** Earlier ones, newest first. */
  past: PastGrade[];
  reply: { text: string; by: Done } | null;
  objections: Objection[];
  /** A request that no grade has answered yet. */
  reRating: { text: string; by: Done } | null;
  /**
   * What the last grade rests on holds no more: an objection was upheld, a penalty or a listing began or ended. In the order of the facts:
   * clocks of workstations may differ.
   */
  correction: boolean;
  awards: Award[];
  penalties: Penalty[];
  listings: ListingEntry[];
  patrols: PricePatrol[];
  overrides: Override[];
  revision: number;
};

/** Why the grade on record is pending: an objection is open, or what it rests on holds no more and none has taken its place yet. */
export type PendingCause = 'objection' | 'correction';

/** Whether the grade on record is pending, and why; null where it stands, or there is none. */
export function pendingBecause({
  grade,
  objections,
  correction,
}: Pick<CreditState, 'grade' | 'objections' | 'correction'>): PendingCause | null {
  if (grade === null) return null;
  if (isDisputed({ objections })) return 'objection';
  return correction ? 'correction' : null;
}

/** Whether an objection is open: until it is decided no grade is published. */
export function isDisputed({ objections }: Pick<CreditState, 'objections'>): boolean {
  return objections.some(({ decided }) => decided === null);
}

/** The lists that the merchant is on. */
export function standingListings({ listings }: Pick<CreditState, 'listings'>): ListingEntry[] {
  return listings.filter(({ ended }) => ended === null);
}

/** The grade that was set by hand and holds on that day; null where none does. */
export function overrideOn({ overrides }: Pick<CreditState, 'overrides'>, day: string): Override | null {
  return overrides.findLast(({ confirmed, until }) => confirmed !== null && day <= until) ?? null;
}
