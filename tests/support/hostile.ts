import fc from 'fast-check';

/** Texts that break what believes them. */
const ODD = [
  '',
  '\u0000',
  '\ud800',
  '\u202e',
  "'; DROP TABLE event; --",
  '../../etc/passwd',
  '%00',
  '%F0%28',
  '/HS',
  '/HS/C1/M01',
  '__proto__',
  '9'.repeat(400),
  '1e309',
  '-0',
  '{}',
  '[]',
  'null',
  '2026-02-30',
  '0000-00-00',
  '張'.repeat(5_000),
];

export const oddText = fc.oneof(
  fc.constantFrom(...ODD),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string(),
);
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.double(),
  fc.constantFrom(null, true, Number.MAX_SAFE_INTEGER, -1, 2 ** 40),
  fc.array(fc.oneof(oddText, fc.jsonValue({ maxDepth: 2 })), { maxLength: 4 }),
  fc.jsonValue({ maxDepth: 4 }),
);

/** Bodies of requests: members that calls look for with values that they do not, and what is no JSON at all. */
export const oddBody = (names: readonly string[], wrapped = (inside: unknown): unknown => inside) =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .dictionary(fc.oneof(fc.constantFrom(...names), oddText), oddValue, { maxKeys: 6 })
        .map((one) => JSON.stringify(wrapped(one))),
    },
    { weight: 1, arbitrary: oddValue.map((one) => JSON.stringify(wrapped(one)) ?? '') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('{', '{"a":', '[1,]', '\ufeff{}', '['.repeat(5_000), '{"a":1}{"b":2}'),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  );
