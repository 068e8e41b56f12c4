import { businessDay, naturalDaysBetween } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';
import { isOfMerchant } from './own-id.ts';
import { CONSENT_ITEMS, type ConsentItem, type ConsentPayload, consentSchemas } from './consent-events.ts';

type Hand = { staffId: string; name: string; at: string; unitPath: string };

/** One consent of a merchant: granted once, and perhaps taken back. */
export type ConsentState = ConsentPayload<'consent-granted@1'> & {
  id: string;
  granted: Hand;
  revoked: (ConsentPayload<'consent-revoked@1'> & { hand: Hand }) | null;
  revision: number;
};

/** No products may allow a longer one (assumption). */
const LONGEST_DAYS = 1096;

const handOf = ({ actor: { staffId, name }, at, unitPath }: Fact): Hand => ({ staffId, name, at, unitPath });

/**
 * Applies one fact to a consent. It is taken down, and taken back, by the people of the merchant's unit or of one above it. Who may sign
 * for the merchant and how long it may run the published products say, which `consent-admission.ts` asks.
 */
export function applyConsent(state: ConsentState | undefined, fact: Fact): Ruling<ConsentState> {
  const read = readPayload(consentSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  const { role, unitPath } = fact.actor;
  if (!may(role, 'finance.handle')) return illegal('role-may-not', undefined, { role });
  if (read.key === 'consent-granted@1') {
    if (state) return illegal('consent-exists');
    if (!isOfMerchant(read.payload.merchantId, fact.stream.id))
      return illegal('finance-id-strange', 'merchantId');
    return grant(read.payload, fact);
  }
  if (!state) return illegal('consent-missing');
  if (!covers(unitPath, state.merchantPath)) return illegal('outside-scope', 'merchantPath');
  if (state.revoked !== null) return illegal('consent-revoked-already');
  return legal({
    ...state,
    revoked: { ...read.payload, hand: handOf(fact) },
    revision: state.revision + 1,
  });
}

function grant(payload: ConsentPayload<'consent-granted@1'>, fact: Fact): Ruling<ConsentState> {
  const { merchantPath, items, from, until, signature } = payload;
  const day = businessDay(fact.at);
  if (!covers(fact.actor.unitPath, merchantPath)) return illegal('outside-scope', 'merchantPath');
  const twice = items.findIndex((item, place) => items.indexOf(item) < place);
  if (twice >= 0) return illegal('consent-item-twice', `items.${twice}`);
  // Naming every kind there is says "all data" in other words (PIPL Art. 6: no more than the purpose needs).
  if (items.length === CONSENT_ITEMS.length) return illegal('consent-all-data', 'items');
  if (until < from) return illegal('period-reversed', 'until');
  if (until < day) return illegal('consent-over-already', 'until');
  if (naturalDaysBetween(from, until) + 1 > LONGEST_DAYS)
    return illegal('consent-too-long', 'until', { days: LONGEST_DAYS });
  // It holds from when it is given, and not for what was before.
  const given = signature.manner === 'on-paper' ? signature.signedOn : day;
  if (given > day) return illegal('date-in-future', 'signature.signedOn');
  if (from < given) return illegal('consent-backdated', 'from', { day: given });
  return legal({ ...payload, id: fact.stream.id, granted: handOf(fact), revoked: null, revision: 1 });
}

export type ConsentStanding = 'to-come' | 'in-force' | 'expired' | 'revoked';

/** How a consent stands on a day. A revocation counts as soon as it is known, whatever its clock says. */
export function consentStanding(
  { from, until, revoked }: Pick<ConsentState, 'from' | 'until' | 'revoked'>,
  day: string,
): ConsentStanding {
  if (revoked !== null) return 'revoked';
  if (day < from) return 'to-come';
  return day > until ? 'expired' : 'in-force';
}

/** What somebody wants to be told: which merchant's, which kind of data, and who asks. */
export type WantedItem = { merchantId: string; recipientPath: string; item: ConsentItem };

/**
 * The consent by which a recipient may be told one kind of data of a merchant at an instant; null where there is none. Of several the one
 * that runs longest. Pure: it judges by the consents as they are known, so that one that was taken back is none at once, whatever
 * clocks say; one whose period is over, or has not begun, is none either, nor one to data that is handed over on paper (PIPL Arts. 14 to 17 and 23; 征信业管理条例 Arts. 18 and 20).
 */
export function consentInForce<
  Consent extends Pick<
    ConsentState,
    'merchantId' | 'recipient' | 'items' | 'manner' | 'from' | 'until' | 'revoked' | 'id'
  >,
>(
  consents: readonly Consent[],
  { merchantId, recipientPath, item }: WantedItem,
  instant: string,
): Consent | null {
  const day = businessDay(instant);
  const [longest] = consents
    .filter(
      (one) =>
        one.merchantId === merchantId &&
        one.recipient.unitPath === recipientPath &&
        one.items.includes(item) &&
        one.manner === 'asked-of-centre' &&
        consentStanding(one, day) === 'in-force',
    )
    .toSorted((a, b) => (a.until === b.until ? (a.id < b.id ? -1 : 1) : a.until < b.until ? 1 : -1));
  return longest ?? null;
}

/** Known where the merchant trades and above, and to whom it was given. */
export function consentSight({
  merchantPath,
  recipient,
}: Pick<ConsentState, 'merchantPath' | 'recipient'>): string[] {
  return [...new Set([...ancestorsAndSelf(merchantPath), recipient.unitPath])];
}
