import { sql } from 'kysely';
import {
  DEFAULT_POLICY_VERSION,
  type CreditPolicyState,
  type CreditState,
  policyOfVersion,
} from '../../domain/credit/index.ts';
import { verdictOn } from '../../domain/document/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { lastUnit } from '../../domain/kernel/event/unit-path.ts';
import { type MerchantState, publicCodeOf, readCardNumber } from '../../domain/merchant/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import {
  type CardView,
  cardView,
  circleAbove,
  type PublicState,
  type ShopView,
  shopView,
  showsGrades,
} from '../../domain/public/index.ts';
import { cardCode } from '../../protocol/card-code.ts';
import type { Database } from '../kernel/db/database.ts';
import type { UnitCache } from '../kernel/units.ts';
import { Trouble } from './trouble.ts';

export type Finding = { database: Database; units: UnitCache; clock: () => Date };

/** Entries that were merged into one another are followed so far. */
const MERGES = 8;

/** The states of some records, by kind; absent where there is none. */
export async function statesOf(
  database: Database,
  streams: readonly { kind: string; id: string }[],
): Promise<Map<string, unknown>> {
  const wanted = sql.join(streams.map(({ kind, id }) => sql`(${kind}, ${id})`));
  const { rows } = await sql<{ kind: string; state: string }>`
    SELECT kind, state FROM stream WHERE (kind, id) IN (${wanted}) AND state IS NOT NULL`.execute(database);
  return new Map(rows.map(({ kind, state }) => [kind, JSON.parse(state) as unknown]));
}

async function merchantOf(database: Database, id: string): Promise<MerchantState | undefined> {
  return (await statesOf(database, [{ kind: 'merchant', id }])).get('merchant') as MerchantState | undefined;
}

/** The merchant that a code leads to now. @throws Trouble where it leads to none, or to none any more */
async function merchantByCode(database: Database, code: string): Promise<MerchantState> {
  const { rows } = await sql<{ id: string }>`
    SELECT merchant_id AS id FROM public_code WHERE code = ${code}`.execute(database);
  let merchant = rows[0] === undefined ? undefined : await merchantOf(database, rows[0].id);
  if (merchant === undefined) throw new Trouble('public-code-unknown');
  if (publicCodeOf(merchant) !== code) throw new Trouble('public-code-old');
  // An entry that turned out to be another one: its cards lead there.
  for (let hops = 0; merchant.mergedInto !== undefined && hops < MERGES; hops += 1) {
    const into: MerchantState | undefined = await merchantOf(database, merchant.mergedInto.id);
    if (into === undefined) break;
    merchant = into;
  }
  return merchant;
}

/** A card as its number and code say it is, beside the versions of the merchant whose page it led to. */
function cardOf(
  merchant: MerchantState,
  { number, code }: { number: string; code: string },
  today: string,
): CardView {
  const read = readCardNumber(number);
  const commitment = merchant.commitments.find(({ version }) => version === read?.version) ?? null;
  const known = commitment === null ? null : cardCode(merchant.id, commitment);
  const agrees =
    known !== null && known.number === number.toUpperCase() && verdictOn(code, known.code) === 'agrees';
  return cardView(commitment, agrees, today);
}

/** A shop by its public code, with the card that led there. @throws Trouble */
export async function findShop(
  { database, units, clock }: Finding,
  code: string,
  card: { number: string; code: string } | null,
): Promise<{ shop: ShopView; card: CardView | null }> {
  const merchant = await merchantByCode(database, code);
  const { unitPath } = merchant;
  const unit = await units.find(unitPath, database);
  const circle = circleAbove(unitPath, units.levelOf);
  const states = await statesOf(database, [
    { kind: 'credit', id: merchant.id },
    { kind: 'credit-policy', id: topOf(unitPath) },
    ...(circle === null ? [] : [{ kind: 'public', id: lastUnit(circle) }]),
  ]);
  const credit = states.get('credit') as CreditState | undefined;
  const policies = states.get('credit-policy') as CreditPolicyState | undefined;
  const today = businessDay(clock().toISOString());
  const shop = shopView({
    merchant,
    credit: credit ?? null,
    policy: policyOfVersion(policies, credit?.grade?.policyVersion ?? DEFAULT_POLICY_VERSION) ?? null,
    grades: showsGrades(states.get('public') as PublicState | undefined),
    unitName: unit?.name ?? '',
    today,
  });
  return { shop, card: card === null ? null : cardOf(merchant, card, today) };
}
