import { sql } from 'kysely';
import { DEFAULT_POLICY_VERSION, policyOfVersion } from '../../domain/credit/index.ts';
import { verdictOn } from '../../domain/document/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { lastUnit } from '../../domain/kernel/event/unit-path.ts';
import { type MerchantState, publicCodeOf, readCardNumber } from '../../domain/merchant/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import {
  type CardView,
  cardView,
  circleAbove,
  type ShopView,
  shopView,
  showsGrades,
} from '../../domain/public/index.ts';
import { cardCode } from '../../protocol/card-code.ts';
import type { Database } from '../kernel/db/database.ts';
import { stateOf, statesOf } from '../kernel/states.ts';
import type { UnitCache } from '../kernel/units.ts';
import { Trouble } from './trouble.ts';

export type Finding = { database: Database; units: UnitCache; clock: () => Date };

/** Entries that were merged into one another are followed so far. */
const MERGES = 8;

/** The merchant that a code leads to now. @throws Trouble where it leads to none, or to none any more */
async function merchantByCode(database: Database, code: string): Promise<MerchantState> {
  const { rows } = await sql<{ id: string }>`
    SELECT merchant_id AS id FROM public_code WHERE code = ${code}`.execute(database);
  let merchant = rows[0] === undefined ? undefined : await stateOf(database, 'merchant', rows[0].id);
  if (merchant === undefined) throw new Trouble('public-code-unknown');
  if (publicCodeOf(merchant) !== code) throw new Trouble('public-code-old');
  // An entry that turned out to be another one: its cards lead there.
  for (let hops = 0; merchant.mergedInto !== undefined && hops < MERGES; hops += 1) {
    const into: MerchantState | undefined = await stateOf(database, 'merchant', merchant.mergedInto.id);
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
  const {
    credit,
    alliance,
    public: publication,
    'credit-policy': policies,
    storefront,
  } = await statesOf(database, [
    { kind: 'credit', id: merchant.id },
    { kind: 'storefront', id: merchant.id },
    { kind: 'alliance', id: merchant.id },
    { kind: 'credit-policy', id: topOf(unitPath) },
    ...(circle === null ? [] : [{ kind: 'public' as const, id: lastUnit(circle) }]),
  ]);
  const today = businessDay(clock().toISOString());
  const shop = shopView({
    merchant,
    credit: credit ?? null,
    alliance: alliance ?? null,
    policy: policyOfVersion(policies, credit?.grade?.policyVersion ?? DEFAULT_POLICY_VERSION) ?? null,
    grades: showsGrades(publication),
    storefront: storefront ?? null,
    unitName: unit?.name ?? '',
    today,
  });
  return { shop, card: card === null ? null : cardOf(merchant, card, today) };
}
