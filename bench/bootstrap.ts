import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { sql } from 'kysely';
import type { PushedEvent } from '../src/contract/centre/index.ts';
import { createNodeHost } from '../src/main/hosts/node.ts';
import { startWorkstation, type Workstation } from '../src/main/workstation.ts';
import { enrolTestDevice, type TestDevice } from '../tests/support/device.ts';
import { actorAt, registration } from '../tests/support/facts.ts';
import { codeFor, createTestDistrict } from '../tests/support/postgres.ts';
import { PASSWORD } from '../tests/support/workstation.ts';
import { startCentre, type RunningCentre } from '../tools/world/centre.ts';
import { personName, phoneNumber } from '../tools/world/names.ts';
import { createRandom, type Random } from '../tools/world/random.ts';
import { rounded, timed, type BenchRow } from './row.ts';
import { temporaryFolder } from '../tools/temporary-folder.ts';

const CASES = 20_000;
const CASES_PER_BATCH = 250;
const UNIT = '/HS/C1/M01';
const ACTOR = { ...actorAt(UNIT), staffId: 'mediator-mall' };

/** Four events a case: half of them withdrawn and closed, half in mediation. */
function caseEvents(device: TestDevice, random: Random, number: number): PushedEvent[] {
  const stream = { kind: 'case' as const, id: `bootstrap-${number}` };
  const at = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
  const step = (type: string, payload: unknown): PushedEvent =>
    device.event({ stream, type, payload, actor: ACTOR, at });
  const registered = step(
    'case-registered',
    registration({
      number: `M01-2026-1-${String(number).padStart(6, '0')}`,
      consumer: { name: personName(random), phone: phoneNumber(random) },
      facts: { text: '【虚构示例】大衣掉色，要求退款。', occurredOn: '2025-12-20' },
    }),
  );
  const session = (): PushedEvent =>
    step('session-recorded', {
      heldOn: '2026-01-02',
      place: '调解室',
      attendance: 'both',
      record: '双方陈述。',
      proposalFen: null,
    });
  if (number % 2 === 0) {
    return [
      registered,
      step('case-accepted', {}),
      step('case-withdrawn', { reason: '撤回' }),
      step('case-closed', { satisfaction: 'unknown' }),
    ];
  }
  return [registered, step('case-accepted', {}), session(), session()];
}

async function fillCentre(centre: RunningCentre): Promise<void> {
  await createTestDistrict(centre, await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 }));
  const device = await enrolTestDevice({ url: centre.url, code: await codeFor(centre, UNIT) });
  const random = createRandom(7);
  let sending: Promise<unknown> = Promise.resolve();
  for (let done = 0; done < CASES; done += CASES_PER_BATCH) {
    const events = Array.from({ length: CASES_PER_BATCH }, (_, index) =>
      caseEvents(device, random, done + index),
    ).flat();
    // The next batch is made while the centre works on this one.
    await sending;
    sending = device.push(events);
  }
  await sending;
}

type Ready = { ready: number; proved: number };

/** From an empty folder to all cases in the list, and to the green sign. */
async function bootstrap(folder: string, centre: RunningCentre, fetcher: typeof fetch): Promise<Ready> {
  const code = await codeFor(centre, UNIT);
  let running: Workstation | undefined;
  const started = performance.now();
  const ready = await timed(async () => {
    running = await startWorkstation({ dataFolder: folder, host: createNodeHost(folder), fetcher });
    const { api } = running.connect();
    await api.session.enrol({ centreUrl: centre.url, code, deviceName: 'bench' });
    await api.session.signIn({ staffId: 'mediator-mall', password: PASSWORD });
    const { items } = await api.cases.list({ filter: {}, limit: 50 });
    const { rows } = await sql<{ cases: number }>`SELECT count(*) AS cases FROM case_row`.execute(
      running.parts.store.read,
    );
    if (items.length !== 50 || rows[0]?.cases !== CASES)
      throw new Error(`${rows[0]?.cases} of ${CASES} cases`);
  });
  const opened = running;
  if (!opened) throw new Error('The running did not open');
  await new Promise<void>((resolve) => {
    const stop = opened.parts.sync.subscribe((status) => {
      if (status.sign !== 'proved') return;
      stop();
      resolve();
    });
    void opened.parts.sync.refresh();
  });
  const proved = performance.now() - started;
  await opened.close();
  return { ready, proved };
}

/** What a centre without snapshots answers. */
const withoutSnapshots: typeof fetch = (input, init) => {
  const url = input instanceof Request ? input.url : String(input);
  return url.includes('/v1/snapshot')
    ? Promise.resolve(Response.json({ code: 'NOT_FOUND', message: 'No such call' }, { status: 404 }))
    : fetch(input, init);
};

/**
 * A new workstation at a unit with 20,000 cases of four events each, from an empty folder until its list has them all, and
 * until its whole history is there and checked; beside one that reads its feed from the beginning. The centre has a process
 * of its own; both sides are durable.
 */
export async function benchBootstrap(): Promise<BenchRow[]> {
  const { folder, remove } = await temporaryFolder();
  const centre = await startCentre({ folder: join(folder, 'centre') });
  await fillCentre(centre);
  const feed = await bootstrap(join(folder, 'by-feed'), centre, withoutSnapshots);
  const snapshot = await bootstrap(join(folder, 'by-snapshot'), centre, fetch);
  await centre.stop();
  await remove();
  return [
    {
      name: 'bootstrap-20k',
      value: rounded(snapshot.ready),
      unit: 'ms',
      reference: `the same by reading the feed from its beginning: ${rounded(feed.ready)} ms; history here and checked after ${rounded(snapshot.proved)} ms`,
      ratio: rounded(feed.ready / snapshot.ready),
      budget: '<= 5 s',
      met: snapshot.ready <= 5_000,
    },
  ];
}
