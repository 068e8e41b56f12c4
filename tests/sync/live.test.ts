import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { createCentre, type Centre, type CentreOptions } from '../../src/central/centre.ts';
import { useWorkstations, type LiveWorkstation } from '../support/live-workstations.ts';
import { CENTRE_KEY, codeFor, figuresOf, ROOMY } from '../support/postgres.ts';
import { enrolTestDevice } from '../support/device.ts';
import { caseInput } from '../support/workstation.ts';

const workstations = useWorkstations();
const MALL = '/HS/C1/M01';
const SHOP = '/HS/C1/M01/S001';

/** While it hears nudges, a workstation asks by itself once a minute: what arrives within half of that was told of. */
const TOLD = { timeout: 30_000, interval: 20 };
const live = { automaticSync: true, undoMs: 0 };

async function secondProcess(more: Partial<CentreOptions> = {}): Promise<{ centre: Centre; url: string }> {
  const centre = await createCentre({
    databaseUrl: workstations.centre.databaseUrl,
    key: CENTRE_KEY,
    capacity: ROOMY,
    ...more,
  });
  return { centre, ...(await centre.listen({ host: '127.0.0.1', port: 0 })) };
}

const noteAt = async (workstation: LiveWorkstation, id: string): Promise<number> =>
  (await workstation.api.cases.get({ id }).catch(() => null))?.state.revision ?? 0;

async function connected(workstation: LiveWorkstation, streams: number): Promise<void> {
  await expect.poll(async () => (await workstation.api.sync.status()).sign, TOLD).toBe('proved');
  const figures = async (): Promise<string> => figuresOf(workstations.centre.url);
  await expect.poll(figures, TOLD).toContain(`heshi_streams ${streams}`);
}

describe('a change', () => {
  it('reaches other workstations at once, through another centre process too, and not the one that made it', async () => {
    const second = await secondProcess();
    try {
      const shop = await workstations.open('shop', SHOP, 'manager-shop', live);
      const first = await workstations.open('first', MALL, 'mediator-mall', live);
      await workstations.close(await workstations.open('other', MALL, 'mediator-mall'));
      const other = await workstations.open('other', MALL, 'mediator-mall', {
        ...live,
        centreUrl: second.url,
      });
      await connected(shop, 2);
      await connected(other, 2);
      const { id } = await shop.api.cases.register(caseInput());
      await expect.poll(() => noteAt(first, id), TOLD).toBe(1);
      await expect.poll(() => noteAt(other, id), TOLD).toBe(1);
      const { state } = await shop.api.cases.get({ id });
      await shop.api.cases.act({
        id,
        revision: state.revision,
        action: { step: 'case-accepted', payload: {} },
      });
      await expect.poll(() => noteAt(first, id), TOLD).toBe(2);
      await expect.poll(() => noteAt(other, id), TOLD).toBe(2);
      // What an administrator does as well.
      await workstations.centre.admin.admin.createUnits({
        units: [{ path: `${MALL}/S009`, name: '九号店', level: 1, party: 'merchant', disputePoint: true }],
      });
      const units = async (): Promise<string[]> =>
        (await other.api.rollup.units().catch(() => [])).map(({ path }) => path);
      await expect.poll(units, TOLD).toContain(`${MALL}/S009`);
    } finally {
      await second.centre.close();
    }
  });

  it('reaches a workstation again after its centre was away, and by its own rounds where there are no nudges', async () => {
    const shop = await workstations.open('shop', SHOP, 'manager-shop');
    await shop.api.sync.now();
    const workstation = await workstations.open('first', MALL, 'mediator-mall', live);
    await connected(workstation, 1);
    await workstations.centre.halt();
    await expect
      .poll(async () => (await workstation.api.sync.status()).reason, { timeout: 60_000 })
      .toBe('centre-unreachable');
    await workstations.centre.resume();
    const { id } = await shop.api.cases.register(caseInput());
    await shop.api.sync.now();
    await expect.poll(() => noteAt(workstation, id), { timeout: 50_000 }).toBe(1);
  });
});

