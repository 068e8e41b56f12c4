import { describe, expect, it } from 'vitest';
import type { SyncStatus } from '../../src/contract/workstation/sync.ts';
import { useWorkstations } from '../support/live-workstations.ts';

const workstations = useWorkstations();
const MALL = '/HS/C1/M01';

/** Lets what is under way go on for so many turns of the event loop. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('a state that is told while a round is under way', () => {
  it('says so, whenever it was begun to be read', async () => {
    const { running } = await workstations.open('one', MALL, 'mediator-mall');
    const { sync } = running.parts;
    const told: SyncStatus[] = [];
    const stop = sync.subscribe((status) => told.push(status));
    for (let count = 0; count < 60; count += 1) {
      told.length = 0;
      const reading = sync.refresh();
      await turns(count % 12);
      await sync.run();
      await reading;
      const begun = told.findIndex((status) => status.running);
      const over = told.slice(begun).filter((status) => !status.running);
      expect(over, `${count}`).toHaveLength(1);
    }
    stop();
  });
});
