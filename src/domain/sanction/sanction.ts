import { sanctionIdOf } from '../credit/index.ts';
import { businessDay } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Refusal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload, type ParsedPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';
import { type AppliedFor, apply, refusalOfWriter, release } from './application.ts';
import { askForCall, type CalledAbout, isOfCalls, noteCall, refusalOfCaller } from './calls.ts';
import type { SanctionHand } from './hand.ts';
import {
  MOST_DOCUMENTS,
  sanctionSchemas,
  type SanctionContent,
  type SanctionDocument,
  type SanctionPayload,
} from './events.ts';

/** A duty of the decision, or of being listed: what has to be done before anything is repaired. */
export type SanctionDuty = {
  dutyId: string;
  text: string;
  /** Null until it is done. `proof` may be empty where `evidence`, the hash of a document, is there. */
  done: { on: string; proof: string; evidence: string | null; by: SanctionHand } | null;
};

/** One published piece of adverse credit information about a merchant. */
export type SanctionState = AppliedFor &
  CalledAbout &
  Omit<SanctionContent, 'determinedOn' | 'duties'> & {
    id: string;
    merchantId: string;
    merchantName: string;
    /** The merchant's path when it was recorded. */
    unitPath: string;
    determinedOn: string;
    duties: SanctionDuty[];
    /** Files of the decision, in the order in which they came; absent where there are none. */
    documents?: SanctionDocument[];
    ended: (SanctionPayload<'sanction-ended@1'> & { by: SanctionHand }) | null;
    recorded: SanctionHand;
    /** Corrections, the latest last, with their reasons. */
    corrections: (SanctionHand & { reason: string })[];
    /** The entry of the merchant's credit in whose place it counts; null where none stood there. */
    continues: string | null;
    /** The id under which the grade counts it now; null where it counts nothing by itself. */
    countedAs: string | null;
    revision: number;
  };

type Read = Exclude<
  ParsedPayload<typeof sanctionSchemas>,
  { key: 'unknown' | 'invalid' | 'sanction-recorded@1' }
>;

const handOf = ({ actor: { staffId, name, unitPath }, at }: Fact): SanctionHand => ({
  staffId,
  name,
  unitPath,
  at,
});

/** What the merchant is listed on. */
export const LISTINGS: ReadonlySet<string> = new Set(['abnormal-listing', 'severe-listing']);

/**
 * Applies one fact to a record. Public bodies enter and end it, as its admission asks; of a severe listing none of decision, organ and
 * day may be missing (浙江省公共信用信息管理条例 Arts. 24–28), nor of anything else: a record without them is nobody's decision.
 */
