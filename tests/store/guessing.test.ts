import { hash } from '@node-rs/argon2';
import { ORPCError } from '@orpc/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitAfter } from '../../src/domain/organisation/index.ts';
import { applyFeedPage } from '../../src/main/kernel/store/index.ts';
import { countWrong } from '../../src/main/kernel/vault/index.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { foreignEvent, openTestWorkstation, PASSWORD, type TestWorkstation } from '../support/workstation.ts';

const NEW_PASSWORD = 'an administrator chose this';
const MINUTE = 60_000;

let folder: string;
let remove: () => Promise<void>;
let workstation: TestWorkstation;
/** What the machine says it has run, and what its clock says: only the first may open anything. */
let uptime: number;
let now: Date;

const open = (): Promise<TestWorkstation> =>
  openTestWorkstation(folder, { signIn: false, clock: () => now, uptime: () => uptime });

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  uptime = 1_000_000;
  now = new Date('2026-03-10T01:00:00.000Z');
  workstation = await open();
});
afterEach(async () => {
  await workstation.running.close();
  await remove();
});

/** A try in a window of its own: `in`, the code of its failure, or the seconds that it has to wait. */
async function trying(password: string, staffId = workstation.staffId): Promise<string | number> {
  try {
    await workstation.running.connect().api.session.signIn({ staffId, password });
    return 'in';
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error;
    const { seconds } = (error.data ?? {}) as { seconds?: number };
    return seconds ?? String(error.code);
  }
}

async function wrong(times: number, staffId?: string): Promise<void> {
  for (let time = 0; time < times; time += 1)
    expect(await trying(`wrong ${time}`, staffId)).toBe('SIGN_IN_FAILED');
}

describe('guessing a password', () => {
  it('is braked however many windows ask at once', async () => {
    const all = await Promise.all(Array.from({ length: 200 }, (_, index) => trying(`guess ${index}`)));
    expect(all.filter((one) => one === 'SIGN_IN_FAILED')).toHaveLength(4);
    expect(all.filter((one) => one === 5)).toHaveLength(196);
    expect(await trying(PASSWORD)).toBe(5);
    uptime += 5_000;
    expect(await trying(PASSWORD)).toBe('in');
  });

  it('costs nothing for a slip, and more each time after', async () => {
    await wrong(3);
    expect(await trying(PASSWORD)).toBe('in');
    await wrong(3);
    const waits: (string | number)[] = [];
    for (let time = 0; time < 6; time += 1) {
      await wrong(1);
      const wait = await trying(PASSWORD);
      waits.push(wait);
      uptime += Number(wait) * 1000;
    }
    expect(waits).toEqual([5, 15, 60, 300, 900, 900]);
    expect(await trying(PASSWORD)).toBe('in');
    await wrong(3);
  });

  it('is not made quicker by a restart, another clock, or a machine that was started anew', async () => {
    await wrong(4);
    uptime += 20_000;
    await wrong(1);
    expect(await trying(PASSWORD)).toBe(15);
    now = new Date('2026-03-30T01:00:00.000Z');
    expect(await trying(PASSWORD)).toBe(15);
    now = new Date('2026-03-09T12:00:00.000Z');
    await workstation.running.close();
    uptime += 4_000;
    workstation = await open();
    expect(await trying(PASSWORD)).toBe(11);
    await workstation.running.close();
    uptime = 3_000;
    workstation = await open();
    expect(await trying(PASSWORD)).toBe(12);
    uptime += 12_000;
    expect(await trying(PASSWORD)).toBe('in');
  });

  it('at many names is braked for the workstation, for no longer than a minute', async () => {
    for (let time = 0; time < 12; time += 1) {
      uptime += 15 * MINUTE;
      await wrong(1);
      await wrong(1, time < 3 ? 'nobody' : 'somebody else').catch(() => undefined);
    }
    // The account waits a quarter of an hour; whoever else works here a minute.
    expect(await trying('x')).toBe(900);
    expect(await trying('x', 'somebody else')).toBeLessThanOrEqual(60);
  });

  it('is over where an administrator gives another password', async () => {
    const { running, feed, staffId } = workstation;
    await wrong(4);
    uptime += 5_000;
    await wrong(1);
    expect(await trying(PASSWORD)).toBe(15);
    const passwordHash = await hash(NEW_PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 });
    const changed = feed.item(foreignEvent('staff', staffId, 'password-changed', { passwordHash }));
    await running.parts.store.write((writer) =>
      applyFeedPage(
        writer,
        { items: [changed], head: feed.head(), centreTime: now.toISOString() },
        running.parts.directory,
      ),
    );
    expect(await trying(NEW_PASSWORD)).toBe('in');
  });

  it('is counted for whoever answers for the workstation, and slips that were followed by the right one too', async () => {
    const { vault } = workstation.running.gate;
    expect(countWrong(vault)).toEqual({ failed: 0, lastFailedAt: null });
    expect(await trying(PASSWORD)).toBe('in');
    expect(countWrong(vault)).toEqual({ failed: 0, lastFailedAt: null });
    await wrong(2);
    const at = now.toISOString();
    now = new Date('2026-03-11T01:00:00.000Z');
    expect(await trying(PASSWORD)).toBe('in');
    expect(countWrong(vault)).toEqual({ failed: 2, lastFailedAt: at });
  });
});

describe('the waits', () => {
  it('never shrink, and end', () => {
    for (const of of ['account', 'workstation'] as const) {
      const waits = Array.from({ length: 40 }, (_, failures) => waitAfter(failures, of));
      expect(waits).toEqual(waits.toSorted((a, b) => a - b));
      expect(waits.at(-1)).toBe(of === 'account' ? 15 * MINUTE : MINUTE);
    }
  });
});
