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

/** What was packed, number by number. */
export type NumberReader = {
  /** False once all have been read. */
  more(): boolean;
  /** The next one; to be asked only while there are more. */
  next(): number;
};

export function readNumbers(bytes: Uint8Array): NumberReader {
  let at = 0;
  return {
    more: () => at < bytes.length,
    next: () => {
      let byte = bytes[at++] ?? 0;
      if (byte < 128) return byte;
      let value = 0;
      let scale = 1;
      while (byte >= 128) {
        value += (byte - 128) * scale;
        scale *= 128;
        byte = bytes[at++] ?? 0;
      }
      return value + byte * scale;
    },
  };
}
