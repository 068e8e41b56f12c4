import type { z } from 'zod';
import type { FinanceProductsAnswer, FinanceProductsInput } from '../../contract/centre/finance.ts';
import { besideOf, checkProducts, lastProducts, productsBefore } from '../../domain/finance/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { lastUnit } from '../../domain/kernel/event/unit-path.ts';
import { policyFor, topUnit } from '../credit/index.ts';
import { centreError } from '../kernel/errors.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { stateOf } from '../kernel/states.ts';
import { withCentreLog } from '../organisation/index.ts';

/**
 * Publishes a version of a district's credit products, checked beside the grades and categories of its credit policy; with `dryRun` only
 * says whether it could be. @throws UNIT_UNKNOWN, RULE, INPUT_INVALID with every fault
 */
export async function publishProducts(
  parts: IngestParts,
  { unitPath: wanted, products: file, dryRun }: z.output<typeof FinanceProductsInput>,
  now: Date,
): Promise<FinanceProductsAnswer> {
  const { database, units } = parts;
  const answer = await withCentreLog(parts, now, async ({ transaction, record }) => {
    const unitPath = topUnit(units.all(), wanted);
    const district = lastUnit(unitPath);
    const state = await stateOf(transaction, 'finance-products', district);
    const today = businessDay(now.toISOString());
    const { policy } = await policyFor(transaction, district, today.slice(0, 7));
    const beside = besideOf(policy);
    const { products, faults } = checkProducts(file, beside, productsBefore(state), today);
    if (products === null)
      throw centreError('INPUT_INVALID', {
        issues: faults.map(({ field = '', rule, parameters }) => ({
          field: field === '' ? 'products' : `products.${field}`,
          rule,
          message: JSON.stringify(parameters ?? {}),
        })),
      });
    const version = lastProducts(state).version + 1;
    if (!dryRun)
      await record([
        {
          stream: { kind: 'finance-products', id: district },
          type: 'finance-products-published',
          payload: { version, products, beside },
          unitPath,
        },
      ]);
    return { unitPath, version, published: !dryRun };
  });
  await units.reload(database);
  return answer;
}
