import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROJECTIONS } from '../../src/main/capabilities.ts';
import { addEvidence } from '../../src/main/evidence/evidence.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { asStaff, newClient } from '../../src/main/kernel/parts.ts';
import { connect, encryptFile } from '../../src/main/kernel/store/connection.ts';
import { applyFeedPage, openStore } from '../../src/main/kernel/store/index.ts';
import {
  GATE_FILE,
  GateSealed,
  openEncryptedStore,
  openersOf,
  openVault,
} from '../../src/main/kernel/vault/index.ts';
import { startWorkstation, type WorkstationClient } from '../../src/main/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { FULL } from '../support/full.ts';
import { pdfOf, piecesOf } from '../support/samples.ts';
import {
  caseInput,
  foreignEvent,
  openTestWorkstation,
  PASSWORD,
  type TestWorkstation,
} from '../support/workstation.ts';

const PIN = '4827';
const CHEAP = { memoryCost: 1024, timeCost: 1, parallelism: 1 };
const MALL = '/HS/C1/M01';

let folder: string;
let remove: () => Promise<void>;
let open: TestWorkstation[];

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  open = [];
});
afterEach(async () => {
  for (const one of open) await one.running.close();
  await remove();
});

async function opened(signIn = true, of = folder): Promise<TestWorkstation> {
  const workstation = await openTestWorkstation(of, { signIn, graceMs: 0 });
  open.push(workstation);
  return workstation;
}

async function close(workstation: TestWorkstation): Promise<void> {
  open = open.filter((one) => one !== workstation);
  await workstation.running.close();
}

/** Until nothing is behind the gate any more. */
async function isShut({ running }: TestWorkstation): Promise<void> {
  await expect.poll(() => running.gate.parts() === null).toBe(true);
}

/** Facts of the administration, as they come down the feed. */
async function arrive(
  workstation: TestWorkstation,
  ...events: Parameters<typeof foreignEvent>[]
): Promise<void> {
  const { running, feed } = workstation;
  const items = events.map((event) => feed.item(foreignEvent(...event)));
  await running.parts.store.write((writer) =>
    applyFeedPage(
      writer,
      { items, head: feed.head(), centreTime: new Date().toISOString() },
      running.parts.directory,
    ),
  );
  await running.gate.refresh();
}

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'answered',
    (error: { code?: string }) => error.code,
  );

