import { administratorOs } from '../kernel/http/implementer.ts';
import { evaluateFinance, evaluateMerchant } from './evaluate.ts';
import { publishProducts } from './products.ts';

/** Products, and who qualifies for them. */
export const financeHandlers = {
  publishFinanceProducts: administratorOs.admin.publishFinanceProducts.handler(({ context, input }) =>
    publishProducts(context, input, context.clock()),
  ),
  evaluateFinance: administratorOs.admin.evaluateFinance.handler(({ context, input }) =>
    evaluateFinance(context, input, context.clock()),
  ),
  financeOfMerchant: administratorOs.admin.financeOfMerchant.handler(async ({ context, input }) => {
    const { products, ...answer } = await evaluateMerchant(context, input.merchantId, context.clock());
    return {
      ...answer,
      products: products.map(({ failing, ...one }) => ({
        ...one,
        failing: failing.map((why) => ({ ...why })),
      })),
    };
  }),
};
