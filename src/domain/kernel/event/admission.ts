import type { RollupContext } from './deltas.ts';
import { isRole, type RecordedFact, type Role } from './event.ts';
import type { Refusal } from './ruling.ts';
import { lastUnit } from './unit-path.ts';

/** A person's account, as far as it is asked who may do something, or be given something. */
export type Person = {
  name: string;
  role: Role;
  unitPath: string;
  active: boolean;
  /** Every role and unit ever held; `until` is when it ended, by the centre's clock. */
  assignments: readonly { role: Role; unitPath: string; until?: string }[];
};

/**
 * What a new fact is judged by besides its record: the units, people and rules as whoever judges knows them. A workstation
 * that records it and the centre that receives it fill in the same form and ask the same function.
 */
export type AdmissionContext<Rules> = RollupContext<Rules> & {
  /**
   * `recording`: at the workstation, now, which refuses whatever the person should not do. `receiving`: at the centre,
   * perhaps days later, which refuses only what cannot be; what both sides have signed by then is a fact.
   */
  side: 'recording' | 'receiving';
  /** When the centre received it, by its own clock; null at the workstation, whose clock may be wrong. */
  receivedAt: string | null;
  /**
   * The unit whose workstation hands it in; or the centre's own administration, which is bound by the reducers only. `heardAt` is when
   * the device last handed something in before this, by the centre's clock: it had then sent all that it had recorded.
   */
  source: { unitPath: string; centre: boolean; heardAt?: string | null };
  /** Whether a unit with this path exists, in the dispute hierarchy or outside it, as far as it is known here. */
  exists(path: string): boolean;
  /** An account by its id, as far as it is known here. */
  person(id: string): Person | undefined;
  /** The state of another record that the fact names, by its kind and id, as far as it is known here. */
  record(stream: { kind: string; id: string }): unknown;
};

/**
 * What a kind of record asks of a new fact that the record itself cannot tell. Asked once, when the fact is recorded, and
 * once when the centre receives it; never again when states are made anew from the log.
 */
export type Admission<People, Records, Method> = {
  /** Ids of the people whose accounts `refusal` will ask for. */
  people: People;
  /** Other records that `refusal` will ask for. At the centre nobody else changes them meanwhile. */
  records: Records;
  /** Why a fact that is legal in itself is refused all the same; null where it is not. */
  refusal: Method;
};

const DAY = 86_400_000;
/**
 * How far ahead of the centre's clock a fact may be dated. No order rests on clocks and a workstation is told of its own, so that a
 * month is a fault and not a deceit; but what is due and what is counted must not stand in years to come (assumption).
 */
const AHEAD = 31 * DAY;
/** How late after somebody's assignment ended a fact of theirs may be dated: workstations' clocks are a little off (assumption). */
const TOLERANCE = DAY;
/** How late after that what was done before may still arrive: workstations work for days without a network (assumption). */
const GRACE = 30 * DAY;

/** What no workstation may hand in, and on whose behalf it may not; `open` when its kind may be written there at all. */
export function refusalOfSource(
  fact: Pick<RecordedFact, 'unitPath' | 'actor' | 'at'>,
  open: boolean,
  { receivedAt, source, person }: Pick<AdmissionContext<never>, 'receivedAt' | 'source' | 'person'>,
): Refusal | null {
  if (source.centre) return null;
  if (!open) return { rule: 'stream-not-yours' };
  if (fact.unitPath !== source.unitPath) return { rule: 'outside-scope', field: 'unitPath' };
  const { staffId, name, role, unitPath } = fact.actor;
  // People work at the workstations of their own unit and of no other.
  if (unitPath !== source.unitPath) return { rule: 'actor-unknown', field: 'actor' };
  // At the workstation the session has shown who sits there.
  if (receivedAt === null) return null;
  const [at, received] = [Date.parse(fact.at), Date.parse(receivedAt)];
  if (at > received + AHEAD) return { rule: 'dated-ahead', field: 'at' };
  const known = person(staffId);
  // Of a role that is not known here only the release that knows it can tell, so that the event is kept until then.
  const held =
    known?.name === name
      ? known.assignments.filter((one) => one.unitPath === unitPath && (one.role === role || !isRole(role)))
      : [];
  if (held.length === 0) return { rule: 'actor-unknown', field: 'actor' };
  // That it had begun needs no clock: the centre had given it before it received this. What was done while it lasted stays
  // valid, as far as it comes in time: a date can be written by whoever has the workstation.
  const heard =
    source.heardAt === undefined || source.heardAt === null ? -Infinity : Date.parse(source.heardAt);
  const lasted = held.some(({ until }) => {
    if (until === undefined) return true;
    const end = Date.parse(until);
    // What comes behind a push of after the end was recorded after that push, whatever its date.
    return Math.max(at, heard) <= end + TOLERANCE && received <= end + GRACE;
  });
  return lasted ? null : { rule: 'assignment-ended', field: 'actor' };
}

/**
 * Why a record cannot belong to a unit, or go there: there is none, or it stands outside the dispute hierarchy, where there are no
 * cases and no merchants. `field` names the unit in the fact.
 */
export function refusalOfUnit(
  path: string,
  field: string,
  { exists, levelOf }: Pick<AdmissionContext<never>, 'exists' | 'levelOf'>,
): Refusal | null {
  if (!exists(path)) return { rule: 'unit-missing', field };
  return levelOf(path) > 0 ? null : { rule: 'unit-outside', field };
}

/**
 * The same for a record that may be of a unit which is not known here yet: refused where it is known to stand outside, and nowhere else.
 */
export function refusalIfOutside(
  path: string,
  field: string,
  context: Pick<AdmissionContext<never>, 'exists' | 'levelOf'>,
): Refusal | null {
  return context.exists(path) ? refusalOfUnit(path, field, context) : null;
}

/**
 * Why a record cannot bear a number that its workstation has drawn: workstations draw offline, and only that each number begins with
 * the unit that drew it makes it that unit's own.
 */
export function refusalOfNumber(
  number: string,
  { source }: Pick<AdmissionContext<never>, 'source'>,
): Refusal | null {
  if (source.centre || number.startsWith(`${lastUnit(source.unitPath)}-`)) return null;
  return { rule: 'number-elsewhere', field: 'number' };
}