describe('a workstation that nobody is in', () => {
  it('is shut by the last who leaves or locks, tells so, and opens with all that was there', async () => {
    const workstation = await opened();
    const { running, api, staffId } = workstation;
    const { id } = await api.cases.register(caseInput());
    const other = running.connect(newClient({ window: true })).api;
    await other.session.signIn({ staffId, password: PASSWORD });
    await api.session.lock();
    expect(running.gate.parts()).not.toBeNull();
    await other.session.signOut();
    await isShut(workstation);
    expect(() => running.parts).toThrow('The window is locked');
    expect(await api.sync.status()).toMatchObject({ sign: 'offline', reason: 'locked', waiting: 1 });
    expect(await api.session.state()).toMatchObject({
      staff: { staffId, name: '测试员', unit: { path: MALL } },
      locked: { reason: 'asked' },
      enrolment: { deviceName: '测试工作站' },
      ready: true,
    });
    expect(await api.session.people()).toMatchObject([{ staffId, name: '测试员', pin: false }]);
    expect(await api.settings.set({ language: 'en' })).toMatchObject({ language: 'en' });
    expect(await api.settings.diagnostics()).toMatchObject({ cases: 1, recentProblems: [] });
    expect(await codeOf(api.cases.get({ id }))).toBe('LOCKED');
    expect(await codeOf(other.cases.get({ id }))).toBe('NOT_SIGNED_IN');
    expect(await codeOf(api.session.signIn({ staffId, password: 'wrong-wrong' }))).toBe('SIGN_IN_FAILED');
    expect(running.gate.parts()).toBeNull();
    await api.session.signIn({ staffId, password: PASSWORD });
    expect((await api.cases.get({ id })).state.consumer.name).toBe('张三');
    expect(await api.settings.get()).toMatchObject({ language: 'en' });
    expect(await api.sync.status()).not.toMatchObject({ reason: 'locked' });
  });

  it('opens by PIN for who has given their password, and not after five wrong ones', async () => {
    const workstation = await opened();
    const { api, staffId } = workstation;
    await api.session.setPin({ password: PASSWORD, pin: PIN });
    for (let time = 0; time < 2; time += 1) {
      await api.session.lock();
      await isShut(workstation);
      expect(await api.session.people()).toMatchObject([{ pin: true }]);
      await api.session.pinSignIn({ staffId, pin: PIN });
    }
    await api.session.lock();
    await isShut(workstation);
    for (let wrong = 1; wrong <= 5; wrong += 1)
      expect(await codeOf(api.session.pinSignIn({ staffId, pin: `00${wrong}7` }))).toBe('PIN_WRONG');
    expect(await codeOf(api.session.pinSignIn({ staffId, pin: PIN }))).toBe('PASSWORD_NEEDED');
    await api.session.signIn({ staffId, password: PASSWORD });
  });

  it('stays shut after a restart until a person comes; guesses at it are braked over restarts', async () => {
    const first = await opened();
    const { id } = await first.api.cases.register(caseInput());
    const { staffId } = first;
    await close(first);
    for (let time = 0; time < 3; time += 1) {
      const again = await opened(false);
      expect(again.running.gate.parts()).toBeNull();
      for (let guess = 0; guess < 2; guess += 1)
        await again.api.session.signIn({ staffId, password: `guess-${guess}` }).catch(() => undefined);
      await close(again);
    }
    const last = await opened(false);
    expect(await codeOf(last.api.session.signIn({ staffId, password: PASSWORD }))).toBe('SIGN_IN_WAIT');
    const file = JSON.parse(await readFile(join(folder, GATE_FILE), 'utf8')) as { sealed: string };
    expect(Object.keys(file)).toEqual(['version', 'sealed']);
    expect(id).toBeTruthy();
  });

  it('lets in who has come by a fact, and not who has gone by one, whose key is worth nothing then', async () => {
    const workstation = await opened();
    const { running, staffId, api } = workstation;
    await api.cases.register(caseInput());
    const passwordHash = await hash('another-password', CHEAP);
    await arrive(workstation, [
      'staff',
      'newcomer',
      'staff-added',
      { name: '新来的', role: 'mediator', unitPath: MALL, passwordHash },
    ]);
    await api.session.signOut();
    await isShut(workstation);
    const before = await readFile(join(folder, GATE_FILE));
    const newcomer = running.connect().api;
    await newcomer.session.signIn({ staffId: 'newcomer', password: 'another-password' });
    await arrive(workstation, ['staff', staffId, 'staff-deactivated', { on: '2026-01-02T01:00:00.000Z' }]);
    await newcomer.session.signOut();
    await isShut(workstation);
    expect(await codeOf(api.session.signIn({ staffId, password: PASSWORD }))).toBe('SIGN_IN_FAILED');
    // Whoever comes next has the key replaced.
    await newcomer.session.signIn({ staffId: 'newcomer', password: 'another-password' });
    await close(workstation);
    // What somebody copied before they had to go, put beside what is there now.
    await writeFile(join(folder, GATE_FILE), before);
    const vault = await openVault(folder, createNodeHost(folder));
    const person = vault.people().find((one) => one.staffId === staffId);
    const had = person && (await vault.tryPassword(person, PASSWORD));
    expect(had?.keys).toHaveLength(1);
    await expect(
      openEncryptedStore(folder, { keys: had?.keys ?? [], vault, projections: PROJECTIONS }),
    ).rejects.toMatchObject({ code: 'not-a-database' });
  });

  it('is nobody’s on another machine, or without what opens it, and says which', async () => {
    await close(await opened());
    const elsewhere = `${folder}-elsewhere`;
    await cp(folder, elsewhere, { recursive: true });
    await rm(join(elsewhere, 'host.key'));
    await expect(
      startWorkstation({ dataFolder: elsewhere, host: createNodeHost(elsewhere) }),
    ).rejects.toBeInstanceOf(GateSealed);
    await rm(elsewhere, { recursive: true });
    await rm(join(folder, GATE_FILE));
    await expect(
      startWorkstation({ dataFolder: folder, host: createNodeHost(folder) }),
    ).rejects.toBeInstanceOf(GateSealed);
  });
});

