import shipped from './products.json' with { type: 'json' };
import { FinanceProducts } from './products.ts';

/** Version 1: what Heshi ships with; changes are published versions. */
export const defaultProducts: FinanceProducts = FinanceProducts.parse(shipped);
export const DEFAULT_PRODUCTS_VERSION = 1;
