import { z } from 'zod';
import { maskAddress, maskIdNumber, maskName, maskPhone } from './mask.ts';

/** The kind of personal data a field holds. */
export type PersonalKind = 'name' | 'phone' | 'address' | 'id-number';
/**
 * `business`: data of a business, in a field whose name elsewhere holds personal data. `told`: free text about people, which is shown
 * as written and erased together with personal data.
 */
type Declared = { of: PersonalKind | 'business' | 'told'; keptIn: string | null };

const declared = z.registry<Declared>();

/**
 * Declares a field of an event as personal, for masking wherever it leaves a service. Must be the last link of a schema's chain (except
 * `.optional()` and the like), since derived schemas do not inherit it. `keptIn` is the member of the state that holds the field, when
 * the payload itself does not say.
 */
export function personal<Schema extends z.ZodType>(
  of: PersonalKind,
  schema: Schema,
  { keptIn = null }: { keptIn?: string | null } = {},
): Schema {
  // A new instance each time: the same schema may also be used for a field that is not personal.
  const own = schema.clone();
  declared.add(own, { of, keptIn });
  return own;
}

/**
 * Declares a field as free text about people: it is not masked, but sealed and erased together with the record's personal data. `keptIn`
 * restricts it to one member of the state, when the name means something else elsewhere.
 */
export function told<Schema extends z.ZodType>(
  schema: Schema,
  { keptIn = null }: { keptIn?: string | null } = {},
): Schema {
  const own = schema.clone();
  declared.add(own, { of: 'told', keptIn });
  return own;
}

/** Declares that a field with such a name belongs to a business and is shown unmasked. */
export function business<Schema extends z.ZodType>(schema: Schema): Schema {
  const own = schema.clone();
  declared.add(own, { of: 'business', keptIn: null });
  return own;
}

/** A field of a payload: its name, the member that contains it (null at the top), and its declaration. */
export type FieldOfPayload = {
  within: string | null;
  name: string;
  /** Path from the top of the payload, with `*` for each element of a list. */
  path: readonly string[];
  declared: Declared | null;
};

/** Every field of a schema, at any depth, with its name, path and declaration. */
export function fieldsOf(schema: z.ZodType): FieldOfPayload[] {
  return fieldsBelow(schema, null, []);
}

function fieldsBelow(schema: z.ZodType, within: string | null, above: readonly string[]): FieldOfPayload[] {
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, one]: [string, z.ZodType]) => [
      { within, name, path: [...above, name], declared: declarationOf(one) },
      ...fieldsBelow(one, name, [...above, name]),
    ]);
  const place = schema instanceof z.ZodArray || schema instanceof z.ZodRecord ? [...above, '*'] : above;
  return innerOf(schema).flatMap((inner) => fieldsBelow(inner, within, place));
}

function declarationOf(schema: z.ZodType): Declared | null {
  const own = declared.get(schema);
  if (own !== undefined) return own;
  if (schema instanceof z.ZodObject) return null;
  return (
    innerOf(schema)
      .map(declarationOf)
      .find((one) => one !== null) ?? null
  );
}

/** The inner schemas of a wrapper, a list or a union. */
function innerOf(schema: z.ZodType): z.ZodType[] {
  const inner =
    schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
      ? [schema.unwrap()]
      : schema instanceof z.ZodArray
        ? [schema.element]
        : schema instanceof z.ZodUnion
          ? schema.options
          : schema instanceof z.ZodRecord
            ? [schema.valueType]
            : schema instanceof z.ZodPipe
              ? [schema.in]
              : [];
  return inner as z.ZodType[];
}

/** Where personal data occurs in the answers of services, derived from the schemas of all events. */
export type PersonalPlaces = {
  /** By field name alone: no schema has a field of that name that is not personal. */
  anywhere: ReadonlyMap<string, PersonalKind>;
  /** By member and field: `consumer.phone`. */
  inside: ReadonlyMap<string, PersonalKind>;
  /** At the top of a payload, by `type@version`, and by type alone when no version is given. */
  ofPayload: ReadonlyMap<string, ReadonlyMap<string, PersonalKind>>;
  /** By field name, even if ambiguous: for payloads of versions this release does not know. */
  named: ReadonlyMap<string, PersonalKind>;
};

