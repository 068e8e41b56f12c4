import { sql } from 'kysely';
import type { CreditState } from '../../domain/credit/index.ts';
import type { SanctionState } from '../../domain/sanction/index.ts';
import {
  type ConsentState,
  consentStanding,
  type FinanceFacts,
  financeFactsOf,
  type FinanceState,
  idsOfMerchant,
  isWhitelisted,
  type NumberedProducts,
  productsOn,
  qualify,
  type Scale,
} from '../../domain/finance/index.ts';
import type { MerchantState } from '../../domain/merchant/index.ts';
import { policyFor } from '../credit/index.ts';
import { textArray } from '../kernel/db/arrays.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import { stateOf } from '../kernel/states.ts';

/** By what a district's merchants are judged on a day. */
export type Measure = { district: string; day: string; numbered: NumberedProducts; scale: Scale };

export async function measureOf(from: QueryExecutor, district: string, day: string): Promise<Measure> {
  const numbered = productsOn(await stateOf(from, 'finance-products', district), day);
  const { policy } = await policyFor(from, district, day.slice(0, 7));
  return { district, day, numbered, scale: policy };
}

/** A merchant's records as far as finance asks for them. */
export type KnownMerchant = {
  id: string;
  unitPath: string;
  merchant: MerchantState | undefined;
  credit: CreditState | undefined;
  finance: FinanceState | undefined;
  consents: readonly ConsentState[];
  sanctions: readonly SanctionState[];
};

type Row = {
  id: string;
  unitPath: string;
  merchant: string | null;
  credit: string | null;
  finance: string | null;
};

/** The consents of these merchants, by the merchant. `locked`: nobody takes one back before the transaction ends. */
export async function consentsOf(
  from: QueryExecutor,
  merchantIds: readonly string[],
  { locked }: { locked: boolean },
): Promise<Map<string, ConsentState[]>> {
  if (merchantIds.length === 0) return new Map();
  const ranges = merchantIds.map(idsOfMerchant);
  const { rows } = await sql<{ merchantId: string; state: string | null }>`
    SELECT wanted.id AS "merchantId", stream.state FROM unnest(${textArray(merchantIds)}::text[],
      ${textArray(ranges.map(({ after }) => after))}::text[],
      ${textArray(ranges.map(({ before }) => before))}::text[]) AS wanted (id, after, before)
    JOIN stream ON stream.kind = 'consent' AND stream.id > wanted.after AND stream.id < wanted.before
    ORDER BY stream.id ${locked ? sql`FOR UPDATE OF stream` : sql``}`.execute(from);
  const found = new Map<string, ConsentState[]>();
  for (const { merchantId, state } of rows) {
    if (state === null) continue;
    // The reducer of consents has made what stands under their kind.
    const consent = JSON.parse(state) as ConsentState;
    const known = found.get(merchantId);
    if (known) known.push(consent);
    else found.set(merchantId, [consent]);
  }
  return found;
}

/** Records of decisions about these merchants, by the merchant. */
async function sanctionsOf(
  from: QueryExecutor,
  merchantIds: readonly string[],
): Promise<Map<string, SanctionState[]>> {
  const { rows } = await sql<{ merchantId: string; state: string | null }>`
    SELECT kept.merchant_id AS "merchantId", stream.state
    FROM unnest(${textArray(merchantIds)}::text[]) AS wanted (id)
    JOIN credit_record AS kept ON kept.merchant_id = wanted.id
    JOIN stream ON stream.kind = 'sanction' AND stream.id = kept.record_id`.execute(from);
  const found = new Map<string, SanctionState[]>();
  for (const { merchantId, state } of rows) {
    if (state === null) continue;
    // The reducer of such records has made what stands under their kind.
    found.set(merchantId, [...(found.get(merchantId) ?? []), JSON.parse(state) as SanctionState]);
  }
  return found;
}

/** What is known of these merchants, in the order of their ids. */
export async function knownMerchants(
  from: QueryExecutor,
  merchantIds: readonly string[],
): Promise<KnownMerchant[]> {
  const { rows } = await sql<Row>`
    SELECT kept.merchant_id AS id, kept.unit_path AS "unitPath", merchant.state AS merchant, credit.state AS credit,
      finance.state AS finance
    FROM unnest(${textArray(merchantIds)}::text[]) AS wanted (id)
    JOIN credit_merchant AS kept ON kept.merchant_id = wanted.id
    LEFT JOIN stream AS merchant ON merchant.kind = 'merchant' AND merchant.id = wanted.id
    LEFT JOIN stream AS credit ON credit.kind = 'credit' AND credit.id = wanted.id
    LEFT JOIN stream AS finance ON finance.kind = 'finance' AND finance.id = wanted.id
    ORDER BY kept.merchant_id`.execute(from);
  const consents = await consentsOf(from, merchantIds, { locked: false });
  const sanctions = await sanctionsOf(from, merchantIds);
  const read = <State>(text: string | null): State | undefined =>
    text === null ? undefined : (JSON.parse(text) as State);
  return rows.map((row) => ({
    id: row.id,
    unitPath: row.unitPath,
    merchant: read<MerchantState>(row.merchant),
    credit: read<CreditState>(row.credit),
    finance: read<FinanceState>(row.finance),
    consents: consents.get(row.id) ?? [],
    sanctions: sanctions.get(row.id) ?? [],
  }));
}

/** Whether any of these consents is in force on a day. */
export function isConsenting(consents: readonly ConsentState[], day: string): boolean {
  return consents.some((one) => consentStanding(one, day) === 'in-force');
}

export function factsOf({ consents, ...known }: KnownMerchant, day: string): FinanceFacts {
  return financeFactsOf({ ...known, consented: isConsenting(consents, day) }, day);
}

/** For which products a merchant qualifies, and why not. */
export function judge(
  known: KnownMerchant,
  { numbered, scale, day }: Measure,
): {
  products: { code: string; qualifies: boolean; failing: ReturnType<typeof qualify>['failing'] }[];
  listed: boolean;
} {
  const facts = factsOf(known, day);
  return {
    products: numbered.products.products.map((product) => ({
      code: product.code,
      ...qualify(product, facts, scale),
    })),
    listed: isWhitelisted(known.finance),
  };
}
