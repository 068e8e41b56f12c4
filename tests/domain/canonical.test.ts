import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/domain/kernel/event/canonical.ts';

/** The rule in its plainest form: every member in order of its key, written one by one. */
function plainly(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(plainly).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${plainly(member)}`).join(',')}}`;
}

const key = fc.oneof(
  fc.string({ maxLength: 4, unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', 'toJSON', '10', '9', '1a', '', 'é', '中', 'a', 'B'),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(key, fc.oneof(tie('any'), fc.constant(undefined)), { maxKeys: 6 }),
  ),
})).any;

describe('canonical JSON', () => {
  it('is the value with sorted keys, whatever the keys are', () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(canonicalJson(one)).toBe(plainly(one));
      }),
      { numRuns: 2000 },
    );
  });

  it('does not depend on the order in which members were written, and reads back the same', () => {
    fc.assert(
      fc.property(value, (one) => {
        const again: unknown = JSON.parse(canonicalJson(one));
        expect(canonicalJson(again)).toBe(canonicalJson(one));
      }),
      { numRuns: 500 },
    );
    expect(canonicalJson({ b: 1, a: { d: [2, { z: 0, y: undefined }], c: '中"\n' } })).toBe(
      '{"a":{"c":"中\\"\\n","d":[2,{"z":0}]},"b":1}',
    );
    expect(canonicalJson({ 10: 1, 9: 2, b: { a: 3 } })).toBe('{"10":1,"9":2,"b":{"a":3}}');
  });
});
