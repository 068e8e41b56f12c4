import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCentre, type Centre } from '../../src/central/centre.ts';
import { spendChallenge } from '../../src/central/kernel/http/challenges.ts';
import { createTurns, startJob, whenElected } from '../../src/central/kernel/jobs/elected.ts';
import { createCentralClient } from '../../src/protocol/central-client.ts';
import { sessionText, signText } from '../../src/protocol/keys.ts';
import { openTestDevice } from '../support/device.ts';
import { ADMIN_TOKEN, ROOMY } from '../support/postgres.ts';
import { MALL, mallMediator, newCase, refusal, steps, useCentre } from './setting.ts';

const setting = useCentre();
let second: Centre;
let url: string;

beforeEach(async () => {
  second = await createCentre({ databaseUrl: setting.centre.databaseUrl, capacity: ROOMY });
  ({ url } = await second.listen({ host: '127.0.0.1', port: 0 }));
});
afterEach(() => second.close());

describe('two centre processes on one database', () => {
  it('take each other’s challenges and sessions, and a challenge once between them', async () => {
    const device = await setting.device(MALL);
    const { deviceId } = device;
    const other = createCentralClient({ baseUrl: url });
    const { challenge } = await other.challenge({ deviceId });
    const signature = signText(device.keys.privateKey, sessionText(deviceId, challenge));
    const { token } = await device.client.session({ deviceId, challenge, signature });
    expect(await refusal(other.session({ deviceId, challenge, signature }))).toMatchObject({
      code: 'NOT_AUTHENTICATED',
    });
    const signedIn = createCentralClient({ baseUrl: url, token: () => token });
    expect((await signedIn.feed({ after: 0, limit: 1 })).head.position).toBeGreaterThan(0);
  });

  it('take one device’s batches in turn, and answer a batch that comes to both with the same receipts', async () => {
    const device = await setting.device(MALL);
    const there = openTestDevice({ ...device, url });
    const batches = Array.from({ length: 6 }, () => [
      device.event({ stream: newCase(), ...steps.register(), actor: mallMediator }),
    ]);
    for (const [index, batch] of batches.entries()) await (index % 2 === 0 ? device : there).push(batch);
    const last = batches.at(-1) ?? [];
    const answers = await Promise.all([device, there, device, there].map((one) => one.push(last)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.receipts))).size).toBe(1);
    expect(answers[0]?.head.sequence).toBe(6);
    const { invariants } = await setting.centre.admin.admin.verify();
    expect(invariants.filter((one) => one.broken > 0)).toEqual([]);
  });

  it('know a revocation at once, whichever was told', async () => {
    const device = await setting.device(MALL);
    await device.signIn();
    const there = openTestDevice({ ...device, url });
    await there.signIn();
    await setting.centre.admin.admin.revoke({ deviceId: device.deviceId, reason: 'test' });
    expect(await refusal(there.feed())).toMatchObject({ code: 'DEVICE_REVOKED' });
  });
});

describe('what one process is told of units', () => {
  const MARKET = '/HS/C1/M03';
  const name = '第三商场（测试）';
  const market = { path: MARKET, name, level: 2, party: 'operator' as const, disputePoint: true };

  it('the other knows when a case moves there', async () => {
    const device = await setting.device(MALL);
    const there = openTestDevice({ ...device, url });
    const stream = newCase();
    await there.push([there.event({ stream, ...steps.register(), actor: mallMediator })]);
    await setting.centre.admin.admin.createUnits({ units: [market] });
    const { receipts } = await there.push([
      there.event({
        stream,
        type: 'case-transferred',
        payload: { toPath: MARKET, reason: '就近处理' },
        actor: mallMediator,
      }),
    ]);
    expect(receipts).toMatchObject([{ status: 'accepted' }]);
    const receiver = await setting.device(MARKET);
    const streams = (await receiver.feed()).items.map((item) => item.event.stream.id);
    expect(streams).toContain(stream.id);
  });

  it('the other has in its figures', async () => {
    await setting.centre.admin.admin.createUnits({ units: [market] });
    const admin = createCentralClient({ baseUrl: url, token: () => ADMIN_TOKEN });
    const range = { from: '2026-01-01', to: '2026-12-31' };
    const { children } = await admin.admin.rollup({ path: '/HS/C1', ...range });
    expect(children.map((child) => child.path)).toContain(MARKET);
  });

  it('the other publishes a procedure to', async () => {
    await setting.centre.admin.admin.createUnits({ units: [market] });
    const admin = createCentralClient({ baseUrl: url, token: () => ADMIN_TOKEN });
    const file = {
      year: 2027,
      papers: ['https://example.invalid/2027'],
      days: [{ name: '元旦', date: '2027-01-01', isOffDay: true }],
    };
    expect(await admin.admin.importCalendarYear({ file })).toMatchObject({ year: 2027 });
    const receiver = await setting.device(MARKET);
    expect((await receiver.feed()).items.map((item) => item.event.type)).toContain('calendar-year-imported');
  });
});

