import { sql } from 'kysely';
import type { FinanceEvaluation, FinanceMerchant } from '../../contract/centre/finance.ts';
import { isWhitelisted, qualify, whitelistStep, type WhitelistStep } from '../../domain/finance/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { parentPath } from '../../domain/organisation/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import { textArray } from '../kernel/db/arrays.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import { centreError } from '../kernel/errors.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { withCentreLog } from '../organisation/index.ts';
import { factsOf, judge, type KnownMerchant, knownMerchants, type Measure, measureOf } from './known.ts';

/** Merchants that are read at once. */
const PAGE = 2_000;
/** Changes of the whitelist that are recorded in one transaction: pushes of the merchants' units wait for no more than these. */
const AT_ONCE = 500;

type District = FinanceEvaluation['districts'][number];

/** Merchants of a district behind an id, in the order of the ids. Those of whom finance knows something, or all. */
async function idsBehind(
  from: QueryExecutor,
  district: string,
  after: string,
  { touched }: { touched: boolean },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT merchant_id AS id FROM credit_merchant AS kept WHERE district = ${district} AND merchant_id > ${after}
      AND (NOT ${touched}::boolean
        OR EXISTS (SELECT FROM stream WHERE kind = 'finance' AND id = kept.merchant_id)
        OR EXISTS (SELECT FROM stream WHERE kind = 'consent' AND id > kept.merchant_id || '.' AND id < kept.merchant_id || '/'))
    ORDER BY merchant_id LIMIT ${sql.lit(PAGE)}`.execute(from);
  return rows.map(({ id }) => id);
}

function stepOf(known: KnownMerchant, { numbered, scale, day }: Measure): WhitelistStep | null {
  const listed = isWhitelisted(known.finance);
  return whitelistStep({ listed }, factsOf(known, day), numbered.products, scale);
}

/**
 * Records who enters the whitelist and who leaves it, worked out in the transaction that records it, with the consents and the records
 * locked. Returns how many did.
 */
async function record(
  parts: IngestParts,
  measure: Measure,
  ids: readonly string[],
  now: Date,
): Promise<{ entered: number; left: number }> {
  return withCentreLog(parts, now, async ({ transaction, record: append }) => {
    await sql`SELECT FROM stream WHERE kind IN ('credit', 'finance') AND id = ANY(${textArray(ids)}::text[])
      ORDER BY kind, id FOR UPDATE`.execute(transaction);
    const steps = (await knownMerchants(transaction, ids)).flatMap((known) => {
      const step = stepOf(known, measure);
      return step === null ? [] : [{ known, step }];
    });
    await append(
      steps.map(({ known, step: { change, reasons } }) => ({
        stream: { kind: 'finance', id: known.id },
        type: change === 'entered' ? 'whitelist-entered' : 'whitelist-left',
        payload: {
          merchantPath: known.unitPath,
          version: measure.numbered.version,
          on: measure.day,
          reasons,
        },
        unitPath: known.unitPath,
      })),
    );
    const entered = steps.filter(({ step }) => step.change === 'entered').length;
    return { entered, left: steps.length - entered };
  });
}

async function evaluateDistrict(
  parts: IngestParts,
  measure: Measure,
  options: { dryRun: boolean; touched: boolean; stopped: () => boolean },
  now: Date,
): Promise<District> {
  const { products } = measure.numbered.products;
  const qualifying = Object.fromEntries(products.map(({ code }) => [code, 0]));
  const answer: District = {
    district: measure.district,
    productsVersion: measure.numbered.version,
    merchants: 0,
    qualifying,
    entered: 0,
    left: 0,
  };
  for (let after = ''; !options.stopped();) {
    const ids = await idsBehind(parts.database, measure.district, after, options);
    const last = ids.at(-1);
    if (last === undefined) break;
    after = last;
    const due: string[] = [];
    for (const known of await knownMerchants(parts.database, ids)) {
      // What has become part of another entry is that one's.
      if (known.merchant?.mergedInto !== undefined) continue;
      answer.merchants += 1;
      const facts = factsOf(known, measure.day);
      for (const product of products)
        if (qualify(product, facts, measure.scale).qualifies)
          qualifying[product.code] = (qualifying[product.code] ?? 0) + 1;
      const step = stepOf(known, measure);
      if (step === null) continue;
      due.push(known.id);
      if (options.dryRun) answer[step.change] += 1;
    }
    for (let start = 0; start < due.length && !options.dryRun; start += AT_ONCE) {
      const done = await record(parts, measure, due.slice(start, start + AT_ONCE), now);
      answer.entered += done.entered;
      answer.left += done.left;
    }
  }
  return answer;
}

async function measures(parts: IngestParts, now: Date): Promise<Measure[]> {
  await parts.units.reload(parts.database);
  const day = businessDay(now.toISOString());
  const tops = parts.units.all().filter(({ path }) => parentPath(path) === null);
  const found: Measure[] = [];
  for (const { path } of tops) found.push(await measureOf(parts.database, topOf(path), day));
  return found;
}

const never = (): boolean => false;

/**
 * Judges every merchant of every district by all products in force today, page by page, and records entries to the whitelist and leavings
 * unless it only counts. Cut between two pages, the next run goes on.
 */
export async function evaluateFinance(
  parts: IngestParts,
  { dryRun, stopped = never }: { dryRun: boolean; stopped?: () => boolean },
  now: Date,
): Promise<FinanceEvaluation> {
  const districts: District[] = [];
  for (const measure of await measures(parts, now))
    districts.push(await evaluateDistrict(parts, measure, { dryRun, touched: false, stopped }, now));
  return { districts };
}

/**
 * Keeps the whitelist as the rules have it: of merchants of whom finance knows something where it asks for a consent, and of all where
 * it does not. Looked at by whichever process is elected. Returns how many entered or left.
 */
export async function keepWhitelist(parts: IngestParts, now: Date, stopped: () => boolean): Promise<number> {
  let changed = 0;
  for (const measure of await measures(parts, now)) {
    const touched = measure.numbered.products.whitelist.rules.some(({ kind }) => kind === 'consent');
    const { entered, left } = await evaluateDistrict(
      parts,
      measure,
      { dryRun: false, touched, stopped },
      now,
    );
    changed += entered + left;
  }
  return changed;
}

/** For which products one merchant qualifies today, and why not. @throws RULE where there is none */
export async function evaluateMerchant(
  { database }: Pick<IngestParts, 'database'>,
  merchantId: string,
  now: Date,
): Promise<FinanceMerchant> {
  const [known] = await knownMerchants(database, [merchantId]);
  if (!known) throw centreError('RULE', { rule: 'merchant-missing', field: 'merchantId' });
  const measure = await measureOf(database, topOf(known.unitPath), businessDay(now.toISOString()));
  return { day: measure.day, productsVersion: measure.numbered.version, ...judge(known, measure) };
}
