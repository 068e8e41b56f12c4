import { z } from 'zod';
import { fieldsOf } from '../text/personal.ts';
import { Id, type Fact } from './event.ts';
import { illegal, legal, type Ruling } from './ruling.ts';
import type { PayloadSchemas } from './schema.ts';

/** Replaces erased personal text; every personal field must accept it. */
export const ERASED = '***';

/** `retention`: the retention period is over. `request`: the consumer asked for erasure and it was granted. */
export const ErasureCause = z.enum(['retention', 'request']);
export type ErasureCause = z.infer<typeof ErasureCause>;

/**
 * The last event of a record, recorded by the centre only: wherever it arrives, the record's personal data is erased. Sealed events lose
 * their key. For events recorded before sealing existed, `left` holds a digest of each without its personal data, so that the rest
 * can still be verified.
 */
export const erasureSchemas = {
  'personal-data-erased@1': z.object({
    cause: ErasureCause,
    /** The consumer's request that was granted; null when erased by retention. */
    requestId: Id.nullable(),
    left: z.array(z.object({ event: z.uuid(), digest: z.string().regex(/^[0-9a-f]{64}$/) })).max(5000),
  }),
};
export type PersonalDataErased = z.infer<(typeof erasureSchemas)['personal-data-erased@1']>;

/** The digests that an erasure lists, by event id; null when the payload is not an erasure's. */
export function leftBy(payload: unknown): ReadonlyMap<string, string> | null {
  const read = erasureSchemas['personal-data-erased@1'].safeParse(payload);
  return read.success ? new Map(read.data.left.map(({ event, digest }) => [event, digest])) : null;
}

/** The type of that event. */
export const ERASURE = 'personal-data-erased';

/** When and why the personal data of a record was erased; absent until then. */
export type Erasable = { revision: number; erased?: { at: string; cause: ErasureCause } };

/** Which fields of a state are erased: `inside` by member and name (`consumer.phone`), `anywhere` by name alone. */
export type ErasedPlaces = { inside: ReadonlySet<string>; anywhere: ReadonlySet<string> };

/** The places that these schemas declare as personal or told. */
export function erasedPlaces(schemas: PayloadSchemas): ErasedPlaces {
  const [inside, anywhere] = [new Set<string>(), new Set<string>()];
  for (const { within, name, declared } of Object.values(schemas).flatMap(fieldsOf)) {
    if (declared === null || declared.of === 'business') continue;
    if (declared.keptIn !== null) inside.add(`${declared.keptIn}.${name}`);
    else if (within === null || declared.of === 'told') anywhere.add(name);
    else inside.add(`${within}.${name}`);
  }
  return { inside, anywhere };
}

/**
 * Erases a record's personal data, or refuses when that was done already. The result does not depend on whether the state was built
 * before or after its events lost their key.
 */
export function erase<State extends Erasable>(
  state: State,
  fact: Pick<Fact, 'at'>,
  { cause }: PersonalDataErased,
  places: ErasedPlaces,
): Ruling<State> {
  if (state.erased !== undefined) return illegal('record-erased');
  const walk = (value: unknown, within: string): unknown => {
    if (Array.isArray(value)) return value.map((one) => walk(one, within));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]): [string, unknown] => {
        const goes = places.anywhere.has(name) || places.inside.has(`${within}.${name}`);
        // An empty text stays empty: it holds nothing personal.
        return [name, goes && typeof one === 'string' && one !== '' ? ERASED : walk(one, name)];
      }),
    );
  };
  // Only texts were replaced by texts, so the shape is unchanged.
  const erased = walk(state, '') as State;
  return legal({ ...erased, erased: { at: fact.at, cause }, revision: state.revision + 1 });
}

/** Paths of the personal fields in the payloads of a kind of record, by `type@version`; `*` stands for each element of a list. */
export type SealedPaths = ReadonlyMap<string, readonly (readonly string[])[]>;

/** The paths that these schemas declare. */
export function sealedPaths(schemas: PayloadSchemas): SealedPaths {
  return new Map(
    Object.entries(schemas).map(([key, schema]) => [
      key,
      fieldsOf(schema).flatMap(({ path, declared }) =>
        declared === null || declared.of === 'business' ? [] : [path],
      ),
    ]),
  );
}

/** What was taken out of a payload: the texts and the path of each, such as `consumer.name` or `proposals.0.text`. */
export type TakenOut = { payload: Record<string, unknown>; fields: string[]; texts: string[] };

/** A copy of a payload without the texts at these paths; null when it has none there. */
export function takeOut(payload: unknown, paths: readonly (readonly string[])[]): TakenOut | null {
  if (!isRecord(payload)) return null;
  const taken: TakenOut = { payload, fields: [], texts: [] };
  for (const path of paths) taken.payload = without(taken.payload, path, '', taken) as typeof payload;
  return taken.fields.length === 0 ? null : taken;
}

function without(value: unknown, [name, ...deeper]: readonly string[], at: string, taken: TakenOut): unknown {
  if (name === undefined) return value;
  if (name === '*') {
    if (!Array.isArray(value)) return value;
    return value.map((one, index) => without(one, deeper, `${at}${index}.`, taken));
  }
  if (!isRecord(value) || !Object.hasOwn(value, name)) return value;
  const member = value[name];
  if (deeper.length > 0) {
    const less = without(member, deeper, `${at}${name}.`, taken);
    return less === member ? value : { ...value, [name]: less };
  }
  // An empty text holds nothing personal, and forms may test for it.
  if (typeof member !== 'string' || member === '') return value;
  taken.fields.push(`${at}${name}`);
  taken.texts.push(member);
  const { [name]: _taken, ...rest } = value;
  return rest;
}

/** The payload with those texts restored. Texts whose path does not exist are ignored. */
export function putBack(payload: unknown, fields: readonly string[], texts: readonly string[]): unknown {
  return fields.reduce(
    (whole, field, index) => withText(whole, field.split('.'), texts[index] ?? ERASED),
    payload,
  );
}

function withText(value: unknown, [name, ...deeper]: readonly string[], text: string): unknown {
  if (name === undefined || name === '__proto__') return value;
  if (Array.isArray(value))
    return value.map((one, index) => (String(index) === name ? withText(one, deeper, text) : one));
  if (!isRecord(value)) return value;
  if (deeper.length === 0) return { ...value, [name]: text };
  return Object.hasOwn(value, name) ? { ...value, [name]: withText(value[name], deeper, text) } : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
