import { fail, readArguments, wholeNumber } from '../arguments.ts';

const USAGE = `npm run kill-test -- [--times 100] [--centres 1] [--workstations 3] [--victims all|centres|in-turn] [--seed 1] [--json]

Starts PostgreSQL, centre processes and workstation processes, lets people work at them without a pause, and kills one or
the other with SIGKILL at random moments, a process of PostgreSQL too. Then everything arrives, and every fact that a person was told is saved is
counted in the centre's log: exit code 1 when one is lost or doubled, an invariant is broken, or a sign is not green.
With --centres 2 or more they serve one database behind a plain proxy that knows no sessions.`;

const { values, positionals } = readArguments(
  {
    times: { type: 'string', default: '100' },
    centres: { type: 'string', default: '1' },
    workstations: { type: 'string', default: '3' },
    victims: { type: 'string', default: 'all' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
  USAGE,
);
if (positionals.length > 0) fail(`There is nothing to do with ${positionals.join(' ')}\n${USAGE}`);
const { victims } = values;
// Loaded here, so that help and a mistyped option are answered at once.
const { runKillTest } = await import('./run.ts');
const result = await runKillTest({
  times: wholeNumber('times', values.times, 1, 10_000),
  centres: wholeNumber('centres', values.centres, 1, 8),
  workstations: wholeNumber('workstations', values.workstations, 1, 32),
  victims:
    victims === 'all' || victims === 'centres' || victims === 'in-turn'
      ? victims
      : fail(`--victims takes all, centres or in-turn, not ${victims}\n${USAGE}`),
  seed: wholeNumber('seed', values.seed, 0, 2 ** 31),
  durable: true,
  say: (text) => void process.stderr.write(`${text}\n`),
});
if (values.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
process.stderr.write(
  `${result.kills.centre} centre, ${result.kills.workstation} workstation and ${result.kills.database} database processes killed: ${result.acknowledged} facts acknowledged, ${result.lost} lost, ${result.doubled} doubled, ${result.verified.checks} checks, ${result.verified.broken} broken, ${result.seconds} s\n`,
);
process.exitCode = result.passed ? 0 : 1;
