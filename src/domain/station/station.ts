import { z } from 'zod';
import { businessDay } from '../kernel/calendar/index.ts';
import { type AdmissionContext, refusalOfUnit } from '../kernel/event/admission.ts';
import type { Deltas } from '../kernel/event/deltas.ts';
import { DayText, type Fact, type RecordedFact, UnitPath } from '../kernel/event/event.ts';
import type { MetricDeclaration } from '../kernel/event/deltas.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { defineStream } from '../kernel/event/stream.ts';
import { told } from '../kernel/text/index.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';
import type { Rulebook } from '../procedure/index.ts';
import { OfferCode, offerOf } from './offers.ts';

const Line = (max: number) => z.string().trim().min(1).max(max);
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'station-time');

/** What a station says of itself, all of it for everybody to read. */
export const StationFields = z.object({
  name: Line(60),
  /** Where it is, in words that a rider finds it by. */
  place: Line(120),
  /** On every day; both the same means day and night. */
  opens: Time,
  closes: Time,
  offers: z.array(OfferCode).min(1).max(20),
  /** What is not in the list, or what it costs; may be empty. */
  note: told(z.string().trim().max(200)),
});
export type StationFields = z.infer<typeof StationFields>;

/** Facts of one station for riders and couriers, at a mall or a circle. */
export const stationSchemas = {
  'station-opened@1': StationFields.extend({ unitPath: UnitPath }),
  'station-changed@1': StationFields,
  'station-closed@1': z.object({ on: DayText, reason: told(Line(300)) }),
};

export type StationState = z.infer<(typeof stationSchemas)['station-opened@1']> & {
  id: string;
  openedOn: string;
  changedOn: string;
  closed: { on: string; reason: string } | null;
  revision: number;
};

/** Applies one fact to a station: its unit's people keep it, or those of a unit above. */
export function applyStation(state: StationState | undefined, fact: Fact): Ruling<StationState> {
  const read = readPayload(stationSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  const { role, unitPath } = fact.actor;
  if (!may(role, 'station.handle')) return illegal('role-may-not', undefined, { role });
  const path = read.key === 'station-opened@1' ? read.payload.unitPath : state?.unitPath;
  if (path === undefined) return illegal('station-missing');
  if (!covers(unitPath, path)) return illegal('outside-scope', 'unitPath');
  const today = businessDay(fact.at);
  if (read.key !== 'station-closed@1') {
    const fault = faultOfOffers(read.payload.offers);
    if (fault) return { kind: 'illegal', refusal: fault };
  }
  if (read.key === 'station-opened@1') {
    if (state) return illegal('station-exists');
    return legal({
      ...read.payload,
      id: fact.stream.id,
      openedOn: today,
      changedOn: today,
      closed: null,
      revision: 1,
    });
  }
  if (!state) return illegal('station-missing');
  if (state.closed !== null) return illegal('station-closed');
  const next = { ...state, revision: state.revision + 1 };
  if (read.key === 'station-changed@1') return legal({ ...next, ...read.payload, changedOn: today });
  const { on } = read.payload;
  if (on > today) return illegal('date-in-future', 'on');
  if (on < state.openedOn) return illegal('station-closed-before', 'on', { day: state.openedOn });
  return legal({ ...next, closed: read.payload });
}

function faultOfOffers(offers: readonly string[]): Refusal | null {
  const unknown = offers.find((code) => offerOf(code) === undefined);
  if (unknown !== undefined)
    return { rule: 'station-offer-unknown', field: 'offers', parameters: { offer: unknown } };
  return new Set(offers).size === offers.length ? null : { rule: 'station-offer-twice', field: 'offers' };
}

/** What is counted of stations. */
export const STATION_METRICS = [
  // One more with each that opens and one less with each that closes, at its unit: up to a day, how many are open then.
  { id: 80, name: 'stations-open' },
] as const satisfies readonly MetricDeclaration[];
type StationMetric = (typeof STATION_METRICS)[number]['name'];

/** What one accepted event of a station adds to the roll-up. Pure. */
export function stationDeltas(
  _before: StationState | undefined,
  fact: RecordedFact,
  { unitPath: path, openedOn, closed }: StationState,
): Deltas<StationMetric, never> {
  const one = (day: string, value: number): Deltas<StationMetric, never> => ({
    counters: [{ path, day, metric: 'stations-open', dimension: '', value }],
    handling: [],
  });
  if (fact.type === 'station-opened') return one(openedOn, 1);
  return fact.type === 'station-closed' && closed !== null
    ? one(closed.on, -1)
    : { counters: [], handling: [] };
}

function refusalOfStation(
  before: StationState | undefined,
  _fact: Fact,
  { unitPath }: StationState,
  context: AdmissionContext<Rulebook>,
): Refusal | null {
  if (before !== undefined) return null;
  const elsewhere = refusalOfUnit(unitPath, 'unitPath', context);
  if (elsewhere !== null) return elsewhere;
  // A shop is a place of a mall's or a circle's list, and keeps none of its own (assumption).
  return context.levelOf(unitPath) < 2 ? { rule: 'station-unit-level', field: 'unitPath' } : null;
}

/** A station for riders. */
export const stationStream = defineStream({
  kind: 'station',
  schemas: stationSchemas,
  names: { 'station-opened': ['name'], 'station-changed': ['name'] },
  apply: applyStation,
  admission: { people: () => [], records: () => [], refusal: refusalOfStation },
  sight: ({ unitPath }) => ancestorsAndSelf(unitPath),
  holdsBelow: null,
  learn: null,
  writtenBy: 'anyone',
  arrives: 'as-record',
  deltas: stationDeltas,
  tasks: null,
  title: (state) => state.name,
  search: null,
  numberLetter: null,
  consumer: null,
});