/** The places declared by these schemas. */
export function personalPlaces(schemas: readonly Readonly<Record<string, z.ZodType>>[]): PersonalPlaces {
  const anywhere = new Map<string, PersonalKind>();
  const inside = new Map<string, PersonalKind>();
  const ofPayload = new Map<string, Map<string, PersonalKind>>();
  const named = new Map<string, PersonalKind>();
  const others = new Set<string>();
  for (const [key, schema] of schemas.flatMap((all) => Object.entries(all))) {
    const top = new Map<string, PersonalKind>();
    const [type = ''] = key.split('@');
    const ofType = ofPayload.get(type) ?? new Map<string, PersonalKind>();
    ofPayload.set(key, top).set(type, ofType);
    for (const { within, name, declared: one } of fieldsOf(schema)) {
      if (one === null || one.of === 'business' || one.of === 'told') {
        others.add(name);
        continue;
      }
      named.set(name, one.of);
      if (within === null) {
        top.set(name, one.of);
        ofType.set(name, one.of);
      } else inside.set(`${within}.${name}`, one.of);
      if (one.keptIn !== null) inside.set(`${one.keptIn}.${name}`, one.of);
      anywhere.set(name, one.of);
    }
  }
  for (const name of others) anywhere.delete(name);
  return { anywhere, inside, ofPayload, named };
}

const MASKS: Record<PersonalKind, (value: string) => string> = {
  name: maskName,
  phone: maskPhone,
  address: maskAddress,
  'id-number': maskIdNumber,
};

const isRecord = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/**
 * Masks personal data in an answer: telephone numbers, addresses and identity numbers always, names when `names` is set. A value without
 * any is returned as it is, not copied. Anything other than plain objects and arrays (bytes, streams) passes through.
 */
export function createMask(
  places: PersonalPlaces,
): <Answer>(answer: Answer, shown: { names: boolean }) => Answer {
  return <Answer>(answer: Answer, { names }: { names: boolean }): Answer => {
    const mask = (kind: PersonalKind | undefined, value: unknown): unknown =>
      kind === undefined || typeof value !== 'string' || (kind === 'name' && !names)
        ? value
        : MASKS[kind](value);
    const kindOf = (
      within: string | null,
      name: string,
      top: ReadonlyMap<string, PersonalKind> | null,
    ): PersonalKind | undefined =>
      top?.get(name) ?? places.inside.get(`${within}.${name}`) ?? places.anywhere.get(name);
    const walk = (
      value: unknown,
      within: string | null,
      top: ReadonlyMap<string, PersonalKind> | null,
    ): unknown => {
      if (Array.isArray(value)) return changed(value, (one) => walk(one, within, top));
      if (!isRecord(value)) return value;
      const entry = typeof value.type === 'string' && isRecord(value.payload);
      const correction = 'before' in value && 'after' in value ? value.field : undefined;
      // In unknown payloads fields are judged by name, at any depth.
      const deeper = top === places.named ? top : null;
      let copy: Record<string, unknown> | null = null;
      for (const [name, one] of Object.entries(value)) {
        const kind =
          typeof correction === 'string' && (name === 'before' || name === 'after')
            ? places.anywhere.get(correction)
            : kindOf(within, name, top);
        const next =
          typeof one === 'string'
            ? mask(kind, one)
            : walk(one, name, entry && name === 'payload' ? placesOfEvent(places, value) : deeper);
        if (next === one) continue;
        copy ??= { ...value };
        copy[name] = next;
      }
      return copy ?? value;
    };
    // Only texts were replaced by texts.
    return walk(answer, null, null) as Answer;
  };
}

/** The personal fields at the top of an event's payload; for an unknown event, all names that are personal anywhere. */
function placesOfEvent(
  places: PersonalPlaces,
  { type, version }: Record<string, unknown>,
): ReadonlyMap<string, PersonalKind> {
  const event = typeof version === 'number' ? `${String(type)}@${version}` : String(type);
  return places.ofPayload.get(event) ?? places.named;
}

/** Maps a list; returns the same list when no element changed. */
function changed(list: readonly unknown[], change: (one: unknown) => unknown): readonly unknown[] {
  let copy: unknown[] | null = null;
  for (const [place, one] of list.entries()) {
    const next = change(one);
    if (next === one) continue;
    copy ??= [...list];
    copy[place] = next;
  }
  return copy ?? list;
}
