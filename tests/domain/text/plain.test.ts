import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  faultOfText,
  faultOfValue,
  isTooDeep,
  keptText,
  keptValue,
  plainText,
  plainValue,
} from '../../../src/domain/kernel/text/index.ts';

const clean = fc.string({ unit: 'grapheme' }).filter((text) => faultOfText(text) === null);
const control = fc.constantFrom('\u0000', '\u0007', '\b', '\f', '\u001b', '\u007f', '\u0085');
const half = fc.constantFrom('\ud83d', '\ude00', '\udfff');
/** A text with one thing in it that cannot be kept, and which. */
const broken = fc
  .tuple(
    clean,
    clean,
    fc.oneof(
      control.map((sign) => ({ sign, rule: 'text-control' })),
      half.map((sign) => ({ sign, rule: 'text-broken' })),
    ),
  )
  .map(([before, after, { sign, rule }]) => ({ text: `${before}${sign}${after}`, before, after, rule }));
const member = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 3 });

describe('a text', () => {
  it('keeps line ends and tabs, and all that people write', () => {
    for (const text of ['一\n二\t三\r\n', '𠮷㐂👨‍👩‍👧', 'ئۇيغۇرچە', 'ᠮᠣᠩᠭᠣᠯ\u180eᠠ', ''])
      expect(faultOfText(text)).toBeNull();
  });

  it('says what cannot be kept, and is the same text without it', () => {
    fc.assert(
      fc.property(broken, ({ text, before, after, rule }) => {
        expect(faultOfText(text)).toBe(rule);
        expect(keptText(text)).toBe(before + after);
        expect(faultOfText(plainText(text))).toBeNull();
      }),
    );
  });

  it('is as people see it: composed, one kind of line end, nothing that shows nothing', () => {
    expect(plainText('e\u0301\r\nb\rc\u200b\ufeffd\u202ee')).toBe('é\nb\ncde');
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
        (text) => {
          const plain = plainText(text);
          expect(plainText(plain)).toBe(plain);
          expect(plain.normalize('NFC')).toBe(plain);
          expect(faultOfText(plain)).toBeNull();
        },
      ),
    );
  });
});

describe('a value', () => {
  it('is itself where all of it can be kept', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        fc.pre(faultOfValue(value) === null);
        expect(keptValue(value)).toBe(value);
      }),
    );
  });

  it('names the place of what cannot, however deep, and keeps the rest', () => {
    fc.assert(
      fc.property(
        broken,
        fc.array(member, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        ({ text, before, after, rule }, path, listed) => {
          const around = (end: unknown): unknown =>
            path.reduceRight<unknown>((inner, name) => ({ a0: 1, [name]: inner }), listed ? [end] : end);
          const value = around(text);
          expect(faultOfValue(value)).toEqual({ rule, field: [...path, ...(listed ? ['0'] : [])].join('.') });
          expect(keptValue(value)).toEqual(around(before + after));
          expect(faultOfValue(plainValue(value))).toBeNull();
        },
      ),
    );
  });

  it('has names of members that can be kept too', () => {
    expect(faultOfValue({ a: { 'b\u0000': 1 } })).toEqual({ rule: 'text-control', field: 'a' });
    expect(keptValue({ a: { 'b\u0000': 1 } })).toEqual({ a: { b: 1 } });
  });

  it('stays what it is where it is no array and no plain object', () => {
    const bytes = Uint8Array.of(0, 7);
    expect(plainValue({ bytes, nothing: undefined }).bytes).toBe(bytes);
  });

  it('is not too deep at 32, and at 33 it is', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 'x' : [nested(levels - 1)]);
    expect(isTooDeep(nested(32))).toBe(false);
    expect(isTooDeep(nested(33))).toBe(true);
  });
});
