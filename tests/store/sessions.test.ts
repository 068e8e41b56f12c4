import { hash } from '@node-rs/argon2';
import { ORPCError } from '@orpc/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyFeedPage } from '../../src/main/kernel/store/index.ts';
import { newClient, type Client } from '../../src/main/kernel/parts.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import {
  caseInput,
  foreignEvent,
  openTestWorkstation,
  PASSWORD,
  type TestWorkstation,
} from '../support/workstation.ts';

const MINUTE = 60_000;
const PIN = '4827';
const OTHER = 'another';
const CHEAP = { memoryCost: 1024, timeCost: 1, parallelism: 1 };

let folder: string;
let remove: () => Promise<void>;
let workstation: TestWorkstation;
let now: Date;

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  now = new Date('2026-03-10T01:00:00.000Z');
  workstation = await openTestWorkstation(folder, { signIn: false, clock: () => now });
});
afterEach(async () => {
  await workstation.running.close();
  await remove();
});

/** What a facts of the administration brings when it comes down the feed. */
async function arrives(type: string, payload: unknown, staffId = workstation.staffId): Promise<void> {
  const { running, feed } = workstation;
  const items = [feed.item(foreignEvent('staff', staffId, type, payload))];
  await running.parts.store.write((writer) =>
    applyFeedPage(
      writer,
      { items, head: feed.head(), centreTime: now.toISOString() },
      running.parts.directory,
    ),
  );
}

type Window = { client: Client; api: WorkstationClient };

/** A window on the desk, with somebody signed in at it. */
async function window(staffId = workstation.staffId): Promise<Window> {
  const opened = workstation.running.connect(newClient({ window: true }));
  await opened.api.session.signIn({ staffId, password: PASSWORD });
  return opened;
}

async function colleague(): Promise<void> {
  const passwordHash = await hash(PASSWORD, CHEAP);
  await arrives(
    'staff-added',
    { name: '同事', role: 'mediator', unitPath: workstation.unitPath, passwordHash },
    OTHER,
  );
}

async function codeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'answered';
  } catch (error) {
    if (error instanceof ORPCError) return String(error.code);
    throw error;
  }
}

const passed = (minutes: number): void => {
  now = new Date(now.getTime() + minutes * MINUTE);
};

describe('an account that is not any more what it was when it signed in', () => {
  const changes = {
    dismissed: ['staff-deactivated', { on: '2026-03-10T00:00:00.000Z' }],
    moved: ['staff-assigned', { role: 'mediator', unitPath: '/HS/C1' }],
    role: ['staff-assigned', { role: 'shop-manager', unitPath: '/HS/C1/M01' }],
    password: ['password-changed', { passwordHash: '$argon2id$v=19$m=1024,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAA' }],
  } as const;

  it.each(Object.entries(changes))(
    '%s: asks and records nothing, and is told why',
    async (reason, [type, payload]) => {
      const asking = await window();
      const recording = await window();
      const caseId = crypto.randomUUID();
      await asking.api.drafts.save({ key: 'case-new', title: '新纠纷', values: { text: '写到一半' } });
      await arrives(type, payload);
      expect(await codeOf(asking.api.cases.list({ limit: 10 }))).toBe('NOT_SIGNED_IN');
      expect(await codeOf(recording.api.cases.register(caseInput({ caseId })))).toBe('NOT_SIGNED_IN');
      for (const { api, client } of [asking, recording]) {
        expect(client.staff).toBeNull();
        expect(await api.session.state()).toMatchObject({
          staff: null,
          ended: { name: '测试员', reason, at: now.toISOString(), drafts: 1 },
        });
      }
      const { read } = workstation.running.parts.store;
      expect(await read.selectFrom('outbox').selectAll().execute()).toEqual([]);
    },
  );

  it('is stopped in a command that had begun before', async () => {
    const { api, client } = await window();
    const { store } = workstation.running.parts;
    // Another write is under way, the dismissal waits behind it, and the command behind both.
    const turn = Promise.withResolvers<void>();
    const writing = store.write(() => turn.promise);
    const arriving = arrives(...changes.dismissed);
    const registering = codeOf(api.cases.register(caseInput()));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(client.staff).not.toBeNull();
    turn.resolve();
    await Promise.all([writing, arriving]);
    expect(await registering).toBe('NOT_SIGNED_IN');
    expect(await store.read.selectFrom('outbox').selectAll().execute()).toEqual([]);
    expect(client.staff).toBeNull();
  });

  it('gets its session ended without being asked', async () => {
    const { client, api } = await window();
    let told = 0;
    client.listeners.add(() => (told += 1));
    await arrives(...changes.moved);
    await workstation.running.parts.sync.refresh();
    await expect.poll(() => client.staff).toBeNull();
    expect(told).toBe(1);
    expect((await api.session.state()).ended?.reason).toBe('moved');
  });
});

