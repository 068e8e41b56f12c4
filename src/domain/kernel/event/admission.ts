import type { RollupContext } from './deltas.ts';
import { isRole, type RecordedFact, type Role } from './event.ts';
import type { Refusal } from './ruling.ts';

/** A person's account, as far as it is asked who may do something, or be given something. */
export type Person = {
  name: string;
  role: Role;
  unitPath: string;
  active: boolean;
  /** Every role and unit ever held. */
  assignments: readonly { role: Role; unitPath: string }[];
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
  /** The unit whose workstation hands it in; or the centre's own administration, which is bound by the reducers only. */
  source: { unitPath: string; centre: boolean };
  /** Whether a unit with this path exists, as far as it is known here. */
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

/** What no workstation may hand in, and on whose behalf it may not; `open` when its kind may be written there at all. */
export function refusalOfSource(
  fact: Pick<RecordedFact, 'unitPath' | 'actor'>,
  open: boolean,
  { side, source, person }: Pick<AdmissionContext<never>, 'side' | 'source' | 'person'>,
): Refusal | null {
  if (source.centre) return null;
  if (!open) return { rule: 'stream-not-yours' };
  if (fact.unitPath !== source.unitPath) return { rule: 'outside-scope', field: 'unitPath' };
  // The session has shown who sits at the workstation.
  if (side === 'recording') return null;
  const { staffId, role, unitPath } = fact.actor;
  // What was done under an earlier assignment stays valid; what nobody was ever assigned to does not. Of a role that is
  // not known here only the release that knows it can tell, so that the event is kept until then.
  const assigned = person(staffId)?.assignments.some(
    (one) => one.unitPath === unitPath && (one.role === role || !isRole(role)),
  );
  return assigned ? null : { rule: 'actor-unknown', field: 'actor' };
}
