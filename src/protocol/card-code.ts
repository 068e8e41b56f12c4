import { hash } from 'node:crypto';
import { verificationCode } from '../domain/document/index.ts';
import { cardContent, cardNumber, type MerchantCommitment } from '../domain/merchant/index.ts';

/** What is printed on a card to check it by: its number, and the code of all that the promise says. */
export function cardCode(
  merchantId: string,
  commitment: MerchantCommitment,
): { number: string; code: string } {
  return {
    number: cardNumber(merchantId, commitment.version),
    code: verificationCode(hash('sha256', cardContent(merchantId, commitment))),
  };
}