describe('the key of a vault that is being replaced', () => {
  it('opens at every point at which that may be cut', async () => {
    const workstation = await opened();
    await workstation.api.cases.register(caseInput());
    const { store } = workstation.running.parts;
    const people = await openersOf(store.read, MALL);
    await close(workstation);
    const host = createNodeHost(folder);
    const file = join(folder, 'heshi.sqlite');
    const cases = async (): Promise<{ cases: number; key: Uint8Array }> => {
      const vault = await openVault(folder, host);
      const [person] = vault.people();
      const found = person && (await vault.tryPassword(person, PASSWORD));
      const { store: again, key } = await openEncryptedStore(folder, {
        keys: found?.keys ?? [],
        vault,
        projections: PROJECTIONS,
      });
      const rows = await again.read.selectFrom('case_row').select('id').execute();
      await again.close();
      return { cases: rows.length, key };
    };
    const { key } = await cases();
    const next = Buffer.alloc(32, 7);
    const vault = await openVault(folder, host);
    await vault.prepareNext(next, people, null);
    expect((await cases()).cases).toBe(1);
    await vault.prepareNext(next, people, null);
    await encryptFile(file, key, next);
    expect((await cases()).cases).toBe(1);
    // Found to be the key, it is kept as the key.
    const after = await openVault(folder, host);
    expect(after.people()[0]?.next).toBeUndefined();
    expect(Buffer.from((await cases()).key)).toEqual(next);
  });
});

describe('a folder that an older release has left in plain text', () => {
  it('is encrypted at the first start, with all that was there, and what it had set', async () => {
    // As it was: the store without a key, and what is beside it now inside.
    const store = await openStore(folder, { projections: PROJECTIONS });
    await store.write(async (writer) => {
      await sql`INSERT INTO meta (key, value) VALUES ('settings', '{"language":"en"}'), ('note', '王小明')`.execute(
        writer,
      );
      await sql`INSERT INTO sign_in_guard (subject, credential, failures, wait_ms, uptime_ms, failed_at, total)
        VALUES ('', '', 3, 0, 1, '2026-03-01T00:00:00.000Z', 3)`.execute(writer);
    });
    await store.close();
    expect((await readFile(store.file)).includes('王小明')).toBe(true);
    const workstation = await opened();
    const { parts, gate } = workstation.running;
    expect(gate.vault.settings()).toMatchObject({ language: 'en' });
    expect(gate.vault.guard('')).toMatchObject({ total: 3 });
    const { rows } = await sql`SELECT value FROM meta WHERE key = 'note'`.execute(parts.store.read);
    expect(rows).toEqual([{ value: '王小明' }]);
    await close(workstation);
    expect((await readFile(store.file)).includes('王小明')).toBe(false);
    await expect(connect(store.file)).rejects.toMatchObject({ code: 'SQLITE_NOTADB' });
  });
});

/** All files below a folder, with their bytes. */
async function filesIn(root: string): Promise<{ name: string; bytes: Buffer; mode: number }[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const name = join(entry.parentPath, entry.name);
        return { name, bytes: await readFile(name), mode: (await stat(name)).mode & 0o777 };
      }),
  );
}

