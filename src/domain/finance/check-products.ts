import type { CreditPolicy } from '../credit/index.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import { FinanceProducts, type ProductRule } from './products.ts';

/** What products are checked beside: the codes of the credit policy's categories, and of its grades from best to worst. */
export type Beside = { categories: readonly string[]; grades: readonly string[] };

/** The codes of a policy. */
export function besideOf({ categories, scale }: Pick<CreditPolicy, 'scale' | 'categories'>): Beside & {
  categories: string[];
  grades: string[];
} {
  return { categories: categories.map(({ code }) => code), grades: scale.grades.map(({ code }) => code) };
}

/** The version that new products follow, as far as it is asked of it. */
export type ProductsInForce = { version: number; effectiveFrom: string };

/** What a file comes to: the products, or every fault in it, each with its field and rule. */
export type CheckedProducts =
  | { products: FinanceProducts; faults: readonly [] }
  | { products: null; faults: readonly Refusal[] };

/**
 * Reads a file of products and says everything that is wrong with it: its form, names given twice or leading nowhere, its date, and each
 * product, and the whitelist, whose rules exclude everybody. `today` is the day of publication; null of what is shipped.
 */
export function checkProducts(
  file: unknown,
  beside: Beside,
  inForce: ProductsInForce | null,
  today: string | null,
): CheckedProducts {
  const read = FinanceProducts.safeParse(file);
  if (!read.success)
    return {
      products: null,
      faults: read.error.issues.map(({ path, code, message }) => ({
        rule: 'payload-invalid',
        field: path.map(String).join('.'),
        parameters: { detail: message || code },
      })),
    };
  const products = read.data;
  const faults = [
    ...datesOf(products, inForce, today),
    ...repeatsOf(products),
    ...lendersOf(products),
    ...signersOf(products, beside),
    ...contradictionsOf(products.whitelist.rules, 'whitelist.rules', beside),
    ...products.products.flatMap(({ rules }, place) =>
      contradictionsOf(rules, `products.${place}.rules`, beside),
    ),
  ];
  return faults.length === 0 ? { products, faults: [] } : { products: null, faults };
}

function datesOf(
  { effectiveFrom }: FinanceProducts,
  inForce: ProductsInForce | null,
  today: string | null,
): Refusal[] {
  const faults: Refusal[] = [];
  if (today !== null && effectiveFrom < today)
    faults.push({ rule: 'finance-products-backdated', field: 'effectiveFrom', parameters: { today } });
  if (inForce !== null && effectiveFrom <= inForce.effectiveFrom)
    faults.push({
      rule: 'finance-products-order',
      field: 'effectiveFrom',
      parameters: { version: inForce.version, day: inForce.effectiveFrom },
    });
  return faults;
}

function repeatsOf({ recipients, products, consent }: FinanceProducts): Refusal[] {
  const lists = [
    { path: 'recipients', key: 'code', keys: recipients.map(({ code }) => code) },
    { path: 'recipients', key: 'unit', keys: recipients.map(({ unit }) => unit) },
    { path: 'products', key: 'code', keys: products.map(({ code }) => code) },
    { path: 'consent.signers', key: 'category', keys: consent.signers.map(({ category }) => category) },
  ];
  return lists.flatMap(({ path, key, keys }) =>
    keys.flatMap((one, place) =>
      keys.indexOf(one) < place
        ? [{ rule: 'finance-named-twice', field: `${path}.${place}.${key}`, parameters: { name: one } }]
        : [],
    ),
  );
}

function lendersOf({ recipients, products }: FinanceProducts): Refusal[] {
  const known = new Set(recipients.map(({ code }) => code));
  return products.flatMap(({ lender }, place): Refusal[] =>
    lender === null || known.has(lender)
      ? []
      : [{ rule: 'finance-lender-unknown', field: `products.${place}.lender`, parameters: { code: lender } }],
  );
}

function signersOf({ consent }: FinanceProducts, { categories }: Beside): Refusal[] {
  return consent.signers.flatMap(({ category }, place): Refusal[] =>
    categories.includes(category)
      ? []
      : [
          {
            rule: 'finance-category-unknown',
            field: `consent.signers.${place}.category`,
            parameters: { code: category },
          },
        ],
  );
}

/** Why nobody can ever satisfy all of these rules; none where somebody can. */
function contradictionsOf(
  rules: readonly ProductRule[],
  path: string,
  { grades, categories }: Beside,
): Refusal[] {
  const faults: Refusal[] = [];
  let allowed = categories;
  let [least, most] = [0, Infinity];
  rules.forEach((rule, place) => {
    const field = `${path}.${place}`;
    if (rule.kind === 'category') {
      const strange = rule.oneOf.find((code) => !categories.includes(code));
      if (strange !== undefined)
        faults.push({
          rule: 'finance-category-unknown',
          field: `${field}.oneOf`,
          parameters: { code: strange },
        });
      const both = allowed.filter((code) => rule.oneOf.includes(code));
      if (both.length === 0 && allowed.length > 0 && strange === undefined)
        faults.push({ rule: 'finance-excludes-everybody', field: `${field}.oneOf` });
      allowed = both;
    }
    // A grade above the top: nobody is given it.
    if (rule.kind === 'grade' && !grades.includes(rule.atLeast))
      faults.push({
        rule: 'finance-grade-unknown',
        field: `${field}.atLeast`,
        parameters: { grade: rule.atLeast },
      });
    if (rule.kind === 'months-in-business') {
      if (rule.least === null && rule.most === null)
        faults.push({ rule: 'finance-rule-says-nothing', field });
      [least, most] = [Math.max(least, rule.least ?? 0), Math.min(most, rule.most ?? Infinity)];
      if (least > most)
        faults.push({
          rule: 'finance-excludes-everybody',
          field: `${field}.${rule.least === least ? 'least' : 'most'}`,
        });
    }
  });
  return faults;
}
