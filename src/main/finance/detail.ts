import { sql } from 'kysely';
import type { ConsentView, FinanceDetail, RecipientView } from '../../contract/workstation/finance.ts';
import { policyOfMonth } from '../../domain/credit/index.ts';
import {
  consentNumber,
  consentStanding,
  type ConsentState,
  type CreditLineState,
  DEFAULT_PRODUCTS_VERSION,
  financeFactsOf,
  type FinanceProducts,
  idsOfMerchant,
  isWhitelisted,
  productsOn,
  qualify,
} from '../../domain/finance/index.ts';
import type { MerchantState } from '../../domain/merchant/index.ts';
import { covers, may } from '../../domain/organisation/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import { serviceError } from '../kernel/errors.ts';
import { type StaffContext, todayOf } from '../kernel/parts.ts';
import { loadState, type Reader } from '../kernel/store/index.ts';
import { sanctionsOf } from '../sanction/index.ts';

/** A merchant of this workstation. @throws NOT_FOUND */
export async function requireMerchant(read: Reader, id: string): Promise<MerchantState> {
  const merchant = await loadState(read, 'merchant', id);
  if (!merchant) throw serviceError('NOT_FOUND');
  return merchant;
}

/** The records of a kind whose ids begin with the merchant's, the latest first. */
async function recordsOf<State extends { id: string }>(
  read: Reader,
  kind: 'consent' | 'credit-line',
  merchantId: string,
): Promise<State[]> {
  const { after, before } = idsOfMerchant(merchantId);
  const { rows } = await sql<{ state: string | null }>`
    SELECT state FROM stream WHERE kind = ${kind} AND id > ${after} AND id < ${before} ORDER BY id`.execute(
    read,
  );
  // That kind's own reducer has made what stands under it.
  return rows.flatMap(({ state }) => (state === null ? [] : [JSON.parse(state) as State]));
}

/** A merchant's lines of credit, the latest first. */
export async function linesOf(read: Reader, merchantId: string): Promise<CreditLineState[]> {
  const lines = await recordsOf<CreditLineState>(read, 'credit-line', merchantId);
  return lines.toSorted((a, b) => (a.on < b.on ? 1 : -1));
}

/** The products by which a merchant is judged on a day. */
export async function productsFor(read: Reader, unitPath: string, day: string) {
  return productsOn(await loadState(read, 'finance-products', topOf(unitPath)), day);
}

async function consentViews(
  read: Reader,
  consents: readonly ConsentState[],
  day: string,
): Promise<ConsentView[]> {
  if (consents.length === 0) return [];
  const here = await read
    .selectFrom('consent_file')
    .select('consent_id')
    .where(
      'consent_id',
      'in',
      consents.map(({ id }) => id),
    )
    .execute();
  const files = new Set(here.map((row) => row.consent_id));
  return consents.map((state) => ({
    state,
    number: consentNumber(state.id),
    standing: consentStanding(state, day),
    fileHere: files.has(state.id),
  }));
}

/** Recipients lie below the topmost unit, as the products name them. */
function recipientsOf({ recipients }: FinanceProducts, unitPath: string): RecipientView[] {
  return recipients.map(({ unit, name, contact }) => ({
    unitPath: `/${topOf(unitPath)}/${unit}`,
    name,
    contact,
  }));
}

/** All that finance knows of a merchant, judged today. @throws NOT_FOUND */
export async function financeDetail(
  { workstation, staff }: StaffContext,
  id: string,
): Promise<FinanceDetail> {
  const { read } = workstation.store;
  const merchant = await requireMerchant(read, id);
  const { unitPath, name, category } = merchant;
  const day = todayOf(workstation);
  const [credit, finance, policies, numbered] = await Promise.all([
    loadState(read, 'credit', id),
    loadState(read, 'finance', id),
    loadState(read, 'credit-policy', topOf(unitPath)),
    productsFor(read, unitPath, day),
  ]);
  const consents = (await recordsOf<ConsentState>(read, 'consent', id)).toSorted((a, b) =>
    a.granted.at < b.granted.at ? 1 : -1,
  );
  const lines = await linesOf(read, id);
  const { policy } = policyOfMonth(policies, day.slice(0, 7));
  const consented = consents.some((one) => consentStanding(one, day) === 'in-force');
  const sanctions = await sanctionsOf(read, id);
  const facts = financeFactsOf({ merchant, credit, finance, sanctions, consented }, day);
  const { products } = numbered;
  const lenders = new Map(products.recipients.map((one) => [one.code, one.name]));
  return {
    merchantId: id,
    name,
    unitPath,
    day,
    facts,
    productsVersion: numbered.version,
    shipped: numbered.version === DEFAULT_PRODUCTS_VERSION,
    products: products.products.map(({ lender, ...product }) => ({
      ...product,
      lenderName: lender === null ? null : (lenders.get(lender) ?? null),
      ...qualify(product, facts, policy),
    })),
    whitelist: {
      listed: isWhitelisted(finance),
      rules: products.whitelist.rules,
      failing: qualify(products.whitelist, facts, policy).failing,
      changes: finance?.changes ?? [],
    },
    licence: finance?.licence ?? null,
    consents: await consentViews(read, consents, day),
    lines,
    recipients: recipientsOf(products, unitPath),
    capacities: products.consent.signers.find((one) => one.category === category)?.capacities ?? [],
    mostDays: products.consent.mostDays,
    canHandle:
      merchant.mergedInto === undefined &&
      covers(staff.unitPath, unitPath) &&
      may(staff.role, 'finance.handle'),
    canLend: may(staff.role, 'finance.lend') && workstation.directory.partyOf(staff.unitPath) === 'regulator',
  };
}
