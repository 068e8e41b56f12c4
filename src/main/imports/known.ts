import { sql } from 'kysely';
import type { MerchantState } from '../../domain/merchant/index.ts';
import { loadStates, type Reader, type Writer } from '../kernel/store/index.ts';
import { merchantUnit, type ImportTarget } from './facts.ts';
import type { RosterMerchant } from './reading/judge-merchant.ts';

type Entry = {
  id: string | null;
  name: string;
  creditCode: string | null;
  aliases: readonly string[];
  unitPath: string;
  /** The entry that it is the same merchant as. */
  mergedInto: string | null;
};

export type KnownMerchants = {
  isKnown(merchant: RosterMerchant): boolean;
  /**
   * Id of the one entry on record that a row is about; null where there is none, where more than one could be meant, and where it
   * is merged into another: a roster that still has the old entry says nothing of the one that stays.
   */
  idOf(merchant: RosterMerchant): string | null;
  /** Takes note of a row that is about to become an entry. */
  add(merchant: RosterMerchant): void;
};

/** As short as an earlier number is; of a code that is shorter nobody knows whose it is. */
const SHORTEST_NUMBER = 15;

/** Numbers that are a merchant's own: its code, and those it had before. */
const numbersOf = ({ creditCode, aliases }: Pick<Entry, 'creditCode' | 'aliases'>): string[] =>
  [...aliases, creditCode ?? ''].filter((number) => number.length >= SHORTEST_NUMBER);

/**
 * The merchants that are there already: by a number, or by name and unit where one of the two has no code.
 * One name with two codes at one unit is two merchants.
 */
export async function knownMerchants(
  from: Reader | Writer,
  merchants: readonly RosterMerchant[],
  target: ImportTarget,
): Promise<KnownMerchants> {
  const byNumber = new Map<string, Entry[]>();
  const byPlace = new Map<string, Entry[]>();
  const put = (map: Map<string, Entry[]>, key: string, entry: Entry): void => {
    map.set(key, [...(map.get(key) ?? []), entry]);
  };
  const placeOf = (unitPath: string, name: string): string => `${unitPath}\n${name}`;
  const remember = (entry: Entry): void => {
    for (const number of numbersOf(entry)) put(byNumber, number, entry);
    put(byPlace, placeOf(entry.unitPath, entry.name), entry);
  };
  for (const entry of await entriesLike(from, merchants)) remember(entry);
  const withNumber = (merchant: RosterMerchant): Entry[] =>
    numbersOf(merchant).flatMap((number) => byNumber.get(number) ?? []);
  const inPlace = (merchant: RosterMerchant): Entry[] =>
    (byPlace.get(placeOf(merchantUnit(merchant, target), merchant.name)) ?? []).filter(
      (entry) => merchant.creditCode === null || entry.creditCode === null,
    );
  return {
    isKnown: (merchant) => withNumber(merchant).length > 0 || inPlace(merchant).length > 0,
    idOf: (merchant) => {
      const numbered = withNumber(merchant);
      const here = numbered.filter((entry) => entry.unitPath === merchantUnit(merchant, target));
      const [candidates = []] = [here, numbered, inPlace(merchant)].filter((found) => found.length > 0);
      const [entry, ...others] = new Map(candidates.map((one) => [one.id, one])).values();
      return entry === undefined || others.length > 0 || entry.mergedInto !== null ? null : entry.id;
    },
    add: (merchant) => {
      const { name, creditCode, aliases } = merchant;
      remember({
        id: null,
        name,
        creditCode,
        aliases,
        mergedInto: null,
        unitPath: merchantUnit(merchant, target),
      });
    },
  };
}

async function entriesLike(from: Reader | Writer, merchants: readonly RosterMerchant[]): Promise<Entry[]> {
  const names = JSON.stringify(merchants.map(({ name }) => name));
  const wanted = JSON.stringify(merchants.flatMap(numbersOf));
  const { rows } = await sql<Omit<Entry, 'aliases'> & { aliases: string }>`
    SELECT id, name, credit_code AS "creditCode", unit_path AS "unitPath", aliases, merged_into AS "mergedInto"
    FROM merchant_row
    WHERE name IN (SELECT value FROM json_each(${names}))
      OR credit_code IN (SELECT value FROM json_each(${wanted}))
      OR aliases <> '[]' AND EXISTS (SELECT 1 FROM json_each(aliases) AS alias
        WHERE alias.value IN (SELECT value FROM json_each(${wanted})))`.execute(from);
  return rows.map((row) => ({ ...row, aliases: JSON.parse(row.aliases) as string[] }));
}

/** States of merchants by their ids; what is merged into another is left out. */
export async function merchantStates(
  from: Reader | Writer,
  ids: readonly string[],
): Promise<Map<string, MerchantState>> {
  const states = await loadStates(
    from,
    ids.map((id) => ({ kind: 'merchant', id })),
  );
  return new Map(
    [...states.values()].flatMap((one) =>
      one.kind === 'merchant' && one.state.mergedInto === undefined
        ? [[one.state.id, one.state] as const]
        : [],
    ),
  );
}