describe('the schema of a newer release', () => {
  it('is served where that release says that it can be, and left alone otherwise', async () => {
    const { database } = setting.centre.centre;
    await sql`INSERT INTO schema_version VALUES (999)`.execute(database);
    const older = await createCentre({ databaseUrl: setting.centre.databaseUrl });
    await older.close();
    await sql`UPDATE setting SET value = '999' WHERE key = 'serves-schema'`.execute(database);
    await expect(createCentre({ databaseUrl: setting.centre.databaseUrl })).rejects.toThrow(
      'of a newer release (schema 999)',
    );
  });
});

describe('used challenges', () => {
  it('are forgotten some time after they are over, and not before', async () => {
    const { database } = setting.centre.centre;
    const now = new Date('2026-03-10T02:00:00Z');
    const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
    expect(await spendChallenge(database, 'one', later(1), now)).toBe(true);
    expect(await spendChallenge(database, 'one', later(1), later(5))).toBe(false);
    expect(await spendChallenge(database, 'two', later(21), later(20))).toBe(true);
    const { rows } = await sql`SELECT hash FROM used_challenge`.execute(database);
    expect(rows).toHaveLength(1);
    // Of those who ask at the same moment one is the first.
    const asked = await Promise.all(
      Array.from({ length: 8 }, () => spendChallenge(database, 'three', later(21), later(20))),
    );
    expect(asked.filter(Boolean)).toHaveLength(1);
  });
});

describe('a job', () => {
  const log = pino({ level: 'silent' });

  it('runs in one process at a time, and goes on in another when that one loses its connection', async () => {
    const { database } = setting.centre.centre;
    const inside = Promise.withResolvers<void>();
    const leave = Promise.withResolvers<void>();
    const first = whenElected(database, 'a-job', async () => {
      inside.resolve();
      await leave.promise;
    });
    await inside.promise;
    let ran = 0;
    const count = async (): Promise<void> => void (ran += 1);
    expect(await whenElected(second.database, 'a-job', count)).toBe(false);
    expect(await whenElected(second.database, 'another-job', count)).toBe(true);
    await sql`
      SELECT pg_terminate_backend(pid, 5000) FROM pg_locks
      WHERE locktype = 'advisory' AND classid = 711422 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`.execute(
      second.database,
    );
    expect(await whenElected(second.database, 'a-job', count)).toBe(true);
    expect(ran).toBe(2);
    leave.resolve();
    expect(await first).toBe(true);
  });

  it('is tried again after a failure, and no more once it is over', async () => {
    const { database } = setting.centre.centre;
    let runs = 0;
    const over = Promise.withResolvers<void>();
    const job = startJob(
      database,
      {
        name: 'fails-once',
        everyMs: 1,
        run: async () => {
          runs += 1;
          if (runs === 1) throw new Error('once');
          over.resolve();
          return true;
        },
      },
      log,
      createTurns(),
    );
    await over.promise;
    await job.stop();
    expect(runs).toBe(2);
    expect(await whenElected(database, 'fails-once', async () => undefined)).toBe(true);
  });
});
