import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { readJson } from '../../src/central/kernel/http/json-body.ts';
import { pushBody } from '../../src/main/kernel/sync/batch.ts';

/** Longer than what is read in one piece. */
const FILLER = '长'.repeat(30_000);

/** What the engine makes of the same bytes, or that it makes nothing of them. */
function plainly(body: Buffer): unknown {
  try {
    return { value: JSON.parse(body.toString()) as unknown };
  } catch {
    return 'no JSON';
  }
}

function read(body: Buffer): unknown {
  try {
    return { value: readJson(body) };
  } catch {
    return 'no JSON';
  }
}

/** The longest text that is parsed at once meanwhile. */
function longestParsed(take: () => void): number {
  const parse = vi.spyOn(JSON, 'parse');
  take();
  const longest = Math.max(...parse.mock.calls.map(([text]) => text.length));
  parse.mockRestore();
  return longest;
}

describe('a body', () => {
  it('of a push is read fact by fact, and is what it was', () => {
    const facts = Array.from({ length: 100 }, (_, index) => ({
      index,
      text: `他说：“退款”\\n "quoted"\n\u2028\u{1f44d} ],\n{ ${'长'.repeat(500)}`,
    }));
    const body = Buffer.from(
      pushBody(
        facts.map((fact) => ({ body: Buffer.from(JSON.stringify(fact)) })),
        'signed',
        'attested',
      ),
    );
    expect(readJson(body)).toEqual({
      runs: true,
      events: facts,
      signature: 'signed',
      attestation: 'attested',
    });
    expect(longestParsed(() => readJson(body))).toBeLessThan(1000);
  });

  it('of one fact, of none and of nothing is read as well', () => {
    for (const facts of [[{ body: Buffer.from(JSON.stringify(FILLER)) }], []]) {
      const body = Buffer.from(pushBody(facts, 'signed', 'attested'));
      expect(read(body)).toEqual(plainly(body));
    }
    expect(readJson(Buffer.from(''))).toBeUndefined();
  });

  it('of more lines than a push has events is read in one piece', () => {
    const numbers = Array.from({ length: 100_000 }, (_, index) => index);
    const body = Buffer.from(`{"events":[\n${numbers.join(',\n')}\n]}`);
    expect(readJson(body)).toEqual({ events: numbers });
    expect(longestParsed(() => readJson(body))).toBe(body.length);
  });

  it('is what the engine makes of it, however its lines are laid and whatever is wrong with it', () => {
    const piece = fc.oneof(
      { weight: 3, arbitrary: fc.json() },
      { weight: 4, arbitrary: fc.constantFrom('\n', ',\n', '[\n', '\n]', '{"events":[', '"events":', ']}') },
      {
        weight: 2,
        arbitrary: fc.constantFrom('],"signature":"x"}', ',"events":[7]', '{', '}', '[', ']', ',', ':'),
      },
      fc.constantFrom('{"":[', '"":', '__proto__', '"__proto__":', '\\', '"', '\r\n'),
    );
    const laid = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    const whole = fc
      .record({
        start: fc.constantFrom('{"a":[1],', '{"a":[],', '{"a":{', '{'),
        items: fc.array(fc.json(), { maxLength: 6 }),
        between: fc.constantFrom(',\n', '\n', ',\n\n', ',,\n'),
        last: fc.constantFrom('\n', ',\n', ''),
        end: fc.constantFrom('}', ',"events":[]}', ',"events":[1]}', ',"":[2]}', '}}', ''),
      })
      .map(
        ({ start, items, between, last, end }) =>
          `${start}"events":[\n${items.join(between)}${last}],"b":2${end}`,
      );
    fc.assert(
      fc.property(fc.oneof(laid, whole), fc.boolean(), (text, inside) => {
        const filler = JSON.stringify(FILLER);
        const laidOut = inside ? text.replace('[', `[${filler},`) : text;
        const body = Buffer.from(`${laidOut}${' '.repeat(70_000)}`);
        expect(read(body)).toEqual(plainly(body));
      }),
      { numRuns: 1500 },
    );
  });
});
