import { defaultProducts } from '../../domain/finance/index.ts';
import { type Call, type Command, readJson, sayRows } from './call.ts';

async function publish({ admin, options, rest, say }: Call, dryRun: boolean): Promise<void> {
  const products = await readJson(rest[0] ?? '');
  const answer = await admin.publishFinanceProducts({ unitPath: options.unit, products, dryRun });
  say(
    options.json
      ? JSON.stringify(answer, null, 2)
      : `${answer.published ? 'Published as' : 'Would become'} version ${answer.version} of ${answer.unitPath}.`,
  );
}

async function evaluate({ admin, options, say }: Call, dryRun: boolean): Promise<void> {
  const { districts } = await admin.evaluateFinance({ dryRun });
  sayRows(
    { say, options },
    districts.map(({ qualifying, ...one }) => ({
      ...one,
      qualifying: Object.entries(qualifying)
        .map(([code, count]) => `${code} ${count}`)
        .join(', '),
    })),
    ['district', 'productsVersion', 'merchants', 'qualifying', 'entered', 'left'],
  );
}

async function merchant({ admin, options, rest, say }: Call): Promise<void> {
  const { products, listed, day } = await admin.financeOfMerchant({ merchantId: rest[0] ?? '' });
  if (!options.json) say(`${day}: ${listed ? 'on the whitelist' : 'not on the whitelist'}`);
  sayRows(
    { say, options },
    products.map(({ code, qualifies, failing }) => ({
      product: code,
      qualifies,
      because: failing
        .map(({ rule, has, needs }) => `${rule}: has ${has ?? 'none'}, needs ${needs}`)
        .join('; '),
    })),
    ['product', 'qualifies', 'because'],
  );
}

/** Credit products, and who qualifies for them. */
export const financeCommands: Readonly<Record<string, Command>> = {
  'products show': {
    usage: 'products show',
    about: 'the shipped credit products, as a file to begin from',
    least: 0,
    most: 0,
    run: ({ say }) => {
      say(JSON.stringify(defaultProducts, null, 2));
      return Promise.resolve();
    },
  },
  'products check': {
    usage: 'products check FILE',
    about: 'every fault of a file of credit products',
    least: 1,
    most: 1,
    run: (call) => publish(call, true),
  },
  'products publish': {
    usage: 'products publish FILE',
    about: 'publishes the credit products as the next version',
    least: 1,
    most: 1,
    run: (call) => publish(call, false),
  },
  'finance count': {
    usage: 'finance count',
    about: 'how many merchants qualify for which product, and who would enter the whitelist',
    least: 0,
    most: 0,
    run: (call) => evaluate(call, true),
  },
  'finance evaluate': {
    usage: 'finance evaluate',
    about: 'the same, and records entries to the whitelist and leavings',
    least: 0,
    most: 0,
    run: (call) => evaluate(call, false),
  },
  'finance merchant': {
    usage: 'finance merchant ID',
    about: 'for which products a merchant qualifies, and why not',
    least: 1,
    most: 1,
    run: merchant,
  },
};
