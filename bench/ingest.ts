import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { sql } from 'kysely';
import { startEmbeddedPostgres } from '../src/central/kernel/db/embedded.ts';
import type { Actor } from '../src/domain/kernel/event/event.ts';
import { openDatabase, type Database } from '../src/central/kernel/db/database.ts';
import type { PushedEvent } from '../src/contract/centre/index.ts';
import { pushBody } from '../src/main/kernel/sync/batch.ts';
import { actorAt, registration } from '../tests/support/facts.ts';
import { enrolTestDevice, type TestDevice } from '../tests/support/device.ts';
import { codeFor, createTestDistrict } from '../tests/support/postgres.ts';
import { PASSWORD } from '../tests/support/workstation.ts';
import { startCentre } from '../tools/world/centre.ts';
import { median, memoryRow, peakResident, rounded, timed, type BenchRow } from './row.ts';
import { temporaryFolder } from '../tools/temporary-folder.ts';

/** Batches of a workstation in one round. */
const BATCHES = 10;
const ROUNDS = 5;
const CASES_PER_BATCH = 250;
const WORKSTATIONS = [
  { unitPath: '/HS/C1/M01', staffId: 'mediator-mall' },
  { unitPath: '/HS/C1/M02', staffId: 'mediator-second' },
] as const;

/** Four events a case: registered, accepted, a session, withdrawn. */
function batch(device: TestDevice, actor: Actor, number: number): PushedEvent[] {
  const at = '2026-03-10T02:00:00.000Z';
  return Array.from({ length: CASES_PER_BATCH }, (_, index) => {
    const stream = { kind: 'case' as const, id: `ingest-${actor.staffId}-${number}-${index}` };
    const event = (type: string, payload: unknown): PushedEvent =>
      device.event({ stream, type, payload, actor, at });
    return [
      event('case-registered', registration()),
      event('case-accepted', {}),
      event('session-recorded', {
        heldOn: '2026-03-10',
        place: '调解室',
        attendance: 'both',
        record: '双方陈述。',
        proposalFen: null,
      }),
      event('case-withdrawn', { reason: '撤回' }),
    ];
  }).flat();
}

type Body = Uint8Array<ArrayBuffer>;

/** As a workstation writes a push, ready before the clock starts: it is the centre that is measured. */
function bodyOf(device: TestDevice, events: readonly PushedEvent[]): Body {
  const facts = events.map((event) => ({ body: Buffer.from(JSON.stringify(event)) }));
  return pushBody(facts, device.sign(events), device.attest(events));
}

/** The same rows by raw batched INSERT into the same server: the limit. */
async function rawInsert(database: Database, batches: readonly PushedEvent[][]): Promise<number> {
  await sql`CREATE TABLE IF NOT EXISTS raw_event (id uuid PRIMARY KEY, stream text, type text, payload text, actor text,
    device text, sequence bigint, at text, unit_path text, previous_hash text, hash text)`.execute(database);
  return timed(async () => {
    for (const events of batches) {
      await sql`INSERT INTO raw_event SELECT * FROM unnest(
        ${events.map((event) => event.id)}::uuid[], ${events.map((event) => event.stream.id)}::text[],
        ${events.map((event) => event.type)}::text[], ${events.map((event) => JSON.stringify(event.payload))}::text[],
        ${events.map((event) => JSON.stringify(event.actor))}::text[], ${events.map((event) => event.device)}::text[],
        ${events.map((event) => event.deviceSequence)}::bigint[], ${events.map((event) => event.at)}::text[],
        ${events.map((event) => event.unitPath)}::text[], ${events.map((event) => event.previousHash)}::text[],
        ${events.map((event) => event.hash)}::text[])`.execute(database);
    }
  });
}

type OpenWorkstation = { device: TestDevice; actor: Actor };

/** One round of a workstation's batches, ready to be sent. */
function prepared(
  { device, actor }: OpenWorkstation,
  round: number,
): { batches: PushedEvent[][]; bodies: Body[] } {
  const made = Array.from({ length: BATCHES }, (_, number) => {
    const events = batch(device, actor, round * BATCHES + number);
    return { events, body: bodyOf(device, events) };
  });
  return { batches: made.map(({ events }) => events), bodies: made.map(({ body }) => body) };
}

async function send({ device }: OpenWorkstation, bodies: readonly Body[]): Promise<void> {
  for (const body of bodies) {
    const { receipts } = await device.send(body);
    if (receipts.length > 0) throw new Error('An event was not accepted');
  }
}

/**
 * Ingest over HTTP with every check, feeds and roll-up on, by a centre in a process of its own as anywhere else,
 * from two workstations at once; in turn with a raw batched insert of the same rows.
 */
export async function benchIngest(): Promise<BenchRow[]> {
  const { folder, remove } = await temporaryFolder();
  const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
  const databaseUrl = await server.createDatabase('ingest');
  const centre = await startCentre({ folder: join(folder, 'centre'), databaseUrl });
  await createTestDistrict(centre, await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 }));
  const workstations = await Promise.all(
    WORKSTATIONS.map(async ({ unitPath, staffId }): Promise<OpenWorkstation> => {
      const device = await enrolTestDevice({ url: centre.url, code: await codeFor(centre, unitPath) });
      await device.signIn();
      return { device, actor: { ...actorAt(unitPath), staffId } };
    }),
  );
  const { database } = openDatabase(databaseUrl);
  const rates: number[] = [];
  const rawRates: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const rounds = workstations.map((workstation) => ({ workstation, ...prepared(workstation, round) }));
    const batches = rounds.flatMap((one) => one.batches);
    const milliseconds = await timed(() =>
      Promise.all(rounds.map(({ workstation, bodies }) => send(workstation, bodies))),
    );
    const raw = await rawInsert(database, batches);
    // The first round makes both warm.
    if (round === 0) continue;
    const events = batches.flat().length;
    rates.push((events / milliseconds) * 1000);
    rawRates.push((events / raw) * 1000);
  }
  const memory = peakResident(centre.pid);
  await database.destroy();
  await centre.stop();
  await server.stop();
  await remove();
  const [perSecond, rawPerSecond] = [median(rates), median(rawRates)];
  const ratio = perSecond / rawPerSecond;
  return [
    {
      name: 'ingest',
      value: Math.round(perSecond),
      unit: `events/s, median of ${ROUNDS}`,
      reference: `raw batched insert of the same rows: ${Math.round(rawPerSecond)} rows/s`,
      ratio: rounded(ratio),
      budget: '>= 10,000 events/s; >= 0.35 of raw',
      met: perSecond >= 10_000 && ratio >= 0.35,
    },
    memoryRow(
      'memory-centre',
      memory,
      500,
      `the centre's process after taking ${(ROUNDS + 1) * WORKSTATIONS.length * BATCHES * CASES_PER_BATCH * 4} events in; PostgreSQL apart`,
    ),
  ];
}
