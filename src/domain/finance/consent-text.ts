import { canonicalJson } from '../kernel/event/canonical.ts';
import { ConsentSigner, ConsentTerms } from './consent-events.ts';

/** So much of a consent's id stands in its number: its end, since ids begin with the time. */
const ID_END = 12;

/** The number of a consent, as it is printed. */
export function consentNumber(consentId: string): string {
  return `S-${consentId.replaceAll('-', '').slice(-ID_END).toUpperCase()}`;
}

/**
 * The form of the wording that is signed, raised with every change of what the paper says: it goes into the hash, so that the version of
 * a text that was signed is known.
 */
export const CONSENT_WORDING = 1;

/** All that is consented to, as one text, of which the hash of what was signed is made. The signature itself stands in none. */
export function consentContent(consentId: string, said: ConsentTerms & { signer: ConsentSigner }): string {
  return canonicalJson({
    consentId,
    wording: CONSENT_WORDING,
    ...ConsentTerms.parse(said),
    signer: ConsentSigner.parse(said.signer),
  });
}
