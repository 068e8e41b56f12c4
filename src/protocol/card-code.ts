import { hash } from 'node:crypto';
import { verificationCode } from '../domain/document/index.ts';
import { cardContent, cardNumber, type MerchantCommitment } from '../domain/merchant/index.ts';

/** The check code printed on a promise card: its number, and a code over the whole text of the promise. */
export function cardCode(
  merchantId: string,
  commitment: MerchantCommitment,
): { number: string; code: string } {
  return {
    number: cardNumber(merchantId, commitment.version),
    code: verificationCode(hash('sha256', cardContent(merchantId, commitment))),
  };
}
