import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { readBarcodes } from 'zxing-wasm/reader';

const packages = createRequire(import.meta.url);

/** The reader, once it was needed: its program is a megabyte, and most workstations verify nothing. */
let reader: Promise<typeof readBarcodes> | undefined;

async function load(): Promise<typeof readBarcodes> {
  const zxing = await import('zxing-wasm/reader');
  // Left to itself it would fetch its program from the network.
  const program = await readFile(packages.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const wasmBinary = program.buffer.slice(program.byteOffset, program.byteOffset + program.byteLength);
  await zxing.prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  return zxing.readBarcodes;
}

/** The texts of all QR codes in a picture (PNG, JPEG and what else its reader knows); none where it is no picture. */
export async function readQrCodes(picture: Uint8Array): Promise<string[]> {
  const read = await (reader ??= load());
  try {
    const found = await read(picture, {
      formats: ['QRCode'],
      tryHarder: true,
      maxNumberOfSymbols: 8,
    });
    return found.filter((one) => one.isValid).map((one) => one.text);
  } catch {
    // Not a picture, or not one that it can decode.
    return [];
  }
}
