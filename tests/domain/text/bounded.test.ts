import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { centralContract } from '../../../src/contract/centre/index.ts';
import { workstationContract } from '../../../src/contract/workstation/index.ts';
import { STREAMS } from '../../../src/domain/streams.ts';

/** What of JSON Schema says how much a value may hold. */
type Schema = {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string;
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  maxLength?: number;
  maximum?: number;
  maxItems?: number;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  prefixItems?: Schema[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
};

/** Formats whose own pattern has an end. */
const ENDING = new Set(['date', 'date-time', 'time', 'uuid', 'uri']);
/** A repetition without an end, outside of a class of characters and not escaped. */
const ENDLESS = /[*+]|,\}/;

const isEndless = ({ maxLength, format = '', pattern }: Schema): boolean =>
  maxLength === undefined &&
  !ENDING.has(format) &&
  (pattern === undefined || ENDLESS.test(pattern.replaceAll(/\\.|\[[^\]]*\]/g, '')));

/** Where a value could grow without an end, by dotted path. */
function endless(
  schema: Schema | boolean | undefined,
  at: string,
  root: Schema,
  seen: string[] = [],
): string[] {
  if (typeof schema !== 'object') return [];
  const { $ref } = schema;
  if ($ref !== undefined)
    return seen.includes($ref)
      ? []
      : endless(root.$defs?.[$ref.slice($ref.lastIndexOf('/') + 1)], at, root, [...seen, $ref]);
  if (schema.enum !== undefined || 'const' in schema) return [];
  const within = (one: Schema | boolean | undefined, name: string): string[] =>
    endless(one, `${at}${name}`, root, seen);
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const found = choices.flatMap((one) => within(one, ''));
  switch (schema.type) {
    case 'string':
      return isEndless(schema) ? [...found, at] : found;
    case 'number':
    case 'integer':
      return schema.maximum === undefined ? [...found, at] : found;
    case 'array': {
      const items = [...(schema.prefixItems ?? []), schema.items].flatMap((one) => within(one, '[]'));
      const isOpen = schema.maxItems === undefined && schema.prefixItems === undefined;
      return [...found, ...(isOpen ? [at] : []), ...items];
    }
    case 'object':
      return [
        ...found,
        ...Object.entries(schema.properties ?? {}).flatMap(([name, one]) => within(one, `.${name}`)),
        ...within(schema.propertyNames, '.key'),
        ...within(schema.additionalProperties, '.*'),
      ];
    case undefined:
      // Several patterns of one text stand beside one another without a type; nothing at all is anything.
      return choices.length > 0 || schema.pattern !== undefined ? found : [...found, at];
    default:
      return found;
  }
}

function endlessIn(schema: z.ZodType, at: string): string[] {
  // What is read, before anything is made of it.
  const root = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Schema;
  return [...new Set(endless(root, at, root))];
}

/** Each call's input schema, by its path. */
function inputs(router: object, at: string): [string, z.ZodType][] {
  const definition: unknown = Reflect.get(router, '~orpc');
  if (typeof definition === 'object' && definition !== null) {
    const schema: unknown = Reflect.get(definition, 'inputSchema');
    return schema instanceof z.ZodType ? [[at, schema]] : [];
  }
  return Object.entries(router).flatMap(([name, one]: [string, unknown]) =>
    typeof one === 'object' && one !== null ? inputs(one, `${at}${at === '' ? '' : '.'}${name}`) : [],
  );
}

describe('what comes from outside', () => {
  it('has an end in every fact that a release knows', () => {
    const schemas = STREAMS.flatMap(({ schemas: all }) => Object.entries<z.ZodType>(all));
    expect(schemas.length).toBeGreaterThan(100);
    expect(schemas.flatMap(([key, schema]) => endlessIn(schema, key))).toEqual([]);
  });

  it('has an end in every call of the centre, but for what each fact’s own schema bounds', () => {
    const all = inputs(centralContract, '');
    expect(all.length).toBeGreaterThan(40);
    expect(all.flatMap(([path, schema]) => endlessIn(schema, path))).toEqual([
      'push.events[].payload',
      'creditPolicy.policy',
      'admin.publishCreditPolicy.policy',
      'admin.publishFinanceProducts.products',
    ]);
  });

  it('has an end in every call of the workstation, but for what a person’s own file or form holds', () => {
    const all = inputs(workstationContract, '');
    expect(all.length).toBeGreaterThan(100);
    expect(all.flatMap(([path, schema]) => endlessIn(schema, path)).toSorted()).toEqual([
      'credits.sendPolicy.policy',
      'drafts.save.values.*',
    ]);
  });

  it('is found where it has none', () => {
    const open = z.object({
      text: z.string(),
      list: z.array(z.string().max(3)),
      inner: z.object({ pattern: z.string().regex(/^a+$/), known: z.enum(['a']) }).nullable(),
      day: z.iso.date(),
      bounded: z.string().regex(/^[a+*]{1,3}$/),
    });
    expect(endlessIn(open, 'open')).toEqual(['open.text', 'open.list', 'open.inner.pattern']);
  });
});
