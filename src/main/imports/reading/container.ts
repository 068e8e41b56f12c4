/** What a file is by its content; the name is never trusted. */
export type Container =
  | { kind: 'xlsx'; uncompressedBytes: number }
  | { kind: 'other-zip' }
  | { kind: 'encrypted-office' }
  | { kind: 'legacy-xls' }
  | { kind: 'other-binary' }
  | { kind: 'html' }
  | { kind: 'text' };

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const EMPTY_ZIP = [0x50, 0x4b, 0x05, 0x06];
/** Microsoft's compound file: .xls, .doc, and any Office file under a password. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const OTHER_BINARIES = [
  [0x25, 0x50, 0x44, 0x46], // PDF
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x52, 0x61, 0x72, 0x21], // RAR
  [0x37, 0x7a, 0xbc, 0xaf], // 7z
  [0x1f, 0x8b], // gzip
];

/** Tells the kind of a file from its first bytes and, for containers, from the names inside. */
export function detectContainer(bytes: Uint8Array): Container {
  if (startsWith(bytes, ZIP) || startsWith(bytes, EMPTY_ZIP)) {
    const entries = zipEntries(bytes);
    if (!entries.some((entry) => entry.name === 'xl/workbook.xml')) return { kind: 'other-zip' };
    return {
      kind: 'xlsx',
      uncompressedBytes: entries.reduce((sum, entry) => sum + entry.uncompressedBytes, 0),
    };
  }
  if (startsWith(bytes, COMPOUND)) {
    // Names in a compound file's directory are UTF-16LE.
    const names = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const holds = (name: string): boolean => names.includes(Buffer.from(name, 'utf16le'));
    if (holds('EncryptedPackage')) return { kind: 'encrypted-office' };
    return holds('Workbook') || holds('Book') ? { kind: 'legacy-xls' } : { kind: 'other-binary' };
  }
  if (OTHER_BINARIES.some((magic) => startsWith(bytes, magic))) return { kind: 'other-binary' };
  const start = Buffer.from(bytes.subarray(0, 512)).toString('latin1').trimStart().toLowerCase();
  // Several official systems export "Excel" files that are web pages inside.
  if (/^(\u00ef\u00bb\u00bf)?\s*<(!doctype html|html|table|\?xml|meta|head)/.test(start)) {
    return { kind: 'html' };
  }
  return { kind: 'text' };
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/** Names and sizes from the zip's central directory; sizes as the file claims them. */
function zipEntries(bytes: Uint8Array): { name: string; uncompressedBytes: number }[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: { name: string; uncompressedBytes: number }[] = [];
  const end = buffer.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > buffer.length) return entries;
  let at = buffer.readUInt32LE(end + 16);
  while (at + 46 <= buffer.length && buffer.readUInt32LE(at) === 0x02014b50) {
    const nameLength = buffer.readUInt16LE(at + 28);
    entries.push({
      name: buffer.toString('utf8', at + 46, at + 46 + nameLength),
      uncompressedBytes: buffer.readUInt32LE(at + 24),
    });
    at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return entries;
}