export function applySanction(state: SanctionState | undefined, fact: Fact): Ruling<SanctionState> {
  const read = readPayload(sanctionSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (read.key === 'sanction-recorded@1') {
    const { role, unitPath } = fact.actor;
    if (!may(role, 'sanction.record')) return illegal('role-may-not', undefined, { role });
    if (state) return illegal('sanction-exists', 'number', { number: state.number });
    if (!covers(unitPath, read.payload.merchantPath)) return illegal('outside-scope', 'merchantPath');
    return record(read.payload, fact);
  }
  if (!state) return illegal('sanction-missing');
  const refused = refusalOf(state, fact);
  if (refused !== null) return refused;
  return step({ ...state, revision: state.revision + 1 }, read, fact);
}

/** Why somebody may not write this fact; null where they may. */
function refusalOf(state: SanctionState, fact: Fact): Ruling<never> | null {
  // Nobody's act: its admission asks that the centre says it.
  if (fact.type === 'sanction-expired') return null;
  return isOfCalls(fact.type) ? refusalOfCaller(state, fact) : refusalOfWriter(state, fact);
}

/** What is wrong with what was typed, and where; null where nothing is. `day` is that of the fact. */
export function refusalOfContent(content: SanctionContent, day: string): Refusal | null {
  const { kind, determinedOn, publishedOn, restrictedUntil } = content;
  const severe = kind === 'severe-listing' ? 'sanction-severe-needs-decision' : null;
  if (content.organ === '') return { rule: severe ?? 'sanction-organ-missing', field: 'organ' };
  if (content.number === '') return { rule: severe ?? 'sanction-number-missing', field: 'number' };
  if (determinedOn === null) return { rule: severe ?? 'sanction-day-missing', field: 'determinedOn' };
  if (determinedOn > day) return { rule: 'date-in-future', field: 'determinedOn' };
  if (publishedOn !== null && publishedOn > day) return { rule: 'date-in-future', field: 'publishedOn' };
  if (publishedOn !== null && publishedOn < determinedOn)
    return {
      rule: 'sanction-published-before',
      field: 'publishedOn',
      parameters: { day: determinedOn },
    };
  if (restrictedUntil !== null && restrictedUntil < determinedOn)
    return {
      rule: 'sanction-restricted-before',
      field: 'restrictedUntil',
      parameters: { day: determinedOn },
    };
  if (content.class !== null && kind !== 'penalty')
    return { rule: 'sanction-class-of-penalty', field: 'class' };
  const ids = content.duties.map(({ dutyId }) => dutyId);
  const twice = ids.findIndex((id, place) => ids.indexOf(id) < place);
  return twice < 0 ? null : { rule: 'sanction-duty-twice', field: `duties.${twice}` };
}

function record(payload: SanctionPayload<'sanction-recorded@1'>, fact: Fact): Ruling<SanctionState> {
  const refusal = refusalOfContent(payload, businessDay(fact.at));
  if (refusal) return { kind: 'illegal', refusal };
  const { entryId, merchantPath, again, duties, determinedOn, ...rest } = payload;
  if (determinedOn === null) return illegal('sanction-day-missing', 'determinedOn');
  if (fact.stream.id !== sanctionIdOf(rest.merchantId, rest, again)) return illegal('sanction-id', 'number');
  return legal({
    ...rest,
    id: fact.stream.id,
    unitPath: merchantPath,
    determinedOn,
    duties: duties.map((duty) => ({ ...duty, done: null })),
    ended: null,
    applied: null,
    windows: [],
    recorded: handOf(fact),
    corrections: [],
    countedAs: rest.continues ?? (countsInGrade(payload) ? entryId : null),
    revision: 1,
  });
}

/** Whether the grade counts it by itself; listings are a cap and not points. */
export function countsInGrade({ kind, class: of }: Pick<SanctionContent, 'kind' | 'class'>): boolean {
  return kind === 'penalty' && of !== null;
}

function step(next: SanctionState, read: Read, fact: Fact): Ruling<SanctionState> {
  if (next.ended !== null) return illegal('sanction-ended-already', undefined, { day: next.ended.on });
  const day = businessDay(fact.at);
  const by = handOf(fact);
  switch (read.key) {
    case 'sanction-corrected@1':
      return correct(next, read.payload, fact);
    case 'duty-done@1': {
      const { dutyId, on, proof, evidence } = read.payload;
      const place = next.duties.findIndex((one) => one.dutyId === dutyId);
      const duty = next.duties[place];
      if (!duty) return illegal('sanction-duty-unknown', 'dutyId');
      if (duty.done !== null) return illegal('sanction-duty-done-already', 'dutyId');
      if (on > day) return illegal('date-in-future', 'on');
      if (on < next.determinedOn) return illegal('sanction-done-before', 'on', { day: next.determinedOn });
      const done = { on, proof, evidence, by };
      return legal({ ...next, duties: next.duties.with(place, { ...duty, done }) });
    }
    case 'duty-reopened@1': {
      const place = next.duties.findIndex(({ dutyId }) => dutyId === read.payload.dutyId);
      const duty = next.duties[place];
      if (!duty) return illegal('sanction-duty-unknown', 'dutyId');
      if (duty.done === null) return illegal('sanction-duty-open', 'dutyId');
      return legal({ ...next, duties: next.duties.with(place, { ...duty, done: null }) });
    }
    case 'sanction-published@1': {
      const { on } = read.payload;
      if (next.publishedOn !== null)
        return illegal('sanction-published-already', 'on', { day: next.publishedOn });
      if (on > day) return illegal('date-in-future', 'on');
      if (on < next.determinedOn)
        return illegal('sanction-published-before', 'on', { day: next.determinedOn });
      return legal({ ...next, publishedOn: on });
    }
    case 'decision-attached@1':
      return attach(next, read.payload);
    case 'sanction-applied@1':
      return apply(next, read.payload);
    case 'sanction-released@1':
      return release(next, read.payload);
    case 'sanction-call-asked@1':
      return askForCall(next, read.payload, fact);
    case 'sanction-called@1':
      return noteCall(next, read.payload, by);
    case 'sanction-ended@1':
      return end(next, read.payload, by);
    case 'sanction-expired@1':
      return end(next, { cause: 'expired', on: read.payload.on, number: null, effectiveAt: null }, by);
  }
}

function attach(next: SanctionState, document: SanctionDocument): Ruling<SanctionState> {
  const documents = next.documents ?? [];
  if (documents.some(({ sha256 }) => sha256 === document.sha256))
    return illegal('sanction-document-twice', 'sha256');
  if (documents.length >= MOST_DOCUMENTS)
    return illegal('sanction-document-most', 'sha256', { most: MOST_DOCUMENTS });
  return legal({ ...next, documents: [...documents, document] });
}

function correct(
  next: SanctionState,
  { entryId, reason, duties, determinedOn, ...content }: SanctionPayload<'sanction-corrected@1'>,
  fact: Fact,
): Ruling<SanctionState> {
  const refusal = refusalOfContent({ ...content, duties, determinedOn }, businessDay(fact.at));
  if (refusal) return { kind: 'illegal', refusal };
  if (determinedOn === null) return illegal('sanction-day-missing', 'determinedOn');
  const known = new Map(next.duties.map((duty) => [duty.dutyId, duty]));
  const kept = new Set(duties.map(({ dutyId }) => dutyId));
  if (next.duties.some(({ dutyId, done }) => done !== null && !kept.has(dutyId)))
    return illegal('sanction-duty-kept', 'duties');
  const early = duties.findIndex(({ dutyId }) => {
    const done = known.get(dutyId)?.done ?? null;
    return done !== null && done.on < determinedOn;
  });
  if (early >= 0) return illegal('sanction-done-before', 'determinedOn', { day: determinedOn });
  // The same points stay the same fact; others are another.
  const same = next.kind === content.kind && next.class === content.class;
  return legal({
    ...next,
    ...content,
    determinedOn,
    duties: duties.map((duty) => ({ ...duty, done: known.get(duty.dutyId)?.done ?? null })),
    corrections: [...next.corrections, { ...handOf(fact), reason }],
    countedAs: same ? next.countedAs : countsInGrade(content) ? entryId : null,
  });
}

function end(
  next: SanctionState,
  ended: SanctionPayload<'sanction-ended@1'>,
  by: SanctionHand,
): Ruling<SanctionState> {
  const { cause, on, number, effectiveAt } = ended;
  if (on > businessDay(by.at)) return illegal('date-in-future', 'on');
  if (on < next.determinedOn) return illegal('sanction-ended-before', 'on', { day: next.determinedOn });
  if (effectiveAt !== null && businessDay(effectiveAt) < on)
    return illegal('sanction-effective-before', 'effectiveAt', { day: on });
  if (cause === 'removed' && !LISTINGS.has(next.kind)) return illegal('sanction-removed-from-list', 'cause');
  // What undoes somebody's decision is a decision itself.
  if ((cause === 'annulled' || cause === 'removed') && number === null)
    return illegal('sanction-ending-number', 'number');
  // What is published no more is used no more, and so neither is the entry of the credit that it continues.
  return legal({ ...next, ended: { ...ended, by }, countedAs: null });
}

/** Whether it is published on that day, as far as it is known to be ended. */
export function isStanding({ ended }: Pick<SanctionState, 'ended'>, day: string): boolean {
  if (ended === null) return true;
  return ended.effectiveAt === null ? ended.on > day : businessDay(ended.effectiveAt) > day;
}

/** Known where the merchant trades and at all units above, as its credit is, and at windows where its repair was applied for. */
export function sanctionSight({ unitPath, windows }: Pick<SanctionState, 'unitPath' | 'windows'>): string[] {
  return [...ancestorsAndSelf(unitPath), ...windows];
}
