import { addMonths, shiftDay } from '../kernel/calendar/index.ts';
import type { Wording } from '../procedure/index.ts';
import type { Regime, RegimeRule, Regimes, RegimeTag } from './regime.ts';
import type { SanctionState } from './sanction.ts';

/** What of a record its rules are chosen and counted by. */
export type Ruled = Pick<
  SanctionState,
  | 'kind'
  | 'class'
  | 'channel'
  | 'simplified'
  | 'measures'
  | 'areas'
  | 'determinedOn'
  | 'publishedOn'
  | 'restrictedUntil'
  | 'duties'
>;

/** A rule as it is quoted. */
export type NamedRule = { regime: string; rule: string; article: Wording; tag: RegimeTag };

/** The regime that governs a record: the last one of its channel that had begun when it was determined; null before the first. */
export function regimeOf(
  { channel, determinedOn }: Pick<Ruled, 'channel' | 'determinedOn'>,
  { regimes }: Pick<Regimes, 'regimes'>,
): Regime | null {
  const begun = regimes.filter((one) => one.channel === channel && one.from <= determinedOn);
  return begun.toSorted((a, b) => (a.from < b.from ? -1 : 1)).at(-1) ?? null;
}

function fits({ when }: RegimeRule, record: Ruled): boolean {
  if (!when.kinds.includes(record.kind)) return false;
  if (when.classes !== null && (record.class === null || !when.classes.includes(record.class))) return false;
  if (when.simplified !== null && when.simplified !== record.simplified) return false;
  if (when.areas !== null && !when.areas.some((area) => record.areas.includes(area))) return false;
  const { measures } = when;
  if (measures === null) return true;
  if (!record.measures.some((one) => measures.includes(one))) return false;
  return !when.only || record.measures.every((one) => measures.includes(one));
}

/** What rules come to for one record: of several that fit the longest counts. */
export type RuledBy = {
  regime: Regime;
  /** All that fit. */
  rules: readonly RegimeRule[];
  /** The one by which the minimum is, or which bars repair. */
  rule: RegimeRule;
  /** The one by which the maximum is. */
  longest: RegimeRule;
};

/** The rules of a record; null where no regime governs it or no rule of it fits. */
export function rulesOf(record: Ruled, regimes: Pick<Regimes, 'regimes'>): RuledBy | null {
  const regime = regimeOf(record, regimes);
  const rules = regime?.rules.filter((one) => fits(one, record)) ?? [];
  const [first] = rules;
  if (regime === null || first === undefined) return null;
  // One that bars repair bars it whatever the others allow; one that nobody knows has to be looked at before any allows it.
  const rank = { never: 2, look: 1, allowed: 0 } as const;
  const [rule] = rules.toSorted((a, b) => rank[b.repair] - rank[a.repair] || b.minimum - a.minimum);
  const [longest] = rules.toSorted((a, b) => (b.maximum ?? Infinity) - (a.maximum ?? Infinity));
  return { regime, rules, rule: rule ?? first, longest: longest ?? first };
}

export function named({ regime }: Pick<RuledBy, 'regime'>, { id, article, tag }: RegimeRule): NamedRule {
  return { regime: regime.id, rule: id, article, tag };
}

/** The day from which a rule counts; null where that is not known yet. */
export function countedFrom(
  { counts }: Pick<RegimeRule, 'counts'>,
  { determinedOn, publishedOn }: Pick<Ruled, 'determinedOn' | 'publishedOn'>,
): string | null {
  return counts === 'determination' ? determinedOn : publishedOn;
}

/**
 * The first day on which repair may be asked for as far as the minimum goes: the day after its last one, and with none the day from which
 * it counts. Null where that day is not known.
 */
export function minimumOver(rule: Pick<RegimeRule, 'counts' | 'minimum'>, record: Ruled): string | null {
  const start = countedFrom(rule, record);
  if (start === null) return null;
  return rule.minimum === 0 ? start : shiftDay(addMonths(start, rule.minimum), 1);
}

/** The last day of the maximum; null where there is none, or it is not known from when it counts. */
function maximumDay({ rules, longest }: RuledBy, record: Ruled): string | null {
  const start = countedFrom(longest, record);
  if (longest.maximum === null || start === null) return null;
  const day = addMonths(start, longest.maximum);
  const { restrictedUntil } = record;
  const restricted = restrictedUntil !== null && rules.some(({ asRestricted }) => asRestricted);
  return restricted && restrictedUntil > day ? restrictedUntil : day;
}

/** When publication ends by itself, and by which rule. */
export type PublicationEnd = { day: string; rule: NamedRule };

/**
 * The last day on which a record is published if nothing is done about it. Null while duties are open and the rule ends it only where they
 * are done; where there is no maximum; and where it is not known from when it counts. Duties that were done after the maximum
 * end it on the day on which the last one was.
 */
export function publicationEnds(record: Ruled, regimes: Pick<Regimes, 'regimes'>): PublicationEnd | null {
  const by = rulesOf(record, regimes);
  const day = by === null ? null : maximumDay(by, record);
  if (by === null || day === null) return null;
  const rule = named(by, by.longest);
  // The stricter of those that fit: it ends anyway only where all of them say so.
  if (by.rules.every(({ expiry }) => expiry === 'anyway')) return { day, rule };
  const done = record.duties.map((duty) => duty.done?.on ?? null);
  if (done.includes(null)) return null;
  const last = done.reduce<string>((latest, one) => (one !== null && one > latest ? one : latest), day);
  return { day: last, rule };
}
