import { accessStream } from './access/stream.ts';
import { allianceCheckStream, allianceStream } from './alliance/streams.ts';
import { caseStream } from './case/stream.ts';
import { charityApplicationStream, charityStream } from './charity/streams.ts';
import { creditPolicyStream } from './credit/policy-stream.ts';
import { creditStream } from './credit/stream.ts';
import { disclosureStream } from './disclosure/stream.ts';
import { ERASURE, sealedPaths, type SealedPaths } from './kernel/event/erasure.ts';
import type { EventEnvelope } from './kernel/event/event.ts';
import { createRegistry } from './kernel/event/registry.ts';
import { createMask, personalPlaces } from './kernel/text/index.ts';
import type { StateIn, TaggedState, TaskKindIn } from './kernel/event/stream.ts';
import { consentStream, creditLineStream, financeProductsStream, financeStream } from './finance/streams.ts';
import { fundStream, insuranceStream } from './fund/stream.ts';
import {
  attentionStream,
  commendationStream,
  guidanceStream,
  inspectionPlanStream,
  inspectionStream,
} from './inspection/streams.ts';
import { leniencyStream } from './leniency/stream.ts';
import { merchantStream } from './merchant/stream.ts';
import { staffStream } from './organisation/staff-stream.ts';
import { unitStream } from './organisation/unit-stream.ts';
import { workstationStream } from './organisation/workstation-stream.ts';
import { calendarStream } from './procedure/calendar-stream.ts';
import { privacyStream } from './privacy/stream.ts';
import { shippedRules } from './procedure/rulebook.ts';
import { procedureStream } from './procedure/procedure-stream.ts';
import { publicStream } from './public/stream.ts';
import { restorationStream } from './restoration/stream.ts';
import { returnStream } from './return/stream.ts';
import { sanctionStream } from './sanction/stream.ts';
import { stationStream } from './station/station.ts';
import { storefrontStream, streetStream } from './street/streams.ts';

/**
 * Every kind of stream, each once; all that lists or switches on kinds derives from here. What others are judged by
 * comes first, in the order in which a workstation has to learn it.
 */
const registry = createRegistry(
  [
    unitStream,
    procedureStream,
    calendarStream,
    creditPolicyStream,
    financeProductsStream,
    staffStream,
    workstationStream,
    merchantStream,
    caseStream,
    returnStream,
    fundStream,
    insuranceStream,
    creditStream,
    inspectionPlanStream,
    inspectionStream,
    guidanceStream,
    commendationStream,
    attentionStream,
    sanctionStream,
    leniencyStream,
    consentStream,
    creditLineStream,
    financeStream,
    restorationStream,
    streetStream,
    storefrontStream,
    stationStream,
    disclosureStream,
    publicStream,
    privacyStream,
    allianceStream,
    allianceCheckStream,
    charityStream,
    charityApplicationStream,
    accessStream,
  ],
  shippedRules,
);

/** The definitions of all kinds, in the order of the list. */
export const STREAMS = registry.definitions;
type Definition = (typeof STREAMS)[number];

/** The kinds of stream that this release knows; one that travels or is stored may be any text. */
export type StreamKind = Definition['kind'];
/** The state of each kind of stream. */
export type StateOf = { [Kind in StreamKind]: StateIn<Extract<Definition, { kind: Kind }>> };
export type StreamState = StateOf[StreamKind];
/** A stream's state with its kind, so that a switch narrows it. */
export type AnyState = TaggedState<Definition>;
/** The kinds whose records workstations number offline. */
export type NumberedKind = Extract<Definition, { numberLetter: string }>['kind'];

export const STREAM_KINDS: readonly StreamKind[] = STREAMS.map(({ kind }) => kind);

/** Kinds that are needed before the first record can be judged or shown, in that order: units, rules, people. */
export const FIRST_KINDS: readonly StreamKind[] = STREAMS.filter(({ arrives }) => arrives === 'first').map(
  ({ kind }) => kind,
);
export const RECORD_KINDS: readonly StreamKind[] = STREAMS.filter(
  ({ arrives }) => arrives === 'as-record',
).map(({ kind }) => kind);
/** Kinds that a rulebook is made of. */
export const RULE_KINDS: readonly StreamKind[] = STREAMS.filter(({ learn: learns }) => learns !== null).map(
  ({ kind }) => kind,
);
/** Kinds that are about a consumer. */
export const CONSUMER_KINDS: readonly StreamKind[] = STREAMS.filter(({ consumer }) => consumer !== null).map(
  ({ kind }) => kind,
);

