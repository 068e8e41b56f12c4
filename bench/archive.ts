import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { sql } from 'kysely';
import { archiveClosed } from '../src/central/archive/archive.ts';
import { openDatabase } from '../src/central/kernel/db/database.ts';
import { startEmbeddedPostgres } from '../src/central/kernel/db/embedded.ts';
import { createUnitCache } from '../src/central/kernel/units.ts';
import type { PushedEvent } from '../src/contract/centre/index.ts';
import { createNodeHost } from '../src/main/hosts/node.ts';
import { startWorkstation, type Workstation } from '../src/main/workstation.ts';
import { stateForm } from '../src/protocol/state-form.ts';
import { enrolTestDevice, type TestDevice } from '../tests/support/device.ts';
import { actorAt, registration } from '../tests/support/facts.ts';
import { codeFor, createTestDistrict } from '../tests/support/postgres.ts';
import { PASSWORD } from '../tests/support/workstation.ts';
import { startCentre, type RunningCentre } from '../tools/world/centre.ts';
import { personName, phoneNumber } from '../tools/world/names.ts';
import { createRandom, type Random } from '../tools/world/random.ts';
import { median, rounded, timed, type BenchRow } from './row.ts';
import { temporaryFolder } from '../tools/temporary-folder.ts';

const CLOSED = 20_000;
const OPEN = 500;
const CASES_PER_BATCH = 250;
const PAGES_TIMED = 9;
const UNIT = '/HS/C1/M01';
const ACTOR = { ...actorAt(UNIT), staffId: 'mediator-mall' };
/** Later than any period that is shipped. */
const YEARS_LATER_MS = 1_100 * 86_400_000;

/** Four events a closed case, two an open one. */
function caseEvents(device: TestDevice, random: Random, number: number): PushedEvent[] {
  const stream = { kind: 'case' as const, id: `archive-${number}` };
  const step = (type: string, payload: unknown): PushedEvent =>
    device.event({ stream, type, payload, actor: ACTOR });
  const events = [
    step(
      'case-registered',
      registration({
        number: `M01-2026-1-${String(number).padStart(6, '0')}`,
        consumer: { name: personName(random), phone: phoneNumber(random) },
      }),
    ),
    step('case-accepted', {}),
  ];
  if (number >= CLOSED) return events;
  return [
    ...events,
    step('case-withdrawn', { reason: '撤回' }),
    step('case-closed', { satisfaction: 'satisfied' }),
  ];
}

async function fill(centre: RunningCentre): Promise<TestDevice> {
  await createTestDistrict(centre, await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 }));
  const device = await enrolTestDevice({ url: centre.url, code: await codeFor(centre, UNIT) });
  const random = createRandom(11);
  for (let done = 0; done < CLOSED + OPEN; done += CASES_PER_BATCH) {
    const batch = Array.from({ length: CASES_PER_BATCH }, (_, index) =>
      caseEvents(device, random, done + index),
    );
    await device.push(batch.flat());
  }
  return device;
}

/** Bytes of all pages of a walk, as they come over the wire, and the middle of their times. */
type Walk = { bytes: number; pages: number; pageMs: number };

async function walkFeed(device: TestDevice, archived: 'whole' | 'bare'): Promise<Walk> {
  await device.signIn();
  const walk: Walk = { bytes: 0, pages: 0, pageMs: 0 };
  const times: number[] = [];
  for (let after = 0, end = Infinity; after < end;) {
    const started = performance.now();
    const page = await device.client.feed({ after, archived });
    times.push(performance.now() - started);
    walk.bytes += Buffer.byteLength(JSON.stringify(page));
    walk.pages += 1;
    end = page.head.position;
    after = Math.max(page.items.at(-1)?.position ?? after, page.bare?.at(-1)?.position ?? after);
  }
  // The first pages are the ones that were archived, whichever form is asked for.
  walk.pageMs = median(times.slice(0, PAGES_TIMED));
  return walk;
}

async function walkSnapshot(device: TestDevice): Promise<Walk> {
  await device.signIn();
  const walk: Walk = { bytes: 0, pages: 0, pageMs: 0 };
  const times: number[] = [];
  let next: number | null | undefined;
  while (next !== null) {
    const started = performance.now();
    const page: Awaited<ReturnType<TestDevice['client']['snapshot']>> = await device.client.snapshot({
      form: stateForm(),
      ...(next === undefined ? {} : { after: next }),
    });
    times.push(performance.now() - started);
    walk.bytes += Buffer.byteLength(JSON.stringify(page));
    walk.pages += 1;
    next = page.next;
  }
  walk.pageMs = median(times);
  return walk;
}

async function open(folder: string): Promise<Workstation> {
  return startWorkstation({
    dataFolder: folder,
    host: createNodeHost(folder),
    automaticSync: false,
    leasesNumbers: false,
  });
}

