import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { ConsentedData, DisclosedData, DisclosedItems } from '../../contract/centre/disclosure.ts';
import {
  consentInForce,
  type ConsentItem,
  type ConsentState,
  isWhitelisted,
  standingRecords,
} from '../../domain/finance/index.ts';
import { businessDay, wholeMonths } from '../../domain/kernel/calendar/index.ts';
import { commitmentOn, normaliseCode } from '../../domain/merchant/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import { consentsOf, judge, type KnownMerchant, knownMerchants, measureOf } from '../finance/index.ts';
import type { Transaction } from '../kernel/db/database.ts';
import { centreError } from '../kernel/errors.ts';
import type { TokenHolder } from '../kernel/http/tokens.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { stateOf } from '../kernel/states.ts';
import { type CentreLog, withCentreLog } from '../organisation/index.ts';
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
  const answer = await withCentreLog(parts, now, async (log) => {
    const merchant = await merchantWith(log.transaction, code, holder.unitPath);
    if (!merchant) throw centreError('MERCHANT_UNKNOWN');
    const consents = await lockedConsents(log.transaction, merchant.id);
    const { tokenId, purpose } = holder;
    const asked = {
      merchantPath: merchant.unitPath,
      recipient,
      tokenId,
      purpose,
      reference: reference ?? null,
    };
    const told = await tell(log, { merchantId: merchant.id, asked, consents, items, now });
    if (told === null) return null;
    await sql`UPDATE access_token SET answered = answered + 1 WHERE id = ${tokenId}`.execute(log.transaction);
    return { ...told, code };
  });
  return answered(answer, 'items');
}

/**
 * Tells an officer of a bank, at the bank's own workstation, all that one consent lets it be told. On record as every answer, with the
 * workstation in place of a token and the purpose that the merchant has consented to. @throws FORBIDDEN where the consent is not one to
 * this bank, or not in force, which is on record as well
 */
export async function discloseConsented(
  parts: IngestParts,
  device: { deviceId: string; unitPath: string },
  consentId: string,
  now: Date,
): Promise<ConsentedData> {
  const answer = await withCentreLog(parts, now, async (log) => {
    const named = await stateOf(log.transaction, 'consent', consentId);
    // Another bank's, and none at all, are not told apart.
    if (named?.recipient.unitPath !== device.unitPath) return null;
    const { merchantId, recipient, purpose, items } = named;
    const consents = await lockedConsents(log.transaction, merchantId);
    const merchant = await stateOf(log.transaction, 'merchant', merchantId);
    const asked = {
      merchantPath: merchant?.unitPath ?? named.merchantPath,
      recipient: { unitPath: recipient.unitPath, name: recipient.name },
      tokenId: device.deviceId,
      purpose,
      reference: null,
    };
    const own = consents.filter(({ id }) => id === consentId);
    const told = await tell(log, { merchantId, asked, consents: own, items, now });
    return told && { disclosureId: told.disclosureId, items: told.items, at: now.toISOString() };
  });
  return answered(answer, 'consentId');
}

/** @throws FORBIDDEN where nothing was told */
function answered<Answer>(answer: Answer | null, field: string): Answer {
  if (answer === null) throw centreError('FORBIDDEN', { field, rule: 'consent-not-in-force' });
  return answer;
}

/** A merchant's consents, none of which is taken back before the transaction ends. */
async function lockedConsents(transaction: Transaction, merchantId: string): Promise<ConsentState[]> {
  return (await consentsOf(transaction, [merchantId], { locked: true })).get(merchantId) ?? [];
}

type Question = {
  merchantId: string;
  /** Who asks, and what for: as it stands in the record of the answer. */
  asked: {
    merchantPath: string;
    recipient: { unitPath: string; name: string };
    tokenId: string;
    purpose: string;
    reference: string | null;
  };
  consents: readonly ConsentState[];
  items: readonly ConsentItem[];
  now: Date;
};

/** What is told of the items that are asked for, recorded with what is refused; null where all of it is. @throws MERCHANT_UNKNOWN */
async function tell(
  { transaction, record }: CentreLog,
  { merchantId, asked, consents, items, now }: Question,
): Promise<Omit<DisclosedData, 'code'> | null> {
  const instant = now.toISOString();
  const judged = [...new Set(items)].map((item) => {
    const wanted = { merchantId, recipientPath: asked.recipient.unitPath, item };
    return { item, consent: consentInForce(consents, wanted, instant) };
  });
  const told = judged.flatMap(({ item, consent }) => (consent ? [{ item, consentId: consent.id }] : []));
  const refused = judged.flatMap(({ item, consent }) => (consent ? [] : [item]));
  const disclosureId = uuidv7();
  const fact = (type: string, payload: object) => ({
    stream: { kind: 'disclosure', id: merchantId },
    type,
    payload: { ...asked, ...payload },
    unitPath: asked.merchantPath,
  });
  await record([
    ...(told.length > 0 ? [fact('data-disclosed', { disclosureId, items: told })] : []),
    ...(refused.length > 0
      ? [fact('data-refused', { disclosureId: told.length > 0 ? uuidv7() : disclosureId, items: refused })]
      : []),
  ]);
  if (told.length === 0) return null;
  const [known] = await knownMerchants(transaction, [merchantId]);
  if (!known) throw centreError('MERCHANT_UNKNOWN');
  const measure = await measureOf(transaction, topOf(asked.merchantPath), businessDay(instant));
  const kinds = new Set(told.map(({ item }) => item));
  return { disclosureId, items: only(kinds, contentOf(known, measure)), refused };
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
