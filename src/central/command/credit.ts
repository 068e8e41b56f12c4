import type { CreditPolicyAnswer } from '../../contract/centre/credit.ts';
import { defaultPolicy } from '../../domain/credit/index.ts';
import { type Call, type Command, readJson, sayRows } from './call.ts';

async function gradeAll({ admin, options, say }: Call): Promise<void> {
  const { districts } = await admin.gradeMerchants({ month: options.month });
  sayRows(
    { say, options },
    districts.map(({ district, month, policyVersion, merchants, published, distribution }) => ({
      district,
      month,
      policy: policyVersion,
      merchants,
      published,
      grades: counts(distribution),
    })),
    ['district', 'month', 'policy', 'merchants', 'published', 'grades'],
  );
}

async function gradeOne({ admin, rest, say }: Call): Promise<void> {
  const { published } = await admin.gradeMerchant({ merchantId: rest[0] ?? '' });
  say(published ? 'Graded and published.' : 'Graded; it is as it was published.');
}

const counts = (all: Record<string, number>): string =>
  Object.entries(all)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

function describe(answer: CreditPolicyAnswer): string {
  const standing = ({ grade, points }: CreditPolicyAnswer['changed'][number]['from']): string =>
    `${grade ?? 'not rated'} ${points}`;
  return [
    `${answer.published ? 'Published as' : 'Would become'} version ${answer.version} of ${answer.unitPath}.`,
    `Against version ${answer.comparedWith}, ${answer.changes} of ${answer.merchants} merchants change:`,
    `  now: ${counts(answer.distribution.before)}`,
    `  then: ${counts(answer.distribution.after)}`,
    ...Object.entries(answer.migration).map(([from, to]) => `  from ${from}: ${counts(to)}`),
    ...answer.changed.map(
      ({ merchantId, from, to, because }) =>
        `  ${merchantId}: ${standing(from)} → ${standing(to)}: ${because.map((one) => `${one.indicator} ${one.from} → ${one.to}`).join(', ')}`,
    ),
    ...(answer.published ? [] : ['Nothing was published.']),
  ].join('\n');
}

/** Publishes a file, or only says who would change: the centre judges both alike. */
async function publish({ admin, options, rest, say }: Call, dryRun: boolean): Promise<void> {
  const policy = await readJson(rest[0] ?? '');
  const answer = await admin.publishCreditPolicy({ unitPath: options.unit, policy, dryRun });
  say(options.json ? JSON.stringify(answer, null, 2) : describe(answer));
}

/** Grades of merchants. */
export const creditCommands: Readonly<Record<string, Command>> = {
  'credit grade': {
    usage: 'credit grade [--month 2026-11]',
    about: 'grades every merchant and publishes what is new',
    least: 0,
    most: 0,
    run: gradeAll,
  },
  'policy show': {
    usage: 'policy show',
    about: 'the shipped credit policy, as a file to begin from',
    least: 0,
    most: 0,
    run: ({ say }) => {
      say(JSON.stringify(defaultPolicy, null, 2));
      return Promise.resolve();
    },
  },
  'policy check': {
    usage: 'policy check FILE',
    about: 'every fault of a credit policy, or who would change under it and why',
    least: 1,
    most: 1,
    run: (call) => publish(call, true),
  },
  'policy publish': {
    usage: 'policy publish FILE',
    about: 'publishes the credit policy as the next version',
    least: 1,
    most: 1,
    run: (call) => publish(call, false),
  },
  'credit merchant': {
    usage: 'credit merchant ID',
    about: 'grades one merchant now',
    least: 1,
    most: 1,
    run: gradeOne,
  },
};
