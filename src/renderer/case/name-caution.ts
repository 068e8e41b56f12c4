import { api } from '../kernel/api/client.ts';

/** A name in Latin letters: pinyin or initials as they are typed to look a merchant up, or a brand. */
const LATIN = /^[\p{Script=Latin}\d\s.&'’·-]+$/u;

type NameCaution = {
  field: 'merchant.name';
  rule: 'name-on-roster';
  parameters: { typed: string; name: string };
};

/**
 * Whether a merchant typed in Latin letters may be one of the roster that was meant to be chosen; null where nothing is to
 * be asked. A roster that cannot be read asks nothing.
 */
export async function nameCaution({
  merchantId,
  name,
}: {
  merchantId: string | null;
  name: string;
}): Promise<NameCaution | null> {
  const typed = name.trim();
  if (merchantId !== null || !LATIN.test(typed)) return null;
  const found = await api.merchants.list({ search: typed, limit: 1 }).catch(() => null);
  const match = found?.items[0];
  return match
    ? { field: 'merchant.name', rule: 'name-on-roster', parameters: { typed, name: match.name } }
    : null;
}
