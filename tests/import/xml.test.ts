import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXml } from '../../src/main/imports/reading/xml.ts';

type Told = { open: string; attributes: Record<string, string> } | { text: string } | { close: string };

/** What a reader is told of a document that arrives in these pieces; texts that follow one another are one. */
async function told(pieces: readonly Uint8Array[]): Promise<Told[]> {
  const all: Told[] = [];
  async function* arriving(): AsyncGenerator<Uint8Array> {
    yield* pieces;
  }
  await readXml(arriving(), {
    open: (open, attributes) => all.push({ open, attributes: { ...attributes } }),
    text: (data) => {
      const last = all.at(-1);
      if (last !== undefined && 'text' in last) last.text += data;
      else all.push({ text: data });
    },
    close: (close) => all.push({ close }),
  });
  return all;
}

const DOCUMENT = `<?xml version="1.0"?><!-- one <c> of many --><x:sheet xmlns:x="u"><x:row r='1'><c r="A&amp;1" t=""/>
<v>𠮷 &lt; &#x4e00;</v><![CDATA[<raw> ]] ]]></x:row><a><b>left open</a></never></x:sheet>`;
const EXPECTED: Told[] = [
  { open: 'sheet', attributes: { x: 'u' } },
  { open: 'row', attributes: { r: '1' } },
  { open: 'c', attributes: { r: 'A&1', t: '' } },
  { close: 'c' },
  { text: '\n' },
  { open: 'v', attributes: {} },
  { text: '𠮷 < 一' },
  { close: 'v' },
  { text: '<raw> ]] ' },
  { close: 'row' },
  { open: 'a', attributes: {} },
  { open: 'b', attributes: {} },
  { text: 'left open' },
  { close: 'b' },
  { close: 'a' },
  { close: 'sheet' },
];

describe('the elements of a part', () => {
  it('are the same however it is cut on its way, in any encoding of Unicode', async () => {
    const little = Buffer.from(`\uFEFF${DOCUMENT}`, 'utf16le');
    for (const whole of [Buffer.from(DOCUMENT), little, Buffer.from(little).swap16()]) {
      const piece = fc.nat(whole.length);
      await fc.assert(
        fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (cuts) => {
          const places = [2, ...cuts.filter((cut) => cut > 2), whole.length].toSorted((a, b) => a - b);
          const pieces = places.map((place, index) => whole.subarray(places[index - 1] ?? 0, place));
          expect(await told(pieces)).toEqual(EXPECTED);
        }),
        { numRuns: 60 },
      );
    }
  });

  it('are one of them cut after each byte', async () => {
    expect(await told([...Buffer.from(DOCUMENT)].map((byte) => Uint8Array.of(byte)))).toEqual(EXPECTED);
  });

  it('must have an end, and must not stand too deep in one another', async () => {
    await expect(told([Buffer.from('<a><b></b>')])).rejects.toThrow('damaged-xlsx');
    await expect(told([Buffer.from('<a>'.repeat(300))])).rejects.toThrow('damaged-xlsx');
    expect(await told([])).toEqual([]);
  });
});
