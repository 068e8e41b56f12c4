import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments, wholeNumber } from '../arguments.ts';
import { runSimulation } from './run.ts';

const USAGE = 'npm run simulate -- [--points 8] [--merchants N] [--days 30] [--seed 1] [--json] [--keep]';

const { values } = readArguments(
  {
    points: { type: 'string', default: '8' },
    merchants: { type: 'string' },
    days: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
  USAGE,
);
const points = wholeNumber('points', values.points, 4, 2000);
const merchants = wholeNumber('merchants', values.merchants ?? String(points * 3), points, 20_000);
const days = wholeNumber('days', values.days, 1, 3660);
const seed = wholeNumber('seed', values.seed, 0, 2 ** 31);

const folder = await mkdtemp(join(tmpdir(), 'heshi-simulation-'));
const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
try {
  const result = await runSimulation({ folder, points, merchants, days, seed, say });
  if (values.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else
    say(
      `difference ${result.difference}; ${result.compared.figures} figures of ${result.compared.units} units`,
    );
  process.exitCode =
    result.difference === 0 && result.brokenInvariants === 0 && result.unproved === 0 ? 0 : 1;
} finally {
  if (values.keep) say(`kept in ${folder}`);
  else await rm(folder, { recursive: true, force: true });
}
