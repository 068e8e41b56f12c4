import { z } from 'zod';
import { businessDay } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { lastUnit } from '../kernel/event/unit-path.ts';
import { parentPath } from '../organisation/index.ts';
import { checkProducts, type ProductsInForce } from './check-products.ts';
import { DEFAULT_PRODUCTS_VERSION, defaultProducts } from './default-products.ts';
import { FinanceProducts } from './products.ts';

export const productsSchemas = {
  'finance-products-published@1': z.object({
    /** 2, 3, 4, … per district; 1 is the shipped one. */
    version: z.int().min(2),
    products: FinanceProducts,
    /** The grades and categories that it was checked beside: those of the credit policy in force at the centre. */
    beside: z.object({
      categories: z.array(z.string().max(40)).min(1).max(20),
      grades: z.array(z.string().max(12)).min(2).max(12),
    }),
  }),
};

export type NumberedProducts = { version: number; products: FinanceProducts };

/** The products that a district has published, oldest first. Its id is the topmost unit's. */
export type FinanceProductsState = {
  id: string;
  unitPath: string;
  versions: (NumberedProducts & { publishedAt: string })[];
};

type Published = Pick<FinanceProductsState, 'versions'> | undefined;

const SHIPPED: NumberedProducts = { version: DEFAULT_PRODUCTS_VERSION, products: defaultProducts };

/** The last version that was published; the shipped one where none was. */
export function lastProducts(state: Published): NumberedProducts {
  return state?.versions.at(-1) ?? SHIPPED;
}

/** The products by which merchants are judged on a day. */
export function productsOn(state: Published, day: string): NumberedProducts {
  return state?.versions.findLast(({ products }) => products.effectiveFrom <= day) ?? SHIPPED;
}

/** What new products have to begin after. */
export function productsBefore(state: Published): ProductsInForce {
  const { version, products } = lastProducts(state);
  return { version, effectiveFrom: products.effectiveFrom };
}

/** Applies a publication. Made by an administrator at the centre, for a topmost unit and all below it. */
export function applyProducts(
  state: FinanceProductsState | undefined,
  fact: Fact,
): Ruling<FinanceProductsState> {
  const read = readPayload(productsSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (fact.actor.role !== 'administrator')
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (parentPath(fact.unitPath) !== null || lastUnit(fact.unitPath) !== fact.stream.id)
    return illegal('published-at-the-top', 'unitPath');
  const { version, products, beside } = read.payload;
  const next = lastProducts(state).version + 1;
  if (version !== next) return illegal('finance-products-version', 'version', { expected: next });
  const [fault] = checkProducts(products, beside, productsBefore(state), businessDay(fact.at)).faults;
  if (fault) return { kind: 'illegal', refusal: fault };
  return legal({
    id: fact.stream.id,
    unitPath: fact.unitPath,
    versions: [...(state?.versions ?? []), { version, products, publishedAt: fact.at }],
  });
}
