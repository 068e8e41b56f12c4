import { productsOn } from '../../domain/finance/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import type { WorkstationParts } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';

/** The names of credit products by their codes, as they stood on a day in the district where a unit lies. */
export async function productNames(
  { store }: Pick<WorkstationParts, 'store'>,
  path: string,
  day: string,
): Promise<Record<string, { zh: string; en: string }>> {
  const { products } = productsOn(await loadState(store.read, 'finance-products', topOf(path)), day);
  return Object.fromEntries(products.products.map(({ code, name }) => [code, name]));
}
