import { z } from 'zod';
import { fieldsOf } from '../text/personal.ts';
import { Id, type Fact } from './event.ts';
import { illegal, legal, type Ruling } from './ruling.ts';
import type { PayloadSchemas } from './schema.ts';

/** What stands where something personal was erased; every field that is erased takes it. */
export const ERASED = '***';

/** `retention`: the time for which it may be kept is over. `request`: the consumer asked for it, and it was granted. */
export const ErasureCause = z.enum(['retention', 'request']);
export type ErasureCause = z.infer<typeof ErasureCause>;

/**
 * The last fact of a record, of the centre alone: what is personal in it is erased, wherever the fact arrives. Sealed facts lose their key. Of
 * those that were recorded before facts were sealed, `left` says by its hash what each is without what was personal in it, so that
 * what is left of them is as provable as before.
 */
export const erasureSchemas = {
  'personal-data-erased@1': z.object({
    cause: ErasureCause,
    /** The consumer's request that was granted; null by retention. */
    requestId: Id.nullable(),
    left: z.array(z.object({ event: z.uuid(), digest: z.string().regex(/^[0-9a-f]{64}$/) })).max(5000),
  }),
};
export type PersonalDataErased = z.infer<(typeof erasureSchemas)['personal-data-erased@1']>;

/** What an erasure's payload says is left of its record's events: digests by their ids; null of another payload. */
export function leftBy(payload: unknown): ReadonlyMap<string, string> | null {
  const read = erasureSchemas['personal-data-erased@1'].safeParse(payload);
  return read.success ? new Map(read.data.left.map(({ event, digest }) => [event, digest])) : null;
}

/** The type of that fact. */
export const ERASURE = 'personal-data-erased';

/** When the personal data of a record was erased, and why; absent while it is there. */
export type Erasable = { revision: number; erased?: { at: string; cause: ErasureCause } };

/** Where in a record's state something stands that is erased: by its member and name, and by its name anywhere. */
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
 * Erases a record, or refuses where that has been done. The same from whichever state: of a state that was made of facts which could not be
 * opened any more comes what comes of one that was made of them before.
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
        // Nothing stays nothing: what was left out says nothing of anybody.
        return [name, goes && typeof one === 'string' && one !== '' ? ERASED : walk(one, name)];
      }),
    );
  };
  // Only texts have become other texts.
  const erased = walk(state, '') as State;
  return legal({ ...erased, erased: { at: fact.at, cause }, revision: state.revision + 1 });
}

/** Where what is personal stands in the payloads of a kind of record, by `type@version`: names from the top, `*` for each place of a list. */
export type SealedPaths = ReadonlyMap<string, readonly (readonly string[])[]>;

/** The same as these schemas declare it. */
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

/** What was taken out of a payload: the texts and where each stood, as `consumer.name` or `proposals.0.text`. */
export type TakenOut = { payload: Record<string, unknown>; fields: string[]; texts: string[] };

/** A payload without the texts at these places; null where it has none there. What it was made of is not changed. */
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
  // An empty text says nothing of anybody, and a form may ask whether it is one.
  if (typeof member !== 'string' || member === '') return value;
  taken.fields.push(`${at}${name}`);
  taken.texts.push(member);
  const { [name]: _taken, ...rest } = value;
  return rest;
}

/** The payload with those texts in their places again. What stands nowhere in it is left out. */
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
