import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/**
 * Noto Sans SC (OFL 1.1) from the npm package, found by module resolution: the package stays outside
 * the bundle, so this works from source, from `out/` and from an application archive alike.
 * (Not named `require`: the bundle's head declares that name.)
 */
const packages = createRequire(import.meta.url);

export type DocumentFonts = {
  regular: Buffer;
  bold: Buffer;
  /** Whether the font can show a character (code point). */
  shows: (codePoint: number) => boolean;
};

/** Reads both weights, 10 MB each, anew every time: printing is rare, and the memory is better kept free. */
export async function loadFonts(): Promise<DocumentFonts> {
  const folder = '@expo-google-fonts/noto-sans-sc';
  const [regular, bold] = await Promise.all([
    readFile(packages.resolve(`${folder}/400Regular/NotoSansSC_400Regular.ttf`)),
    readFile(packages.resolve(`${folder}/700Bold/NotoSansSC_700Bold.ttf`)),
  ]);
  const ranges = characterRanges(regular);
  return {
    regular,
    bold,
    shows: (codePoint) => ranges.some(([first, last]) => first <= codePoint && codePoint <= last),
  };
}

/**
 * The ranges of characters in a TrueType font: the groups of its `cmap` subtable of format 12
 * (OpenType specification, cmap). A PDF shows an empty box for anything else, which on an agreement
 * would be a name nobody can read, so the caller has to know. Throws when there is no such subtable.
 */
function characterRanges(font: Buffer): [first: number, last: number][] {
  const tables = font.readUInt16BE(4);
  let cmap = -1;
  for (let index = 0; index < tables; index += 1) {
    const record = 12 + index * 16;
    if (font.toString('latin1', record, record + 4) === 'cmap') cmap = font.readUInt32BE(record + 8);
  }
  if (cmap < 0) throw new Error('The document font has no character map');
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index += 1) {
    const subtable = cmap + font.readUInt32BE(cmap + 4 + index * 8 + 4);
    if (font.readUInt16BE(subtable) !== 12) continue;
    const groups = font.readUInt32BE(subtable + 12);
    return Array.from({ length: groups }, (_, group) => {
      const at = subtable + 16 + group * 12;
      return [font.readUInt32BE(at), font.readUInt32BE(at + 4)];
    });
  }
  throw new Error('The document font has no full character map');
}

/**
 * Text as the document can print it: line ends unified, control characters gone, and a character that
 * the font does not have written as its code (`□U+2B7A9`), so that it is seen to be missing.
 */
export function printable(text: string, fonts: Pick<DocumentFonts, 'shows'>): string {
  const clean = text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/[^\P{C}\n]/gu, '')
    .normalize('NFC');
  return Array.from(clean)
    .map((character) => {
      const codePoint = character.codePointAt(0) ?? 0;
      if (character === '\n' || fonts.shows(codePoint)) return character;
      return `□U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
    })
    .join('');
}