describe('a locked window', () => {
  it('answers nothing but what lets somebody in, and keeps what was being typed', async () => {
    const { api } = await window();
    await api.session.lock();
    expect(await codeOf(api.cases.list({ limit: 10 }))).toBe('LOCKED');
    expect(await codeOf(api.cases.register(caseInput()))).toBe('LOCKED');
    expect(await codeOf(api.settings.set({ lockMinutes: 30 }))).toBe('LOCKED');
    expect(await api.session.state()).toMatchObject({
      staff: { name: '测试员' },
      locked: { reason: 'asked', at: now.toISOString() },
    });
    const draft = { key: 'case-new#1', title: '新纠纷', values: { text: '最后几个字' } };
    expect(await codeOf(api.drafts.save({ ...draft, staffId: OTHER }))).toBe('NOT_SIGNED_IN');
    await api.drafts.save({ ...draft, staffId: workstation.staffId });
    expect(await codeOf(api.drafts.list())).toBe('LOCKED');
    expect(await codeOf(api.session.signIn({ staffId: workstation.staffId, password: 'wrong' }))).toBe(
      'SIGN_IN_FAILED',
    );
    await api.session.signIn({ staffId: workstation.staffId, password: PASSWORD });
    expect(await api.drafts.list()).toMatchObject([draft]);
  });

  it('is one that nobody has touched, by the clock, however it was set; a tool is none', async () => {
    const { api } = await window();
    passed(9);
    await api.session.touch();
    passed(9);
    expect(await codeOf(api.cases.list({ limit: 10 }))).toBe('answered');
    passed(1);
    // Asking is not doing: a page asks by itself.
    expect(await codeOf(api.cases.list({ limit: 10 }))).toBe('LOCKED');
    expect((await api.session.state()).locked?.reason).toBe('idle');
    const tool = workstation.running.connect();
    await tool.api.session.signIn({ staffId: workstation.staffId, password: PASSWORD });
    passed(24 * 60);
    expect(await codeOf(tool.api.cases.list({ limit: 10 }))).toBe('answered');
  });

  it('locks after as long as is set, which is never never', async () => {
    const { api } = await window();
    expect(await codeOf(api.settings.set({ lockMinutes: 0 }))).toBe('INPUT_INVALID');
    expect(await codeOf(api.settings.set({ lockMinutes: 31 }))).toBe('INPUT_INVALID');
    const passer = workstation.running.connect();
    expect(await codeOf(passer.api.settings.set({ lockMinutes: 30 }))).toBe('NOT_SIGNED_IN');
    await api.settings.set({ lockMinutes: 1 });
    passed(1);
    expect(await codeOf(api.cases.list({ limit: 10 }))).toBe('LOCKED');
  });

  it('is every window when the machine sleeps', async () => {
    const [one, two] = [await window(), await window()];
    workstation.running.lock();
    for (const { api } of [one, two])
      expect((await api.session.state()).locked).toEqual({ reason: 'system', at: now.toISOString() });
  });
});

