import { describe, expect, it } from 'vitest';
import { STREAMS } from '../../src/domain/streams.ts';

type Schema = { def: { type: string } & Record<string, unknown> };

/** Every member of a payload that holds a text, as a dotted path; items of lists are left out. */
function textsOf(schema: Schema, path: string[] = []): string[] {
  const { def } = schema;
  if (def.type === 'string') return [path.join('.')];
  if (def.type === 'object')
    return Object.entries(def['shape'] as Record<string, Schema>).flatMap(([key, inner]) =>
      textsOf(inner, [...path, key]),
    );
  if (['optional', 'nullable', 'default', 'prefault'].includes(def.type))
    return textsOf(def['innerType'] as Schema, path);
  if (def.type === 'pipe') return textsOf(def['in'] as Schema, path);
  return [];
}

const NAMED = /(?:^|\.)(?:name|\w+Name|\w*[cC]ontact|mediator|successor)$/;

/** What is called a name and is none of these, or was one of these before. */
const NOT_ENTERED: readonly string[] = [
  // Taken from the account of the person who asks, or of the person who gets the case.
  'resync-asked@1 by.name',
  'case-assigned@1 name',
  // Of the other entry, as it is on record.
  'merchant-merged@1 intoName',
  // A file's, as it is on the disk; goods, as the shop advertises them.
  'evidence-added@1 name',
  'decision-attached@1 name',
  'return-requested@1 request.goodsName',
  // Taken from the case, the return, or the promise that names them.
  'advance-requested@1 merchantName',
  'advance-requested@1 consumerName',
  'claim-filed@1 merchantName',
  'claim-filed@1 goodsName',
  'return-requested@1 purchasedAt.name',
  // From the account of who published it; from the register.
  'credit-policy-published@1 publishedBy.name',
  'guidance-offered@1 merchantName',
  'consent-granted@1 merchantName',
  'credit-line-granted@1 merchantName',
];

describe('what bears the name of a person, a business or a unit', () => {
  it.each(Object.values(STREAMS).map((stream) => [stream.kind, stream] as const))(
    '%s: is declared as one, in every version of every event',
    (_, stream) => {
      const missing = Object.entries(stream.schemas).flatMap(([key, schema]) => {
        const declared: readonly string[] = stream.names?.[key.slice(0, key.indexOf('@'))] ?? [];
        return textsOf(schema as unknown as Schema)
          .filter((path) => NAMED.test(path) && !declared.includes(path))
          .map((path) => `${key} ${path}`);
      });
      expect(missing.filter((one) => !NOT_ENTERED.includes(one))).toEqual([]);
    },
  );
});
