import { fail, readArguments, wholeNumber } from '../arguments.ts';

const USAGE = `npm run upgrade-test -- --from GIT-REFERENCE [--seconds 10] [--json]

Upgrades a centre at work from another release, as git has it, to this one: old and new centre processes on one database,
old and new workstations at both. Exit code 1 when a fact that was acknowledged is lost or doubled, an invariant is broken, or
a sign is not green. The other release runs with the packages that are installed here.`;

const { values, positionals } = readArguments(
  {
    from: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
  },
  USAGE,
);
if (positionals.length > 0) fail(`There is nothing to do with ${positionals.join(' ')}\n${USAGE}`);
// Loaded here, so that help and a mistyped option are answered at once.
const { runUpgradeTest } = await import('./run.ts');
const result = await runUpgradeTest({
  from: values.from ?? fail(`--from names the release to come from\n${USAGE}`),
  seconds: wholeNumber('seconds', values.seconds, 1, 3600),
  say: (text) => void process.stderr.write(`${text}\n`),
});
if (values.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
process.stderr.write(
  `${result.acknowledged} facts acknowledged, ${result.lost} lost, ${result.doubled} doubled, ${result.verified.checks} checks, ${result.verified.broken} broken\n`,
);
process.exitCode = result.passed ? 0 : 1;
