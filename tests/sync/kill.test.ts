import { describe, expect, it } from 'vitest';
import { runKillTest } from '../../tools/kill-test/run.ts';
import { FULL } from '../support/full.ts';

const said: string[] = [];

/** Processes that start side by side with other work take their time. */
const PATIENCE = { timeout: 240_000 };
const LONG = { timeout: 1_800_000 };

describe('real processes killed with SIGKILL while people work', () => {
  it(
    'lose and double nothing; with another centre process left only a request under way fails',
    PATIENCE,
    async () => {
      const result = await runKillTest({
        times: 3,
        centres: 2,
        workstations: 2,
        victims: 'in-turn',
        seed: 5,
        durable: false,
        say: (text) => void said.push(text),
      });
      expect(result, said.join('\n')).toMatchObject({
        lost: 0,
        doubled: 0,
        examples: [],
        proved: 2,
        kills: { centre: 2, workstation: 1, database: 0 },
        verified: { broken: 0, examples: [] },
        passed: true,
      });
      expect(result.acknowledged).toBeGreaterThan(20);
      // No sticky sessions: both were asked by everybody.
      expect(result.servedBy.filter((count) => count > 0)).toHaveLength(2);
      // Only what a dying process had in hand was lost: whoever asks again once it is gone gets the other one.
      const { cutOffRounds, brokenOff } = result;
      expect(brokenOff).toMatchObject({ otherwise: 0, noServer: 0 });
      expect(cutOffRounds, JSON.stringify(brokenOff)).toBeLessThanOrEqual(brokenOff.withServer);
    },
  );

  if (FULL)
    it('lose and double nothing, whatever is killed together, the database among it', LONG, async () => {
      const result = await runKillTest({
        times: 100,
        centres: 2,
        workstations: 2,
        victims: 'all',
        seed: 5,
        durable: true,
        say: (text) => void said.push(text),
      });
      expect(result, said.join('\n')).toMatchObject({ lost: 0, doubled: 0, examples: [], passed: true });
      expect(Object.values(result.kills).every((kills) => kills > 0)).toBe(true);
    });
});
