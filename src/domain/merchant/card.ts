import { canonicalJson } from '../kernel/event/canonical.ts';
import type { MerchantCommitment } from './commitments.ts';

/** So much of a merchant's id stands in the number of its cards: its end, since ids begin with the time. */
const ID_END = 12;

const NUMBER = /^P-([0-9A-F]{12})-(\d{1,6})$/;

/** The number of the card of one version of a merchant's promise. */
export function cardNumber(merchantId: string, version: number): string {
  return `P-${merchantId.replaceAll('-', '').slice(-ID_END).toUpperCase()}-${version}`;
}

/** Which merchant's id ends how, and which version, a number says; null when it is none of a card. */
export function readCardNumber(number: string): { idEnd: string; version: number } | null {
  const read = NUMBER.exec(number.trim().toUpperCase());
  return read ? { idEnd: (read[1] ?? '').toLowerCase(), version: Number(read[2]) } : null;
}

/** All that a card says of a version, as one text of which its code is made; when it ends stands on no card. */
export function cardContent(merchantId: string, commitment: MerchantCommitment): string {
  const { effectiveTo: _end, proposed: _proposed, confirmed: _confirmed, ...said } = commitment;
  return canonicalJson({ merchantId, ...said });
}
