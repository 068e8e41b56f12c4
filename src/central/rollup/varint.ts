/**
 * Whole numbers from zero to 2^53 as bytes, seven bits each, the last one without its top bit (LEB128). Counters are
 * mostly below 128, so that most take one byte.
 */
export function packNumbers(numbers: readonly number[]): Buffer {
  const bytes: number[] = [];
  for (let value of numbers) {
    while (value >= 128) {
      bytes.push((value % 128) + 128);
      value = Math.floor(value / 128);
    }
    bytes.push(value);
  }
  return Buffer.from(bytes);
}

/** Calls back with every number in order. */
export function eachNumber(bytes: Uint8Array, take: (value: number) => void): void {
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    if (byte >= 128) {
      value += (byte - 128) * scale;
      scale *= 128;
    } else {
      take(value + byte * scale);
      value = 0;
      scale = 1;
    }
  }
}
