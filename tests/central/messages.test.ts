import { createServer, type Server } from 'node:http';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  askForCalls,
  keepDueMessages,
  type Messaging,
  readMessaging,
  sendMessages,
} from '../../src/central/messages/index.ts';
import { signatureOf } from '../../src/central/messages/webhook.ts';
import { sanctionIdOf } from '../../src/domain/credit/index.ts';
import { shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { ingestPartsOf } from '../support/ingest-parts.ts';
import { districtSupervisor, DISTRICT, MALL, mallMediator, useCentre } from './setting.ts';

const setting = useCentre();
const SECRET = 'a secret that both know';
const DECISION = { organ: '虚构市场监督管理局', number: '虚市监处罚〔2026〕12号' };
/** The first day on which its repair may be asked for: the day after the three months of a decision of the ordinary class. */
const OPENS = '2026-08-07';
const on = (day: string): Date => new Date(`${day}T02:00:00.000Z`);

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

const drop = () => join(folder, 'out');
const opened = (gateway: Record<string, unknown>): Promise<Messaging> =>
  readMessaging(JSON.stringify({ from: '2026-06-01', windowPhone: '0574-12345678', gateway }));

/** A merchant with a penalty, whose repair may be asked for from `OPENS` on. Its record's id. */
async function punished(phone: string | null = '13800001111'): Promise<string> {
  setting.centre.setNow(on('2026-05-20'));
  const [mall, district] = [await setting.device(MALL), await setting.device(DISTRICT)];
  const at = on('2026-05-20').toISOString();
  await mall.push([
    mall.event({
      stream: { kind: 'merchant', id: 'm-1' },
      type: 'merchant-registered',
      payload: {
        name: '虚构服饰店',
        creditCode: null,
        category: 'enterprise',
        unitPath: MALL,
        address: null,
        contactName: '王某',
        phone,
        invented: true,
      },
      actor: mallMediator,
      at,
    }),
  ]);
  const id = sanctionIdOf('m-1', DECISION);
  const { receipts } = await district.push([
    district.event({
      stream: { kind: 'sanction', id },
      type: 'sanction-recorded',
      payload: {
        entryId: 'e-1',
        merchantId: 'm-1',
        merchantName: '虚构服饰店',
        merchantPath: MALL,
        kind: 'penalty',
        class: 'ordinary',
        ...DECISION,
        determinedOn: '2026-05-06',
        publishedOn: null,
        channel: 'creditchina',
        simplified: false,
        measures: ['fine'],
        areas: [],
        restrictedUntil: null,
        text: '未明码标价',
        duties: [],
        continues: null,
        again: 0,
      },
      actor: districtSupervisor,
      at,
    }),
  ]);
  expect(receipts).toMatchObject([{ status: 'accepted' }]);
  return id;
}

/** One run of both jobs on a day. */
async function run(messaging: Messaging, now: Date): Promise<void> {
  const parts = { database: setting.centre.centre.database, messaging };
  await keepDueMessages(parts, now);
  await sendMessages(parts, now);
}
type Kept = { state: string; tries: number; before: number; outcome: string };
async function kept(): Promise<Kept[]> {
  const { rows } = await sql<Kept>`
    SELECT state, tries, days_before AS before, outcome FROM message ORDER BY days_before DESC`.execute(
    setting.centre.centre.database,
  );
  return rows;
}

describe('a folder', () => {
  it('is given each message once, whole, with what it needs and no more, at 30 and at 7 days', async () => {
    await punished();
    const file = { channel: 'file', folder: drop() };
    await run(await opened(file), on(shiftDay(OPENS, -31)));
    expect(await kept()).toEqual([]);
    for (const days of [30, 29, 8]) await run(await opened(file), on(shiftDay(OPENS, -days)));
    expect(await readdir(drop())).toHaveLength(1);
    const [name = ''] = await readdir(drop());
    const message = JSON.parse(await readFile(join(drop(), name), 'utf8')) as Record<string, string>;
    expect(Object.keys(message).toSorted()).toEqual(['at', 'id', 'text', 'to']);
    expect(message['to']).toBe('13800001111');
    for (const part of ['虚构服饰店', DECISION.number, '2026年8月7日', '0574-12345678'])
      expect(message['text']).toContain(part);
    expect(message['text']).not.toContain('王某');
    for (const days of [7, 1]) await run(await opened(file), on(shiftDay(OPENS, -days)));
    expect(await readdir(drop())).toHaveLength(2);
    expect(await kept()).toEqual([
      { state: 'sent', tries: 1, before: 30, outcome: '' },
      { state: 'sent', tries: 1, before: 7, outcome: '' },
    ]);
  });

  it('is given nothing twice after a process has ended in the middle', async () => {
    await punished();
    const messaging = await opened({ channel: 'file', folder: drop() });
    const now = on(shiftDay(OPENS, -30));
    await keepDueMessages({ database: setting.centre.centre.database, messaging }, now);
    const sending = () =>
      sql`UPDATE message SET state = 'sending', tries = 1`.execute(setting.centre.centre.database);
    // Between the note that it is being sent and the file: it may have been taken already.
    await sending();
    await run(messaging, now);
    expect(await kept()).toMatchObject([{ state: 'doubtful' }]);
    expect(await readdir(drop())).toEqual([]);
    // While the file was being written: it was certainly not sent.
    const { rows } = await sql<{ id: string }>`SELECT id FROM message`.execute(
      setting.centre.centre.database,
    );
    const [{ id } = { id: '' }] = rows;
    await writeFile(join(drop(), `.${id}.part`), '{');
    await sending();
    await run(messaging, now);
    expect(await kept()).toMatchObject([{ state: 'sent', tries: 2 }]);
    expect(await readdir(drop())).toEqual([`${id}.json`]);
    // With the file there.
    await sending();
    await run(messaging, now);
    expect(await kept()).toMatchObject([{ state: 'sent', tries: 1 }]);
  });

  it('is given none for a merchant without a number, and none before the first day of its file', async () => {
    await punished(null);
    const messaging = await opened({ channel: 'file', folder: drop() });
    await run({ ...messaging, from: shiftDay(OPENS, -20) }, on(shiftDay(OPENS, -30)));
    expect(await kept()).toEqual([]);
    await run(messaging, on(shiftDay(OPENS, -30)));
    expect(await kept()).toMatchObject([{ state: 'no-phone', tries: 0 }]);
  });
});

describe('a webhook', () => {
  let server: Server;
  let answers: number[];
  let taken: { body: string; headers: Record<string, string | string[] | undefined> }[];
  let url: string;
  beforeEach(async () => {
    answers = [];
    taken = [];
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => (body += part));
      request.on('end', () => {
        taken.push({ body, headers: request.headers });
        response.writeHead(answers.shift() ?? 204, { location: url }).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`;
    await writeFile(join(folder, 'secret'), `${SECRET}\n`);
  });
  afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const webhook = () => opened({ channel: 'webhook', url, secretFile: join(folder, 'secret') });

  it('is tried again with growing waits under the same id, signed, and follows nowhere', async () => {
    await punished();
    answers = [500, 302];
    const start = on(shiftDay(OPENS, -30)).getTime();
    const states: (string | undefined)[] = [];
    // At once, before the first wait is over, after it, before the second is over, after it, and later.
    for (const seconds of [0, 59, 60, 299, 301, 9_000]) {
      await run(await webhook(), new Date(start + seconds * 1_000));
      states.push((await kept())[0]?.state);
    }
    expect(states).toEqual(['waiting', 'waiting', 'waiting', 'waiting', 'sent', 'sent']);
    expect(taken).toHaveLength(3);
    expect(new Set(taken.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    for (const { body, headers } of taken)
      expect(headers['x-heshi-signature']).toBe(signatureOf(SECRET, String(headers['x-heshi-time']), body));
  });

  it.each([
    ['http://example.org/in', 'gateway.url'],
    ['https://name:word@example.org/in', 'gateway.url'],
    ['file:///etc', 'gateway.url'],
  ])('is refused at %s', async (address, field) => {
    const file = { channel: 'webhook', url: address, secretFile: join(folder, 'secret') };
    await expect(opened(file)).rejects.toThrow(field);
  });

  it('is refused with a secret that can be guessed', async () => {
    await writeFile(join(folder, 'secret'), 'short');
    await expect(webhook()).rejects.toThrow('16 characters');
  });
});

it('asks a window to call, each step once, and shows it the record by that', async () => {
  const window = '/HS/D01/D01W1';
  await setting.centre.admin.admin.createUnits({
    units: [
      { path: '/HS/D01', name: '虚构局', body: 'department', disputePoint: false },
      { path: window, name: '虚构局专窗', body: 'window', disputePoint: false },
    ],
  });
  const id = await punished();
  const parts = await ingestPartsOf(setting.centre);
  await parts.units.reload(parts.database);
  const counts: number[] = [];
  for (const days of [-31, -30, -29, -7, -1, 0, 5])
    counts.push(await askForCalls(parts, on(shiftDay(OPENS, days))));
  expect(counts).toEqual([0, 1, 0, 1, 0, 1, 0]);
  const { rows } = await sql`
    SELECT kind, owner_path AS owner, due_at AS due FROM task WHERE stream_id = ${id} ORDER BY kind`.execute(
    parts.database,
  );
  expect(rows).toMatchObject([{ kind: 'application' }, { kind: 'call', owner: window, due: null }]);
  const desk = await setting.device(window);
  await desk.signIn();
  const { items } = await desk.feed();
  expect(items.filter(({ event }) => event.stream.id === id).map(({ event }) => event.type)).toEqual([
    'sanction-recorded',
    'sanction-call-asked',
    'sanction-call-asked',
    'sanction-call-asked',
  ]);
});
