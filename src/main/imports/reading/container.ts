/** What a file is by its content; the name is never trusted. */
export type Container =
  | { kind: 'zip' }
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

/** Tells the kind of a file from its first bytes and, for compound files, from the names inside. */
export function detectContainer(bytes: Uint8Array): Container {
  if (startsWith(bytes, ZIP) || startsWith(bytes, EMPTY_ZIP)) {
    return { kind: 'zip' };
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

/** Whether a packed file whose directory cannot be read was to be a spreadsheet: then it is damaged, and not another thing. */
export function isSpreadsheet(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  return /\[Content_Types\]\.xml|xl[/\\]|opendocument\.spreadsheet/i.test(start);
}
