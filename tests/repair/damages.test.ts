import { randomBytes } from 'node:crypto';
import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { expect, it } from 'vitest';
import { attendWorkstation, type Attended } from '../../src/main/attended.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import type { RepairState, RepairWay } from '../../src/contract/workstation/repair.ts';
import { damagedRouter } from '../../src/main/repair/index.ts';
import { writeMeta } from '../../src/main/kernel/store/index.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { FULL } from '../support/full.ts';
import { useWorkstations } from '../support/live-workstations.ts';
import { codeFor } from '../support/postgres.ts';
import { caseInput, PASSWORD } from '../support/workstation.ts';
import { DAMAGES, type Damage } from './damages.ts';
import { makeTemplates, SENT, SENT_LATER, UNSENT, type Templates } from './folders.ts';

/** With its key lost while it runs: nothing is sent, and a new code carries over what waits; sealed files count as not here. */
async function enrolsAgain(): Promise<void> {
  const attended = await damagedFolder({ name: 'in order', make: async () => undefined }, true);
  try {
    const { api } = await casesAt(attended);
    await writeFile(join(workstations.folder, 'damaged', 'host.key'), randomBytes(32));
    expect(await api.sync.now()).toMatchObject({
      sign: 'attention',
      reason: 'host-key-lost',
      waiting: UNSENT,
    });
    const store = attended.now().workstation?.parts.store;
    await store?.write(async (writer) => {
      const at = '2026-03-01T01:00:00.000Z';
      await writer.insertInto('evidence_content').values({ sha256: 'a', size: 1, held_at: at }).execute();
      await writeMeta(writer, 'evidence-key', 'sealed by another');
    });
    const code = await codeFor(workstations.centre, MALL);
    expect(await api.session.enrolAgain({ code })).toMatchObject({ salvaged: UNSENT });
    expect(await api.sync.now()).toMatchObject({ reason: null, waiting: 0 });
    const held = await store?.read.selectFrom('evidence_content').select('held_at').execute();
    expect(held).toEqual([{ held_at: null }]);
    const { ids } = await casesAt(attended);
    expect(templates.cases.filter((id) => !ids.has(id))).toEqual([]);
  } finally {
    await attended.close();
  }
}

const MALL = '/HS/C1/M01';
const STAFF = 'mediator-mall';
const workstations = useWorkstations();

function damagedApi(attended: Attended): WorkstationClient {
  const behind = attended.now();
  if (behind.workstation !== null) throw new Error('It opened');
  return createRouterClient(damagedRouter, { context: behind.damaged });
}

async function repaired(attended: Attended, way: RepairWay): Promise<RepairState> {
  const api = damagedApi(attended);
  await api.repair.begin({ way });
  await expect
    .poll(async () => (await api.repair.state()).work, { interval: 20, timeout: 30_000 })
    .toBeNull();
  return api.repair.state();
}

async function casesAt(attended: Attended): Promise<{ ids: Set<string>; api: WorkstationClient }> {
  const { workstation } = attended.now();
  if (workstation === null) throw new Error('It did not open');
  const { api } = workstation.connect();
  await api.session.signIn({ staffId: STAFF, password: PASSWORD });
  const { items } = await api.cases.list({ limit: 200 });
  return { ids: new Set(items.map(({ id }) => id)), api };
}

/** On the same centre, whatever the others have done: only when they `send` does it hear what had waited. */
function attend(folder: string, send = false): Promise<Attended> {
  const fetcher: typeof fetch = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    if (!send && pathname.endsWith('/push')) throw new TypeError('no line for what is sent');
    return fetch(input, init);
  };
  const host = createNodeHost(folder);
  return attendWorkstation({
    dataFolder: folder,
    host,
    unattended: true,
    automaticSync: false,
    undoMs: 0,
    fetcher,
  });
}

let templates: Templates;

async function damagedFolder({ name, make }: Pick<Damage, 'name' | 'make'>, send = false): Promise<Attended> {
  const folder = join(workstations.folder, 'damaged');
  await rm(folder, { recursive: true, force: true });
  const template = name.includes('write-ahead') ? templates.killed : templates.closed;
  await cp(template, folder, { recursive: true });
  await make(folder);
  return attend(folder, send);
}

