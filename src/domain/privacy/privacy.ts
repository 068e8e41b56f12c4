import { businessDay } from '../kernel/calendar/index.ts';
import { erase, erasedPlaces, type ErasureCause } from '../kernel/event/erasure.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Refusal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload, type ParsedPayload } from '../kernel/event/schema.ts';
import { may, parentPath } from '../organisation/index.ts';
import {
  PrivacyGround,
  type PrivacyOutcome,
  type PrivacyPayload,
  privacySchemas,
  type PrivacyWhat,
} from './events.ts';

type Hand = { staffId: string; name: string; at: string; unitPath: string };

export const PRIVACY_STATUSES = ['received', 'decided', 'answered', 'withdrawn'] as const;
export type PrivacyStatus = (typeof PRIVACY_STATUSES)[number];

/** A consumer's request about their own data: received → decided → answered, or withdrawn before it is decided. */
export type PrivacyState = PrivacyPayload<'privacy-requested@1'> & {
  id: string;
  status: PrivacyStatus;
  /** The unit that received it. */
  unitPath: string;
  received: Hand;
  decided: (PrivacyPayload<'privacy-decided@1'> & { by: Hand }) | null;
  answered: (PrivacyPayload<'privacy-answered@1'> & { by: Hand }) | null;
  withdrawn: (PrivacyPayload<'privacy-withdrawn@1'> & { by: Hand }) | null;
  /** When what is personal in the request itself was erased, and why; absent while it is there. */
  erased?: { at: string; cause: ErasureCause };
  revision: number;
};

type Read = Exclude<
  ParsedPayload<typeof privacySchemas>,
  { key: 'unknown' | 'invalid' | 'privacy-requested@1' | 'personal-data-erased@1' }
>;

const ERASED_PLACES = erasedPlaces(privacySchemas);

const handOf = ({ actor: { staffId, name }, at, unitPath }: Fact): Hand => ({ staffId, name, at, unitPath });

/** A record by its kind and id. */
export type PrivacyRecord = PrivacyPayload<'privacy-requested@1'>['records'][number];
const keyOf = ({ kind, id }: Pick<PrivacyRecord, 'kind' | 'id'>): string => `${kind}:${id}`;

/** Grounds that only a deletion can be refused on: the others stand in nobody's way to look or to put right. */
const OF_DELETION: ReadonlySet<PrivacyGround> = new Set(['retention-period', 'case-open', 'duty-running']);

/** On which grounds such a request can be refused. */
export function groundsOf(what: PrivacyWhat): readonly PrivacyGround[] {
  return PrivacyGround.options.filter((ground) => what === 'deletion' || !OF_DELETION.has(ground));
}

/**
 * Applies one fact to a request. Whoever handles cases receives it, takes it down as withdrawn and hands the answer over; it is
 * decided by a mediator or a supervisor, of the unit that received it or of the one right above, to which a shop's goes by itself.
 */
export function applyPrivacy(state: PrivacyState | undefined, fact: Fact): Ruling<PrivacyState> {
  const read = readPayload(privacySchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (read.key === 'personal-data-erased@1')
    return state ? erase(state, fact, read.payload, ERASED_PLACES) : illegal('privacy-missing');
  if (state?.erased !== undefined) return illegal('record-erased');
  const { role } = fact.actor;
  if (!may(role, read.key === 'privacy-decided@1' ? 'privacy.decide' : 'privacy.handle'))
    return illegal('role-may-not', undefined, { role });
  if (read.key === 'privacy-requested@1') {
    if (state) return illegal('privacy-exists');
    const keys = read.payload.records.map(keyOf);
    const twice = keys.findIndex((key, place) => keys.indexOf(key) < place);
    if (twice >= 0) return illegal('privacy-record-twice', `records.${twice}`);
    return legal({
      ...read.payload,
      id: fact.stream.id,
      status: 'received',
      unitPath: fact.unitPath,
      received: handOf(fact),
      decided: null,
      answered: null,
      withdrawn: null,
      revision: 1,
    });
  }
  if (!state) return illegal('privacy-missing');
  if (fact.unitPath !== state.unitPath && fact.unitPath !== parentPath(state.unitPath))
    return illegal('privacy-elsewhere');
  return step({ ...state, revision: state.revision + 1 }, read, fact);
}

function step(next: PrivacyState, read: Read, fact: Fact): Ruling<PrivacyState> {
  const by = handOf(fact);
  const wrong = (): Ruling<PrivacyState> => illegal('privacy-not-now', undefined, { status: next.status });
  switch (read.key) {
    case 'privacy-decided@1': {
      if (next.status !== 'received') return wrong();
      const refusal = refusalOfOutcomes(next, read.payload.outcomes);
      if (refusal) return { kind: 'illegal', refusal };
      return legal({ ...next, status: 'decided', decided: { ...read.payload, by } });
    }
    case 'privacy-answered@1': {
      if (next.status !== 'decided' || next.decided === null) return wrong();
      const { answeredOn, number } = read.payload;
      if (number !== next.number) return illegal('privacy-answer-number', 'number');
      if (answeredOn > businessDay(fact.at)) return illegal('date-in-future', 'answeredOn');
      if (answeredOn < businessDay(next.decided.by.at))
        return illegal('privacy-answered-before', 'answeredOn');
      return legal({ ...next, status: 'answered', answered: { ...read.payload, by } });
    }
    case 'privacy-withdrawn@1':
      // What was decided may have been carried out: a deletion cannot be called back.
      if (next.status !== 'received') return wrong();
      return legal({ ...next, status: 'withdrawn', withdrawn: { ...read.payload, by } });
  }
}

/** Each record has exactly one outcome, which fits what was asked. */
function refusalOfOutcomes(
  { what, records }: PrivacyState,
  outcomes: readonly PrivacyOutcome[],
): Refusal | null {
  const wanted = new Set(records.map(keyOf));
  for (const [place, outcome] of outcomes.entries()) {
    const field = `outcomes.${place}`;
    if (!wanted.delete(keyOf(outcome))) return { rule: 'privacy-outcome-strange', field };
    if (outcome.verdict === 'refused') {
      if (!groundsOf(what).includes(outcome.ground))
        return { rule: 'privacy-ground-not-here', field: `${field}.ground` };
      continue;
    }
    if (what !== 'correction' || outcome.kind === 'return') {
      if (outcome.correctionId !== null)
        return { rule: 'privacy-correction-not-here', field: `${field}.correctionId` };
    }
    // What was put right in a case its own correction says; of what has no such step (a return, a closed case) the words do.
    if (what === 'correction' && outcome.correctionId === null && outcome.text === '')
      return { rule: 'privacy-correction-needed', field: `${field}.text` };
  }
  return wanted.size === 0 ? null : { rule: 'privacy-outcome-missing', field: 'outcomes' };
}

/** Known where it was received and, of a shop, in the unit right above, whose people decide it. Nobody else needs to know of it. */
export function privacySight(
  { unitPath }: Pick<PrivacyState, 'unitPath'>,
  levelOf: (path: string) => number,
): string[] {
  const above = parentPath(unitPath);
  return above !== null && levelOf(unitPath) === 1 ? [unitPath, above] : [unitPath];
}
