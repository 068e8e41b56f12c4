import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printedCode, readPrintedCode } from '../../src/domain/document/index.ts';

const code = fc.stringMatching(/^[0-9A-F]{12}$/).map((letters) => (letters.match(/.{4}/g) ?? []).join('-'));
const number = fc.stringMatching(/^[甬海市监调〔〕第号A-Z0-9:%（）-]{3,40}$/);

it('a QR code says number and code in signs that every hand scanner types, and is read back whatever the input method makes of it', () => {
  fc.assert(
    fc.property(number, code, (of, its) => {
      const text = printedCode({ number: of, code: its });
      expect(text).toMatch(/^[\x21-\x7E]+$/);
      expect(readPrintedCode(text)).toEqual({ number: of, code: its });
      const wide = text.replaceAll(/[!-~]/g, (one) =>
        String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0),
      );
      expect(readPrintedCode(` ${wide}\r\n`)).toEqual({ number: of, code: its });
    }),
  );
});

it('what is none of ours is not read', () => {
  for (const text of [
    '',
    'https://example.org',
    '6901234567892',
    'HESHI:HS-1',
    'HESHI:%E7:0000-1111-2222',
    'X:1:0000-1111-2222',
  ])
    expect(readPrintedCode(text)).toBeNull();
});
