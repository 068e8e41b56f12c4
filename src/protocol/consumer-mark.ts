import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { parsePhone } from '../domain/kernel/text/index.ts';

/** Fewer figures are no number that anybody could be called on. */
const FEWEST_FIGURES = 7;

/**
 * The mark of a consumer: HMAC-SHA256 (RFC 2104) over their telephone number, as base64url. However it was typed, one
 * number has one mark; without the key, a mark leads back to no number. Null when there is no number to mark.
 * @param key 32 bytes that a district's centre and workstations share; who makes many marks prepares it once
 */
export function consumerMark(key: Uint8Array | KeyObject, phone: string): string | null {
  const number = numberOf(phone);
  if (number.replace('+', '').length < FEWEST_FIGURES) return null;
  return createHmac('sha256', key).update(number).digest('base64url');
}

/** A key that is ready to be used: eight times as fast as its bytes. */
export function prepareMarkKey(key: Uint8Array): KeyObject {
  return createSecretKey(key);
}

function numberOf(phone: string): string {
  // Nearly every number of a fact is one that needs no reading; thousands of them come in a second.
  if (/^1[3-9]\d{9}$/.test(phone)) return phone;
  const read = parsePhone(phone);
  return read.kind === 'phone' ? read.phone : phone.replaceAll(/[^+\d]/g, '');
}