describe('a stream of nudges', () => {
  it('says only that something moved, to those whose feed it is, and ends when another takes its place', async () => {
    const device = async (unitPath: string) =>
      enrolTestDevice({ url: workstations.centre.url, code: await codeFor(workstations.centre, unitPath) });
    const [mall, second] = [await device(MALL), await device('/HS/C1/M02')];
    await mall.signIn();
    await second.signIn();
    const hear = async (one: typeof mall): Promise<{ heard: unknown[]; ended: Promise<void> }> => {
      const heard: unknown[] = [];
      const stream = await one.client.nudges();
      const ended = (async () => {
        for await (const nudge of stream) heard.push(nudge);
      })().catch(() => undefined);
      await expect.poll(() => heard.length, TOLD).toBe(1);
      return { heard, ended };
    };
    const [atMall, atSecond] = [await hear(mall), await hear(second)];
    const shop = await workstations.open('shop', SHOP, 'manager-shop');
    await expect.poll(() => atMall.heard.length, TOLD).toBeGreaterThan(0);
    const before = atMall.heard.length;
    await shop.api.cases.register(caseInput());
    await shop.api.sync.now();
    await expect.poll(() => atMall.heard.length, TOLD).toBeGreaterThan(before);
    expect(new Set(atMall.heard.map((one) => JSON.stringify(one)))).toEqual(new Set(['{"moved":"feed"}']));
    expect(atSecond.heard).toHaveLength(1);

    await hear(mall);
    await atMall.ended;
    const stranger = await fetch(`${workstations.centre.url}/v1/nudges`);
    expect(stranger.status).toBe(401);
  });
});

it('holds where sessions are longer than timers know', async () => {
  const second = await secondProcess({ sessionSeconds: 2 * 365 * 86_400 });
  try {
    const device = await enrolTestDevice({ url: second.url, code: await codeFor(workstations.centre, MALL) });
    await device.signIn();
    const stream = (await device.client.nudges())[Symbol.asyncIterator]();
    expect(await stream.next()).toMatchObject({ done: false });
    const next = stream.next();
    // A stream that holds says nothing, or that something moved a moment ago; one that ended says so at once.
    const ended = await Promise.race([
      next.then(({ done }) => done === true),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 500)),
    ]);
    expect(ended).toBe(false);
    await stream.return?.();
    await next.catch(() => undefined);
  } finally {
    await second.centre.close();
  }
});

describe('presence', () => {
  it('shows who else has a case open, through two processes, within sight only, and nothing of it is kept', async () => {
    const second = await secondProcess();
    try {
      const shop = await workstations.open('shop', SHOP, 'manager-shop', live);
      await workstations.close(await workstations.open('first', MALL, 'mediator-mall'));
      const mall = await workstations.open('first', MALL, 'mediator-mall', {
        ...live,
        centreUrl: second.url,
      });
      const { id } = await shop.api.cases.register(caseInput());
      await expect.poll(() => noteAt(mall, id), TOLD).toBe(1);

      const watch = async (workstation: LiveWorkstation) => {
        const stop = new AbortController();
        const seen: string[][] = [];
        const stream = await workstation.api.presence.watch({ caseId: id }, { signal: stop.signal });
        const ended = (async () => {
          for await (const { others } of stream)
            seen.push(others.map((one) => `${one.name} ${one.unitName}`));
        })().catch(() => undefined);
        return {
          latest: () => seen.at(-1),
          close: async () => {
            stop.abort();
            await ended;
          },
        };
      };
      const atShop = await watch(shop);
      await expect.poll(atShop.latest, TOLD).toEqual([]);
      const atMall = await watch(mall);
      await expect.poll(atMall.latest, TOLD).toEqual(['测试员 S001（测试）']);
      await expect.poll(atShop.latest, TOLD).toEqual(['测试员 M01（测试）']);
      await atMall.close();
      await expect.poll(atShop.latest, TOLD).toEqual([]);
      await atShop.close();

      // Out of sight nothing is told and nothing is heard.
      const stranger = await enrolTestDevice({
        url: workstations.centre.url,
        code: await codeFor(workstations.centre, '/HS/C1/M02'),
      });
      await stranger.signIn();
      const ask = { open: [{ caseId: id, staffIds: ['mediator-second'] }] };
      expect(await stranger.client.presence(ask)).toEqual({ others: [] });
      await expect(workstations.centre.admin.presence(ask)).rejects.toBeInstanceOf(ORPCError);
    } finally {
      await second.centre.close();
    }
  });
});
