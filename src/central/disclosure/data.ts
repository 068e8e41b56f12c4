import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { DisclosedData, DisclosedItems } from '../../contract/centre/disclosure.ts';
import {
  consentInForce,
  type ConsentItem,
  isWhitelisted,
  standingRecords,
} from '../../domain/finance/index.ts';
import { businessDay, wholeMonths } from '../../domain/kernel/calendar/index.ts';
import { commitmentOn, normaliseCode } from '../../domain/merchant/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import { consentsOf, judge, type KnownMerchant, knownMerchants, measureOf } from '../finance/index.ts';
import { centreError } from '../kernel/errors.ts';
import type { TokenHolder } from '../kernel/http/tokens.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { withCentreLog } from '../organisation/index.ts';
import { merchantWith } from './merchant.ts';
import { saidOf } from './said.ts';

type Asked = { code: string; items: readonly ConsentItem[]; reference: string | undefined };

/** The unit by which consents name the holder. @throws FORBIDDEN where its token names none */
export function recipientOf({ recipientPath, heldBy }: TokenHolder): { unitPath: string; name: string } {
  if (recipientPath === null) throw centreError('FORBIDDEN', { field: 'token', rule: 'token-recipient' });
  return { unitPath: recipientPath, name: heldBy };
}

/**
 * Tells a bank the kinds of a merchant's data that it asks for and that the merchant has consented to have told to it, at this very
 * instant: the consents are locked, so that one that is taken back meanwhile either counts or waits. What was told and what was refused
 * are recorded in the same transaction. @throws MERCHANT_UNKNOWN; FORBIDDEN where nothing is told, which is on record as well
 */
export async function discloseData(
  parts: IngestParts,
  holder: TokenHolder,
  { code: typed, items, reference }: Asked,
  now: Date,
): Promise<DisclosedData> {
  const code = normaliseCode(typed);
  const recipient = recipientOf(holder);
  const instant = now.toISOString();
  const answer = await withCentreLog(parts, now, async ({ transaction, record }) => {
    const merchant = await merchantWith(transaction, code, holder.unitPath);
    if (!merchant) throw centreError('MERCHANT_UNKNOWN');
    const consents = (await consentsOf(transaction, [merchant.id], { locked: true })).get(merchant.id) ?? [];
    const judged = [...new Set(items)].map((item) => {
      const wanted = { merchantId: merchant.id, recipientPath: recipient.unitPath, item };
      return { item, consent: consentInForce(consents, wanted, instant) };
    });
    const told = judged.flatMap(({ item, consent }) => (consent ? [{ item, consentId: consent.id }] : []));
    const refused = judged.flatMap(({ item, consent }) => (consent ? [] : [item]));
    const disclosureId = uuidv7();
    const asked = {
      merchantPath: merchant.unitPath,
      recipient,
      tokenId: holder.tokenId,
      purpose: holder.purpose,
      reference: reference ?? null,
    };
    const fact = (type: string, payload: object) => ({
      stream: { kind: 'disclosure', id: merchant.id },
      type,
      payload: { ...asked, ...payload },
      unitPath: merchant.unitPath,
    });
    await record([
      ...(told.length > 0 ? [fact('data-disclosed', { disclosureId, items: told })] : []),
      ...(refused.length > 0
        ? [fact('data-refused', { disclosureId: told.length > 0 ? uuidv7() : disclosureId, items: refused })]
        : []),
    ]);
    if (told.length === 0) return null;
    const [known] = await knownMerchants(transaction, [merchant.id]);
    if (!known) throw centreError('MERCHANT_UNKNOWN');
    const measure = await measureOf(transaction, topOf(merchant.unitPath), businessDay(instant));
    await sql`UPDATE access_token SET answered = answered + 1 WHERE id = ${holder.tokenId}`.execute(
      transaction,
    );
    const kinds = new Set(told.map(({ item }) => item));
    return { disclosureId, code, items: only(kinds, contentOf(known, measure)), refused };
  });
  if (answer === null) throw centreError('FORBIDDEN', { field: 'items', rule: 'consent-not-in-force' });
  return answer;
}

/** Only the kinds that are told: what else was put together stays here. */
function only(kinds: ReadonlySet<ConsentItem>, all: Required<DisclosedItems>): DisclosedItems {
  return Object.fromEntries(Object.entries(all).filter(([item]) => kinds.has(item as ConsentItem)));
}

/** What each kind of data comes to for a merchant. */
function contentOf(
  known: KnownMerchant,
  measure: Awaited<ReturnType<typeof measureOf>>,
): Required<DisclosedItems> {
  const { merchant, credit, finance } = known;
  const { day, numbered } = measure;
  const { state, grade, month, policyVersion, points, reasons } = saidOf(credit, day);
  const promise = merchant ? commitmentOn(merchant, day) : null;
  const settled = credit?.grade?.lines.find(({ indicator }) => indicator === 'settled-at-source');
  const { good, bad } = settled?.kind === 'rate' ? settled : { good: 0, bad: 0 };
  const { products, listed } = judge(known, measure);
  const establishedOn = finance?.licence?.establishedOn ?? null;
  const standing = standingRecords(credit, known.sanctions, day);
  return {
    identity: {
      name: merchant?.name ?? '',
      creditCode: merchant?.creditCode ?? null,
      category: merchant?.category ?? '',
    },
    grade: { state, grade, month, policyVersion },
    points: { state, points, reasons },
    promise: { inForce: promise !== null, windowDays: promise?.windowDays ?? null },
    'source-resolution': {
      good,
      bad,
      perMille: good + bad === 0 ? null : Math.floor((good * 1000) / (good + bad)),
    },
    'standing-records': {
      listings: [...standing.listings],
      penalties: [...standing.penalties],
    },
    'months-in-business': {
      establishedOn,
      months: establishedOn === null ? null : Math.max(0, wholeMonths(establishedOn, day)),
    },
    qualification: {
      version: numbered.version,
      products: products.map(({ code, qualifies }) => ({ code, qualifies })),
    },
    whitelist: {
      listed: listed && isWhitelisted(finance),
      since: listed ? (finance?.changes[0]?.on ?? null) : null,
    },
  };
}