/** Whether this release knows the kind. */
export const isStreamKind = registry.isKind;
/** What a kind of stream is. */
export const streamOf = registry.definitionOf;
/** A state as it is stored, with its kind; undefined of a kind that this release does not know. */
export const storedState = registry.stateOf;

/**
 * Applies a fact to the stream it belongs to, whatever its kind: legal, illegal, or of a kind, role, type or version
 * that this release does not know. `rules` are the published procedures and imported calendars as the caller knows them.
 */
export const applyFact = registry.apply;

/**
 * What becomes of a new fact, at the workstation that records it and at the centre that receives it alike: the reducer's
 * ruling, who hands it in, and what its kind asks of units, people and rules.
 */
export const admitFact = registry.admit;

/** Ids of the people whose accounts `admitFact` asks for besides the one who did it. */
export const peopleIn = registry.peopleIn;

/** Other records that `admitFact` asks for besides the one it is about. */
export const recordsIn = registry.recordsIn;

/**
 * Paths of the units whose feeds carry a stream's events. A unit's own record, procedures and calendars
 * also go to every unit below, which the centre adds, who knows them.
 */
export const sightOf = registry.sight;

/** The rulebook with a stream as it is now; streams that are no rules leave it as it is. */
export const learn = registry.learn;

/** The rulebook made of these streams. */
export const rulebookOf = registry.rulesOf;

/**
 * What one accepted event adds to the roll-up. Pure: the centre's incremental tables, a rebuild from the
 * log and an independent count all start from the same events.
 */
export const rollupDeltas = registry.deltas;

/** What is to be done in a record, of all kinds; by its state and the rules alone, at the workstation and at the centre alike. */
export const tasksOf = registry.tasks;
/** All that may be to be done. */
export type TaskKind = TaskKindIn<Definition>;
/** All that may be to be done, as `record.task`, of which words and lists are made. */
export type TaskName = Definition extends infer One extends Definition
  ? One extends {
      kind: infer Kind extends string;
      tasks: { kinds: readonly (infer Name extends string)[] } | null;
    }
    ? `${Kind}.${Name}`
    : never
  : never;
/** The kinds of record in which something may be to be done. */
export const TASK_KINDS: readonly StreamKind[] = STREAMS.filter(({ tasks }) => tasks !== null).map(
  ({ kind }) => kind,
);

/**
 * Whether workstations may write such an event at all; the rest is the centre's. A kind that is not known is kept as it
 * comes, and asked about again by the release that knows it.
 */
export const isOpenToWorkstations = registry.isOpenTo;

/**
 * Masks what is personal in whatever leaves a service, by what the schemas of all events declare: telephones, addresses and identity
 * numbers, and names too where `names` says so.
 */
export const maskAnswer = createMask(personalPlaces(STREAMS.map(({ schemas }) => schemas)));

/** Whether such an event may change what its record is found by. */
export function mayChangeSearch(kind: string, type: string): boolean {
  const search = isStreamKind(kind) ? streamOf(kind).search : null;
  return search !== null && (search.changedBy === 'every-event' || search.changedBy.includes(type));
}

/** Where what is personal stands in the payloads of a kind of record that can be erased; none of another kind. */
const SEALED_PATHS: ReadonlyMap<string, SealedPaths> = new Map(
  STREAMS.filter(({ schemas }) => `${ERASURE}@1` in schemas).map(({ kind, schemas }) => [
    kind,
    sealedPaths(schemas),
  ]),
);

/** Places of what is personal in such a fact; none where nothing is, or its kind, type or version is not known. */
export function sealedPathsOf({
  stream,
  type,
  version,
}: Pick<EventEnvelope, 'stream' | 'type' | 'version'>): readonly (readonly string[])[] {
  return SEALED_PATHS.get(stream.kind)?.get(`${type}@${version}`) ?? [];
}
