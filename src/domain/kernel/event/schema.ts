import type { z } from 'zod';
import type { Fact } from './event.ts';
import type { Refusal } from './ruling.ts';

/** Payload schemas of one stream kind, keyed by `type@version`. */
export type PayloadSchemas = Record<string, z.ZodType>;

export type ParsedPayload<Schemas extends PayloadSchemas> =
  | {
      [Key in keyof Schemas & string]: { key: Key; payload: z.infer<Schemas[Key]> };
    }[keyof Schemas & string]
  | { key: 'unknown' }
  | { key: 'invalid'; refusal: Refusal };

/** Turns the first issue of a zod error into a refusal that names field and rule. */
export function refusalOf(error: z.ZodError): Refusal {
  const issue = error.issues[0];
  const field = issue?.path.map(String).join('.');
  return {
    rule: 'payload-invalid',
    ...(field ? { field } : {}),
    parameters: { detail: issue?.message ?? '' },
  };
}

/** Reads a fact's payload by the schema for its type and version. */
export function readPayload<Schemas extends PayloadSchemas>(
  schemas: Schemas,
  fact: Fact,
): ParsedPayload<Schemas> {
  const key = `${fact.type}@${fact.version}`;
  const schema = Object.hasOwn(schemas, key) ? schemas[key] : undefined;
  if (!schema) return { key: 'unknown' };
  const parsed = schema.safeParse(fact.payload);
  if (!parsed.success) return { key: 'invalid', refusal: refusalOf(parsed.error) };
  // The key was found in `schemas`, and the payload was parsed by that schema.
  return { key, payload: parsed.data } as ParsedPayload<Schemas>;
}
