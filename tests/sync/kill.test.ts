import { describe, expect, it } from 'vitest';
import { runKillTest, type KillTestResult } from '../../tools/kill-test/run.ts';

const said: string[] = [];
const OPTIONS = { durable: false, say: (text: string) => void said.push(text) };

/** Processes that start side by side with other work take their time. */
const PATIENCE = { timeout: 240_000 };

function holds(result: KillTestResult): void {
  expect(result).toMatchObject({ lost: 0, doubled: 0, examples: [], verified: { broken: 0, examples: [] } });
  expect(result.proved).toBe(result.workstations);
  expect(result.acknowledged).toBeGreaterThan(20);
  expect(result.passed).toBe(true);
}

describe('real processes killed with SIGKILL while people work', () => {
  it('lose nothing that was acknowledged and double nothing', PATIENCE, async () => {
    const result = await runKillTest({
      ...OPTIONS,
      times: 3,
      centres: 1,
      workstations: 2,
      victims: 'all',
      seed: 3,
    });
    holds(result);
    expect(result.kills.centre).toBeGreaterThan(0);
    expect(result.kills.workstation).toBeGreaterThan(0);
  });

  it(
    'behind a proxy without sessions: with another centre process left nobody waits for more than one retry',
    PATIENCE,
    async () => {
      const result = await runKillTest({
        ...OPTIONS,
        times: 2,
        centres: 2,
        workstations: 2,
        victims: 'centres',
        seed: 5,
      });
      holds(result);
      expect(result.kills).toEqual({ centre: 2, workstation: 0 });
      expect(result.servedBy.filter((count) => count > 0)).toHaveLength(2);
      const cutOff = result.worstFailedRounds.filter((reason) => reason === 'centre-unreachable');
      expect(cutOff.length).toBeLessThanOrEqual(1);
    },
  );
});
