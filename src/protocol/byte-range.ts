/** Bytes of content from `start` to before `end`. */
export type ByteRange = { start: number; end: number; partial: boolean };

/**
 * Parses a `Range` header with one range (RFC 9110). Null when it cannot be satisfied; a header that is not understood
 * means the whole content, as the standard requires.
 */
export function byteRange(header: string | null | undefined, size: number): ByteRange | null {
  const whole = { start: 0, end: size, partial: false };
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null) return whole;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return whole;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  return start >= size || start >= end ? null : { start, end, partial: true };
}