/** A new workstation, from an empty folder to its list and to the green sign. */
async function newcomer(folder: string, centre: RunningCentre): Promise<{ ready: number; cases: number }> {
  const code = await codeFor(centre, UNIT);
  let running: Workstation | undefined;
  const ready = await timed(async () => {
    running = await open(folder);
    const { api } = running.connect();
    await api.session.enrol({ centreUrl: centre.url, code, deviceName: 'bench' });
    const status = await api.sync.now();
    if (status.sign !== 'proved') throw new Error(`Not proved: ${status.reason}`);
  });
  const opened = running;
  if (!opened) throw new Error('The running did not open');
  const { rows } = await sql<{ cases: number }>`SELECT count(*) AS cases FROM case_row`.execute(
    opened.parts.store.read,
  );
  await opened.close();
  return { ready, cases: rows[0]?.cases ?? -1 };
}

const megabytes = (bytes: number): number => rounded(bytes / 1024 / 1024);

function row(name: string, [before, after]: [number, number], unit: string, what: string): BenchRow {
  return {
    name,
    value: rounded(after),
    unit,
    reference: `before archiving ${rounded(before)} ${unit}; ${what}`,
    ratio: rounded(after / before),
    budget: 'none',
    met: null,
  };
}

/**
 * A unit with 20,000 closed cases of four events each and 500 open ones, before and after the closed ones are archived: what a new
 * workstation loads and how long it takes until it is proved, the pages of feed and snapshot, and how long the
 * archiving and the leaving of a workstation that had all of them take. Centre and PostgreSQL have processes of their own.
 */
export async function benchArchive(): Promise<BenchRow[]> {
  const { folder, remove } = await temporaryFolder();
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
  const centre = await startCentre({ folder: join(folder, 'centre'), databaseUrl: postgres.url });
  const device = await fill(centre);
  const old = join(folder, 'old');
  const before = {
    feed: await walkFeed(device, 'bare'),
    snapshot: await walkSnapshot(device),
    newcomer: await newcomer(old, centre),
  };
  const { database } = openDatabase(postgres.url);
  const archiving = await timed(async () => {
    const now = new Date(Date.now() + YEARS_LATER_MS);
    const archived = await archiveClosed(database, createUnitCache(), now);
    if (archived !== CLOSED) throw new Error(`${archived} archived`);
  });
  await database.destroy();
  const after = {
    feed: await walkFeed(device, 'bare'),
    snapshot: await walkSnapshot(device),
    newcomer: await newcomer(join(folder, 'new'), centre),
  };
  const running = await open(old);
  const leaving = await timed(async () => {
    const { sign, reason } = await running.parts.sync.run();
    if (sign !== 'proved') throw new Error(`Not proved: ${reason}`);
  });
  const { rows } = await sql<{ cases: number }>`SELECT count(*) AS cases FROM case_row`.execute(
    running.parts.store.read,
  );
  if (rows[0]?.cases !== OPEN || after.newcomer.cases !== OPEN)
    throw new Error(`${rows[0]?.cases} cases stayed, ${after.newcomer.cases} came`);
  await running.close();
  const sizes = await Promise.all([old, join(folder, 'new')].map((one) => stat(join(one, 'heshi.sqlite'))));
  await centre.stop();
  await postgres.stop();
  await remove();
  return [
    row(
      'archive-new-workstation',
      [before.newcomer.ready, after.newcomer.ready],
      'ms until proved',
      `${before.newcomer.cases} cases before, ${after.newcomer.cases} after`,
    ),
    row(
      'archive-feed',
      [megabytes(before.feed.bytes), megabytes(after.feed.bytes)],
      'MB of the whole feed',
      `${after.feed.pages} pages`,
    ),
    row('archive-feed-page', [before.feed.pageMs, after.feed.pageMs], 'ms a page of 2,000', 'median of nine'),
    row(
      'archive-snapshot',
      [megabytes(before.snapshot.bytes), megabytes(after.snapshot.bytes)],
      'MB of the whole snapshot',
      `${after.snapshot.pages} pages`,
    ),
    row(
      'archive-snapshot-page',
      [before.snapshot.pageMs, after.snapshot.pageMs],
      'ms a page',
      'median of all pages',
    ),
    {
      name: 'archive-job',
      value: rounded(archiving),
      unit: 'ms',
      reference: `${CLOSED} cases marked; a running lets go of them in ${rounded(leaving)} ms; its database file ${megabytes(sizes[0]?.size ?? 0)} MB with free pages, a new one's ${megabytes(sizes[1]?.size ?? 0)} MB`,
      ratio: null,
      budget: 'none',
      met: null,
    },
  ];
}