/** A text as it may lie in a file: as it is, in either order of UTF-16, escaped, or in one of base64's three shiftings. */
function formsOf(text: string): Buffer[] {
  const utf8 = Buffer.from(text);
  const utf16 = Buffer.from(text, 'utf16le');
  const escaped = Array.from(text, (one) => `\\u${one.codePointAt(0)?.toString(16).padStart(4, '0')}`).join(
    '',
  );
  const shifted = [0, 1, 2].map((skip) => {
    const base64 = Buffer.concat([Buffer.alloc(skip), utf8])
      .toString('base64')
      .replaceAll('=', '');
    // The first and last characters are made of neighbours' bits too.
    return Buffer.from(base64.slice(skip === 0 ? 0 : skip + 1, -1));
  });
  return [
    utf8,
    utf16,
    Buffer.from(utf16).swap16(),
    Buffer.from(escaped),
    Buffer.from(utf8.toString('hex')),
    ...shifted,
  ];
}

const SURNAMES = ['欧阳', '司马', '上官', '诸葛', '尉迟'];
const personOf = (number: number) => ({
  name: `${SURNAMES[number % SURNAMES.length]}甲${String.fromCodePoint(0x4e00 + number)}`,
  phone: `100${String(11_000_000 + number * 7919).padStart(8, '0')}`,
  address: `虚构路${9000 + number}弄${700 + number}号`,
});

/** Records cases as a desk does, with notes, half-written drafts and a paper as evidence. */
async function work(api: WorkstationClient, { running }: TestWorkstation, count: number): Promise<string[]> {
  const marks: string[] = [];
  const signedIn = running.connect();
  await signedIn.api.session.signIn({ staffId: 'staff-M01-mediator', password: PASSWORD });
  const context = asStaff(running.contextOf(signedIn.client));
  for (let number = 0; number < count; number += 1) {
    const { name, phone, address } = personOf(number);
    marks.push(name, phone, address);
    const text = `【虚构示例】${name}（${phone}）住${address}，要求退款。`;
    const { id } = await api.cases.register(
      caseInput({ consumer: { name, phone }, facts: { text, occurredOn: '2026-03-01' } }),
    );
    await api.drafts.save({ key: `case-${id}`, title: name, values: { text: `${phone} ${address}` } });
    if (number % 4 === 0)
      await addEvidence(context, { caseId: id, name: `${name}.pdf` }, piecesOf(pdfOf(text)));
  }
  await signedIn.api.session.signOut();
  return marks;
}

describe('every byte of a folder', () => {
  it('tells no name, number or address: while it is worked with, locked, and as a kill leaves it', async () => {
    const workstation = await opened();
    const marks = await work(workstation.api, workstation, FULL ? 200 : 12);
    const forms = marks.flatMap((mark) => formsOf(mark).map((bytes) => ({ mark, bytes })));
    const told = async (root: string): Promise<string[]> => {
      const files = await filesIn(root);
      expect(files.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeGreaterThan(100_000);
      return files.flatMap(({ name, bytes }) =>
        forms.filter((form) => bytes.includes(form.bytes)).map((form) => `${name}: ${form.mark}`),
      );
    };
    // The search itself finds what is there.
    const found = forms.filter(({ bytes }) => Buffer.from(`x${JSON.stringify(marks)}`).includes(bytes));
    expect(new Set(found.map(({ mark }) => mark)).size).toBe(marks.length);
    expect(await told(folder)).toEqual([]);
    const killed = `${folder}-killed`;
    await cp(folder, killed, { recursive: true });
    try {
      expect(await told(killed)).toEqual([]);
      await workstation.api.session.lock();
      await isShut(workstation);
      expect(await told(folder)).toEqual([]);
      for (const { name, mode } of await filesIn(folder)) expect([name, mode]).toEqual([name, 0o600]);
      // And what the kill left opens with all of it.
      const again = await opened(true, killed);
      const { events, cases } = await again.api.settings.diagnostics();
      expect(cases).toBe(marks.length / 3);
      expect(events).toBeGreaterThan(cases);
    } finally {
      for (const one of open.splice(0)) await one.running.close();
      await rm(killed, { recursive: true });
    }
  });
});
