import { z } from 'zod';
import { maskAddress, maskIdNumber, maskName, maskPhone } from './mask.ts';

/** What of a person a field holds. */
export type PersonalKind = 'name' | 'phone' | 'address' | 'id-number';
/**
 * `business`: said of a business, in a field of a name under which others hold what is a person's. `told`: free text about people, which is
 * shown as it was written, and erased with what is personal.
 */
type Declared = { of: PersonalKind | 'business' | 'told'; keptIn: string | null };

const declared = z.registry<Declared>();

/**
 * Declares a field of an event as personal, once for all that leaves a service. As the last link of its chain: what is made of the
 * schema behind it (but `.optional()` and the like) does not have it. `keptIn` is the member of the state in which it then lies, where
 * the payload itself is no member of anything.
 */
export function personal<Schema extends z.ZodType>(
  of: PersonalKind,
  schema: Schema,
  { keptIn = null }: { keptIn?: string | null } = {},
): Schema {
  // Another instance each time: the same schema may stand in another field that is nobody's.
  const own = schema.clone();
  declared.add(own, { of, keptIn });
  return own;
}

/**
 * Declares a field as free text in which anything may be said of people: no mask is put on it, and it is sealed and erased with the record's
 * personal data. `keptIn` is the only member of the state in which it lies, where its name means something else elsewhere.
 */
export function told<Schema extends z.ZodType>(
  schema: Schema,
  { keptIn = null }: { keptIn?: string | null } = {},
): Schema {
  const own = schema.clone();
  declared.add(own, { of: 'told', keptIn });
  return own;
}

/** Declares that a field of such a name is a business's own, and shown as it is. */
export function business<Schema extends z.ZodType>(schema: Schema): Schema {
  const own = schema.clone();
  declared.add(own, { of: 'business', keptIn: null });
  return own;
}

/** A field of a payload: its name, that of the member it stands in (none at the top), and what it was declared to be. */
export type FieldOfPayload = {
  within: string | null;
  name: string;
  /** Names from the top of the payload to the field, `*` for each place of a list. */
  path: readonly string[];
  declared: Declared | null;
};

/** Every field of a schema with its name, its place and what it was declared to be, however deep it stands. */
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

/** The schemas that a wrapper, a list or a choice is made of. */
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

/** Where personal data stands in what leaves a service, made of the schemas of all events. */
export type PersonalPlaces = {
  /** By the name of the field alone: no schema has one of that name that is nobody's. */
  anywhere: ReadonlyMap<string, PersonalKind>;
  /** By the member and the field in it: `consumer.phone`. */
  inside: ReadonlyMap<string, PersonalKind>;
  /** At the top of a payload, by `type@version`, and by the type alone where no version is said. */
  ofPayload: ReadonlyMap<string, ReadonlyMap<string, PersonalKind>>;
  /** By the name of the field, whatever else may bear it: for payloads of a version that this release does not know. */
  named: ReadonlyMap<string, PersonalKind>;
};

/** The places that these schemas declare. */
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
 * What leaves a service, with the personal data in it masked: telephones, addresses and identity numbers always, names where `names`
 * says so. What holds none is given back as it is, not copied. Anything but plain objects and lists (bytes, streams) passes.
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
      // What is in a payload that nobody knows is judged by its names, however deep it stands.
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
    // Only texts have become other texts.
    return walk(answer, null, null) as Answer;
  };
}

/** What is personal at the top of an event's payload; of one that is not known, whatever is so anywhere. */
function placesOfEvent(
  places: PersonalPlaces,
  { type, version }: Record<string, unknown>,
): ReadonlyMap<string, PersonalKind> {
  const event = typeof version === 'number' ? `${String(type)}@${version}` : String(type);
  return places.ofPayload.get(event) ?? places.named;
}

/** A list with each of its elements changed; the very same one where none was. */
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
