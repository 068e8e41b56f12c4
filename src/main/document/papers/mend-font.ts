const EXTENSION = 7;
const REVERSE_CHAINING = 8;

/**
 * A font as pdfkit's reader can read it. Reverse chaining substitutions (OpenType GSUB, lookup type 8), which it cannot, are
 * emptied: a font that has any, as that of Mongolian does, could not be drawn at all, and what is lost are few joining
 * forms. Behind an empty glyph at the very end of a file it reads on, so that there is something to read. A font that needs
 * neither is given back as it is.
 */
export function mended(font: Buffer): Buffer {
  const chaining = reverseChaining(font);
  if (chaining.length === 0 && font.length > LARGE) return font;
  const changed = Buffer.concat([font, Buffer.alloc(16)]);
  for (const lookup of chaining) changed.writeUInt16BE(0, lookup + 4);
  return changed;
}

/** So large are fonts of ideographs, which have no such glyph at their end and would be long in copying. */
const LARGE = 5_000_000;

/** Where the lookups of that type begin. */
function reverseChaining(font: Buffer): number[] {
  const table = offsetOf(font, 'GSUB');
  if (table === null) return [];
  const list = table + font.readUInt16BE(table + 8);
  return Array.from(
    { length: font.readUInt16BE(list) },
    (_, index) => list + font.readUInt16BE(list + 2 + index * 2),
  ).filter((lookup) => typeOf(font, lookup) === REVERSE_CHAINING);
}

/** The type of a lookup's substitutions, also where they are kept elsewhere in the table. */
function typeOf(font: Buffer, lookup: number): number {
  const type = font.readUInt16BE(lookup);
  if (type !== EXTENSION || font.readUInt16BE(lookup + 4) === 0) return type;
  return font.readUInt16BE(lookup + font.readUInt16BE(lookup + 6) + 2);
}

/** Where a table begins, or null where the font has none. */
function offsetOf(font: Buffer, tag: string): number | null {
  const tables = font.readUInt16BE(4);
  for (let index = 0; index < tables; index += 1) {
    const record = 12 + index * 16;
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
  }
  return null;
}
