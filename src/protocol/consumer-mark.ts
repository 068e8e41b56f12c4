import { createHmac } from 'node:crypto';
import { parsePhone } from '../domain/text/index.ts';

/** Fewer figures are no number that anybody could be called on. */
const FEWEST_FIGURES = 7;

/**
 * The mark of a consumer: HMAC-SHA256 (RFC 2104) over their telephone number, as base64url. However it was typed, one
 * number has one mark; without the key, a mark leads back to no number. Null when there is no number to mark.
 * @param key 32 bytes that a district's centre and workstations share
 */
export function consumerMark(key: Uint8Array, phone: string): string | null {
  const read = parsePhone(phone);
  const number = read.kind === 'phone' ? read.phone : phone.replaceAll(/[^+\d]/g, '');
  if (number.replace('+', '').length < FEWEST_FIGURES) return null;
  return createHmac('sha256', key).update(number).digest('base64url');
}