/** What becomes of one kind of damage by one way: how many of the cases are gone, of those that could not be read. */
async function tryWay(damage: Damage, way: RepairWay): Promise<void> {
  const attended = await damagedFolder(damage);
  try {
    const { counted } = await damagedApi(attended).repair.state();
    const { result, failed } = await repaired(attended, way);
    expect({ of: damage.name, way, failed }).toEqual({ of: damage.name, way, failed: null });
    if (way !== 'read-only') expect(await damagedApi(attended).repair.open()).toEqual({ opened: true });
    if (way === 'anew') {
      const again = attended.now().workstation?.connect().api;
      expect(await again?.session.state()).toMatchObject({ damaged: false, enrolment: null });
      expect(result?.keptAs).toMatch(/damaged-/);
      return;
    }
    const { ids, api } = await casesAt(attended);
    const lost = templates.cases.filter((id) => !ids.has(id)).length;
    if (way === 'read-only') {
      expect(lost).toBeLessThanOrEqual(templates.cases.length / 2);
      const recorded = api.cases.register(caseInput());
      await expect(recorded).rejects.toMatchObject({ data: { rule: 'workstation-read-only' } });
      return;
    }
    // Nothing but the damaged file had what waited.
    const unreadable = UNSENT - (counted?.unsent ?? 0);
    expect({ of: damage.name, way, lost, told: result?.lost }).toEqual({
      of: damage.name,
      way,
      lost: unreadable,
      told: unreadable,
    });
  } finally {
    await attended.close();
  }
}

it(
  'each kind of damage ends as it should, and loses nothing that is anywhere',
  { timeout: 240_000 },
  async () => {
    const one = await workstations.open('one', MALL, STAFF, { undoMs: 0, unattended: true });
    templates = await makeTemplates(one.running, one.api, workstations.folder);
    await workstations.close(one);
    for (const [index, damage] of DAMAGES.entries()) {
      const { name, ends } = damage;
      const attended = await damagedFolder(damage);
      try {
        if (ends.at === 'workstation') {
          const { api } = await casesAt(attended);
          const { reason, damage: found } = await api.sync.now();
          const missing = ends.damage === 'missing' ? UNSENT : 0;
          // Where nothing is wrong, the line is cut for what waits.
          const told = ends.reason ?? (missing === 0 ? 'centre-unreachable' : null);
          expect({ name, reason, missing: found?.missing ?? 0 }).toEqual({ name, reason: told, missing });
          continue;
        }
        const api = damagedApi(attended);
        const { fault, offers } = await api.repair.state();
        const ways = offers.filter((offer) => offer.possible).map(({ way }) => way);
        expect({ name, fault, ways }).toEqual({ name, fault: ends.fault, ways: ends.ways });
        expect(await api.session.state()).toMatchObject({ damaged: true, staff: null });
        await expect(api.cases.get({ id: 'x' })).rejects.toMatchObject({ code: 'STORAGE_DAMAGED' });
        await attended.close();
        for (const [turn, way] of ways.entries())
          if (FULL || turn === index % ways.length) await tryWay(damage, way);
      } finally {
        await attended.close();
      }
    }
    await enrolsAgain();
    const page = DAMAGES.find(({ name }) => name === 'page of the facts overwritten');
    if (page === undefined) throw new Error('No such damage');
    for (const [before, way] of (['facts', 'copy', 'centre'] as const).entries()) {
      const attended = await damagedFolder(page, true);
      try {
        await repaired(attended, way);
        await damagedApi(attended).repair.open();
        const { ids, api } = await casesAt(attended);
        expect(templates.cases.filter((id) => !ids.has(id))).toEqual([]);
        const { number } = await api.cases.register(caseInput());
        // Numbers go on where they stood, and so does the log: the centre takes it.
        expect({ way, number }).toEqual({
          way,
          number: `M01-2026-1-00${SENT + SENT_LATER + UNSENT + 1 + before}`,
        });
        expect(await api.sync.now()).toMatchObject({
          sign: 'proved',
          reason: null,
          waiting: 0,
          damage: null,
        });
      } finally {
        await attended.close();
      }
    }
  },
);
