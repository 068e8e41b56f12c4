import { normaliseTyped } from '../kernel/text/index.ts';
import { covers } from '../organisation/index.ts';
import type { MerchantState } from './merchant.ts';

/** What of an entry tells whether it is the same merchant as another. */
export type Compared = Pick<MerchantState, 'id' | 'name' | 'creditCode' | 'aliases' | 'unitPath'>;

/** Why two entries may be one merchant: the same code, a number that one has now or had before, the same name in one place. */
export const DUPLICATE_GROUNDS = ['code', 'number', 'name'] as const;
export type DuplicateGround = (typeof DUPLICATE_GROUNDS)[number];

export type LikelyPair = { first: string; second: string; grounds: DuplicateGround[] };

/** A name without what people write one way or another: width, case, spaces, brackets and marks. */
export function nameKey(name: string): string {
  return normaliseTyped(name)
    .toLowerCase()
    .replaceAll(/[\s\p{P}\p{S}]/gu, '');
}

/** What entries are compared by: those of one key may be one merchant. */
function keysOf({ creditCode, aliases = [], name }: Compared): { key: string; ground: DuplicateGround }[] {
  const numbers = [...new Set([...aliases, ...(creditCode === null ? [] : [creditCode])])];
  return [
    ...(creditCode === null ? [] : [{ key: `code ${creditCode}`, ground: 'code' as const }]),
    ...numbers.map((number) => ({ key: `number ${number}`, ground: 'number' as const })),
    { key: `name ${nameKey(name)}`, ground: 'name' },
  ];
}

/**
 * Pairs of entries that may be one merchant, those with most grounds first. Shops of one company in several malls have one
 * code and one name and are several merchants: such entries have to be of one place, a unit and those below it. Of many
 * that are alike each is compared with the first one.
 */
export function likelyDuplicates(entries: readonly Compared[]): LikelyPair[] {
  const pairs = new Map<string, LikelyPair>();
  const groups = new Map<string, Compared[]>();
  for (const entry of entries) {
    for (const { key, ground } of keysOf(entry)) {
      const group = groups.get(key) ?? [];
      const first = group.find((one) => fits(one, entry, ground));
      if (first === undefined) groups.set(key, [...group, entry]);
      else note(pairs, first, entry, ground);
    }
  }
  return [...pairs.values()].toSorted((a, b) => b.grounds.length - a.grounds.length);
}

function fits(one: Compared, other: Compared, ground: DuplicateGround): boolean {
  // A code of both is no number that one of them had before.
  if (ground === 'number') return one.creditCode === null || one.creditCode !== other.creditCode;
  return covers(one.unitPath, other.unitPath) || covers(other.unitPath, one.unitPath);
}

function note(
  pairs: Map<string, LikelyPair>,
  first: Compared,
  second: Compared,
  ground: DuplicateGround,
): void {
  const key = `${first.id} ${second.id}`;
  const known = pairs.get(key);
  if (known === undefined) pairs.set(key, { first: first.id, second: second.id, grounds: [ground] });
  else if (!known.grounds.includes(ground)) known.grounds.push(ground);
}