describe('a PIN', () => {
  const mine = () => ({ staffId: workstation.staffId, pin: PIN });
  const set = (api: WorkstationClient, pin = PIN): Promise<unknown> =>
    api.session.setPin({ password: PASSWORD, pin });

  it('opens a locked window for who has set it with their password', async () => {
    const { api } = await window();
    for (const simple of ['0000', '1234', '87654321'])
      await expect(set(api, simple)).rejects.toMatchObject({ code: 'RULE', data: { rule: 'pin-simple' } });
    expect(await codeOf(set(api, '12a4'))).toBe('INPUT_INVALID');
    expect(await codeOf(api.session.setPin({ password: 'wrong', pin: PIN }))).toBe('SIGN_IN_FAILED');
    expect((await api.session.state()).pin).toBe(false);
    await set(api);
    expect((await api.session.state()).pin).toBe(true);
    await api.session.lock();
    await api.session.pinSignIn(mine());
    expect(await codeOf(api.cases.list({ limit: 10 }))).toBe('answered');
    const { sealed } = await workstation.running.parts.store.read
      .selectFrom('pin')
      .select('sealed')
      .executeTakeFirstOrThrow();
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('argon2');
  });

  it('is no use after five wrong ones, a restart, a working day, another password, or leaving', async () => {
    const { api } = await window();
    await set(api);
    const lefts: unknown[] = [];
    for (let time = 0; time < 5; time += 1) {
      const failure = await api.session
        .pinSignIn({ ...mine(), pin: '9090' })
        .catch((error: unknown) => error);
      lefts.push(failure instanceof ORPCError ? (failure.data as { left: number }).left : failure);
    }
    expect(lefts).toEqual([4, 3, 2, 1, 0]);
    const usable = async (): Promise<boolean | undefined> =>
      (await api.session.people()).find(({ staffId }) => staffId === workstation.staffId)?.pin;
    expect(await usable()).toBe(false);
    expect(await codeOf(api.session.pinSignIn(mine()))).toBe('PASSWORD_NEEDED');
    await api.session.signIn({ staffId: workstation.staffId, password: PASSWORD });
    expect(await usable()).toBe(true);

    passed(13 * 60);
    expect(await codeOf(api.session.pinSignIn(mine()))).toBe('PASSWORD_NEEDED');
    await api.session.signIn({ staffId: workstation.staffId, password: PASSWORD });
    await api.session.signOut();
    expect(await codeOf(api.session.pinSignIn(mine()))).toBe('PASSWORD_NEEDED');
    await api.session.signIn({ staffId: workstation.staffId, password: PASSWORD });
    expect(await codeOf(api.session.pinSignIn(mine()))).toBe('answered');

    await workstation.running.close();
    workstation = await openTestWorkstation(folder, { signIn: false, clock: () => now });
    const after = workstation.running.connect();
    expect(await codeOf(after.api.session.pinSignIn(mine()))).toBe('PASSWORD_NEEDED');
    await after.api.session.signIn({ staffId: workstation.staffId, password: PASSWORD });
    expect(await codeOf(after.api.session.pinSignIn(mine()))).toBe('answered');
    await after.api.session.changePassword({ password: PASSWORD, next: 'quite another one' });
    expect(await codeOf(after.api.session.pinSignIn(mine()))).toBe('PASSWORD_NEEDED');
  });

  it('changes the shift: the next person in two keys, each with their own drafts', async () => {
    await colleague();
    const { api } = await window();
    await set(api);
    await api.drafts.save({ key: 'case-new#1', title: '我的', values: {}, staffId: workstation.staffId });
    await api.session.lock();
    await api.session.signIn({ staffId: OTHER, password: PASSWORD });
    expect(await api.drafts.list()).toEqual([]);
    await api.drafts.save({ key: 'case-new#2', title: '同事的', values: {}, staffId: OTHER });
    const late = api.drafts.save({
      key: 'case-new#3',
      title: '晚到',
      values: {},
      staffId: workstation.staffId,
    });
    expect(await codeOf(late)).toBe('NOT_SIGNED_IN');
    await api.session.lock();
    await api.session.pinSignIn(mine());
    expect((await api.drafts.list()).map(({ title }) => title)).toEqual(['我的']);
  });
});

describe('one’s own password', () => {
  it('takes the old one, ends the person’s other windows, and holds at once', async () => {
    const { api } = await window();
    const elsewhere = await window();
    const change = (password: string, next: string) => api.session.changePassword({ password, next });
    const next = 'a longer one';
    expect(await codeOf(change('wrong', next))).toBe('SIGN_IN_FAILED');
    expect(await codeOf(change(PASSWORD, 'short'))).toBe('INPUT_INVALID');
    await expect(change(PASSWORD, PASSWORD)).rejects.toMatchObject({ data: { rule: 'password-same' } });
    await expect(change(PASSWORD, '测试员测试员abc')).rejects.toMatchObject({
      data: { rule: 'password-is-name' },
    });
    await change(PASSWORD, next);
    expect(await codeOf(api.cases.list({ limit: 10 }))).toBe('answered');
    expect((await elsewhere.api.session.state()).ended?.reason).toBe('password');
    const { staffId } = workstation;
    expect(await codeOf(elsewhere.api.session.signIn({ staffId, password: PASSWORD }))).toBe(
      'SIGN_IN_FAILED',
    );
    expect(await codeOf(elsewhere.api.session.signIn({ staffId, password: next }))).toBe('answered');
  });
});

describe('a workstation that has not reached its centre', () => {
  it('lets nobody new in after thirty days, and says so', async () => {
    await colleague();
    const { api } = await window();
    passed(29 * 24 * 60);
    expect(
      await codeOf(workstation.running.connect().api.session.signIn({ staffId: OTHER, password: PASSWORD })),
    ).toBe('answered');
    passed(2 * 24 * 60);
    await expect(api.session.signIn({ staffId: OTHER, password: PASSWORD })).rejects.toMatchObject({
      code: 'SIGN_IN_EXPIRED',
      data: { days: 31 },
    });
    // Who only locked the window has not gone, and comes back by password.
    expect(await codeOf(api.session.signIn({ staffId: workstation.staffId, password: PASSWORD }))).toBe(
      'answered',
    );
    expect((await api.session.state()).offline).toEqual({ days: 31, expired: true, mostDays: 30 });
    await workstation.running.close();
    workstation = await openTestWorkstation(folder, { signIn: false, clock: () => now });
    const restarted = workstation.running.connect();
    expect(await codeOf(restarted.api.session.signIn({ staffId: OTHER, password: PASSWORD }))).toBe(
      'SIGN_IN_EXPIRED',
    );
  });
});
