import { describe, expect, it } from 'vitest';
import type { FeedItem } from '../../src/contract/centre/index.ts';
import { createCentre } from '../../src/central/centre.ts';
import { createCentralClient } from '../../src/protocol/central-client.ts';
import { CHAIN_START, feedDigest } from '../../src/protocol/chain.ts';
import { enrolTestDevice, type TestDevice } from '../support/device.ts';
import { ADMIN_TOKEN, codeFor, ROOMY } from '../support/postgres.ts';
import {
  CIRCLE,
  circleSupervisor,
  DISTRICT,
  districtSupervisor,
  MALL,
  mallMediator,
  newCase,
  refusal,
  SECOND_MALL,
  secondMediator,
  SHOP,
  shopManager,
  steps,
  useCentre,
} from './setting.ts';

const setting = useCentre();

const typesOf = (items: readonly FeedItem[], id: string): string[] =>
  items.filter((item) => item.event.stream.id === id).map((item) => item.event.type);

/** Reads a feed in pages and checks what a workstation would check. */
async function wholeFeed(device: TestDevice, limit: number): Promise<FeedItem[]> {
  const items: FeedItem[] = [];
  let digest = CHAIN_START;
  for (;;) {
    const page = await device.feed(items.length, limit);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    for (const item of page.items) {
      items.push(item);
      expect(item.position).toBe(items.length);
      digest = feedDigest(digest, item.hash);
    }
    if (items.length < page.head.position) continue;
    expect(page.head).toEqual({ position: items.length, digest });
    return items;
  }
}

describe('sight', () => {
  it('reaches the mall above a shop at once, circle and district not at all', async () => {
    const [shop, mall, circle, second] = await Promise.all(
      [SHOP, MALL, CIRCLE, SECOND_MALL].map((path) => setting.device(path)),
    );
    const stream = newCase();
    await shop?.push([shop.event({ stream, ...steps.register(), actor: shopManager })]);
    for (const [device, seen] of [
      [shop, 1],
      [mall, 1],
      [circle, 0],
      [second, 0],
    ] as const) {
      expect(typesOf((await device?.feed())?.items ?? [], stream.id)).toHaveLength(seen);
    }
  });

  it('that comes late brings the whole history, in order, once', async () => {
    const [shop, mall, circle] = [
      await setting.device(SHOP),
      await setting.device(MALL),
      await setting.device(CIRCLE),
    ];
    const stream = newCase();
    const by =
      (device: TestDevice, actor: typeof shopManager) => (step: { type: string; payload: unknown }) =>
        device.event({ stream, ...step, actor });
    const [atShop, atMall, atCircle] = [
      by(shop, shopManager),
      by(mall, mallMediator),
      by(circle, circleSupervisor),
    ];
    await shop.push([atShop(steps.register()), atShop(steps.escalate(MALL))]);
    await mall.push([atMall(steps.accept()), atMall(steps.fail())]);
    expect(typesOf((await circle.feed()).items, stream.id)).toEqual([]);
    // Escalation and a later note in one batch: history first, then both.
    await mall.push([atMall(steps.escalate(CIRCLE)), atMall(steps.note())]);
    const history = [
      'case-registered',
      'case-escalated',
      'case-accepted',
      'mediation-failed',
      'case-escalated',
      'note-added',
    ];
    expect(typesOf(await wholeFeed(circle, 3), stream.id)).toEqual(history);
    await circle.push([atCircle(steps.accept())]);
    for (const device of [shop, mall, circle]) {
      expect(typesOf(await wholeFeed(device, 2), stream.id)).toEqual([...history, 'case-accepted']);
    }
  });

  it('that begins and widens within one batch carries each event once', async () => {
    const [mall, circle] = [await setting.device(MALL), await setting.device(CIRCLE)];
    const stream = newCase();
    const events = [steps.register(), steps.accept(), steps.escalate(CIRCLE)].map((step) =>
      mall.event({ stream, ...step, actor: mallMediator }),
    );
    await mall.push(events);
    const expected = ['case-registered', 'case-accepted', 'case-escalated'];
    expect(typesOf(await wholeFeed(circle, 2000), stream.id)).toEqual(expected);
    expect(typesOf(await wholeFeed(mall, 2000), stream.id)).toEqual(expected);
  });

  it('keeps an unknown version in the history', async () => {
    const [mall, circle] = [await setting.device(MALL), await setting.device(CIRCLE)];
    const stream = newCase();
    const unknown = { type: 'case-accepted', payload: { new: true }, version: 7 };
    await mall.push(
      [steps.register(), unknown, steps.escalate(CIRCLE)].map((step) =>
        mall.event({ stream, ...step, actor: mallMediator }),
      ),
    );
    const { items } = await circle.feed();
    expect(
      items
        .filter((item) => item.event.stream.id === stream.id)
        .map((item) => [item.event.version, item.status]),
    ).toEqual([
      [1, 'accepted'],
      [7, 'unknown'],
      [1, 'accepted'],
    ]);
  });

  it('of accounts and their password hashes ends at their own unit', async () => {
    for (const [path, own] of [
      [SHOP, shopManager],
      [MALL, mallMediator],
      [DISTRICT, districtSupervisor],
    ] as const) {
      const { items } = await (await setting.device(path)).feed();
      const accounts = items.filter((item) => item.event.stream.kind === 'staff');
      expect(accounts.map((item) => item.event.stream.id)).toEqual([own.staffId]);
    }
  });

  it('of units goes to those above and below; a new unit knows the ones above it, a mall those beside it', async () => {
    const unitsIn = async (path: string): Promise<string[]> =>
      (await (await setting.device(path)).feed()).items
        .filter((item) => item.event.stream.kind === 'unit')
        .map((item) => item.event.stream.id)
        .toSorted();
    expect(await unitsIn(SHOP)).toEqual(['C1', 'HS', 'M01', 'S001']);
    // A mall transfers to its neighbours; shops do not.
    expect(await unitsIn(SECOND_MALL)).toEqual(['C1', 'HS', 'M01', 'M02']);
    await setting.centre.admin.admin.createUnits({
      units: [
        { path: `${SECOND_MALL}/S900`, name: '新店', level: 1, party: 'merchant', disputePoint: true },
        { path: `${MALL}/S901`, name: '新店二', level: 1, party: 'merchant', disputePoint: false },
      ],
    });
    expect(await unitsIn(`${SECOND_MALL}/S900`)).toEqual(['C1', 'HS', 'M02', 'S900']);
    expect(await unitsIn(DISTRICT)).toEqual(['C1', 'HS', 'M01', 'M02', 'S001', 'S900', 'S901']);
    const { invariants } = await setting.centre.admin.admin.verify();
    expect(invariants.filter((one) => one.broken > 0)).toEqual([]);
  });

  it('of a merchant goes up all levels, also when its unit is made later', async () => {
    const mall = await setting.device(MALL);
    const payload = {
      name: '虚构鞋店',
      creditCode: null,
      category: 'individual-business',
      unitPath: `${MALL}/S777`,
      address: null,
      contactName: null,
      phone: null,
      invented: true,
    };
    const stream = { kind: 'merchant' as const, id: 'merchant-777' };
    await mall.push([mall.event({ stream, type: 'merchant-registered', payload, actor: mallMediator })]);
    await setting.centre.admin.admin.createUnits({
      units: [{ path: `${MALL}/S777`, name: '鞋店', level: 1, party: 'merchant', disputePoint: true }],
    });
    for (const path of [`${MALL}/S777`, MALL, CIRCLE, DISTRICT]) {
      const { items } = await (await setting.device(path)).feed();
      expect(typesOf(items, stream.id), path).toEqual(['merchant-registered']);
    }
    expect(typesOf((await (await setting.device(SHOP)).feed()).items, stream.id)).toEqual([]);
  });
});

describe('scope', () => {
  it('refuses facts on a record the unit cannot have seen, known version or not', async () => {
    const [mall, second] = [await setting.device(MALL), await setting.device(SECOND_MALL)];
    const stream = newCase();
    await mall.push([mall.event({ stream, ...steps.register(), actor: mallMediator })]);
    const { receipts } = await second.push([
      second.event({ stream, ...steps.note(), actor: secondMediator }),
      second.event({ stream, type: 'case-praised', payload: {}, actor: secondMediator }),
      second.event({ stream: newCase(), ...steps.register(), actor: secondMediator }),
    ]);
    expect(receipts.map((one) => [one.status, one.refusal?.rule, one.refusal?.field])).toEqual([
      ['rejected', 'outside-scope', 'stream'],
      ['rejected', 'outside-scope', 'stream'],
      ['accepted', undefined, undefined],
    ]);
    expect(typesOf((await mall.feed()).items, stream.id)).toEqual(['case-registered']);
  });

  it('lets people change their own password at their own unit, and nobody another’s', async () => {
    const [mall, second] = [await setting.device(MALL), await setting.device(SECOND_MALL)];
    const payload = { passwordHash: '$argon2id$v=19$m=1024,t=1,p=1$bmV3c2FsdA$bmV3' };
    const change = (device: TestDevice, id: string, actor: typeof mallMediator) =>
      device.event({ stream: { kind: 'staff', id }, type: 'password-changed', payload, actor });
    const own = await mall.push([change(mall, mallMediator.staffId, mallMediator)]);
    expect(own.receipts).toMatchObject([{ status: 'accepted' }]);
    const others = await second.push([
      change(second, mallMediator.staffId, secondMediator),
      change(second, mallMediator.staffId, mallMediator),
    ]);
    expect(others.receipts.map((one) => one.refusal?.rule)).toEqual(['role-may-not', 'actor-unknown']);
  });
});

describe('repetition', () => {
  it('of an id under a new number is rejected and blocks nothing', async () => {
    const [mall, second] = [await setting.device(MALL), await setting.device(SECOND_MALL)];
    const first = mall.event({ stream: newCase(), ...steps.register(), actor: mallMediator });
    await mall.push([first]);
    const again = (device: TestDevice, actor: typeof mallMediator) => [
      device.event({ id: first.id, stream: newCase(), ...steps.register(), actor }),
      device.event({ stream: newCase(), ...steps.register(), actor }),
    ];
    for (const [device, actor] of [
      [mall, mallMediator],
      [second, secondMediator],
    ] as const) {
      const { receipts } = await device.push(again(device, actor));
      expect(receipts.map((one) => one.refusal?.rule ?? one.status)).toEqual(['event-repeated', 'accepted']);
    }
    const { invariants } = await setting.centre.admin.admin.verify();
    expect(invariants.filter((one) => one.broken > 0)).toEqual([]);
  });

  it('of a batch while the first is still on its way counts once', async () => {
    const mall = await setting.device(MALL);
    await mall.signIn();
    const events = Array.from({ length: 50 }, () =>
      mall.event({ stream: newCase(), ...steps.register(), actor: mallMediator }),
    );
    const results = await Promise.all([1, 2, 3].map(() => mall.push(events)));
    for (const result of results) expect(result.receipts).toEqual(results[0]?.receipts);
    expect((await mall.feed()).items.filter((item) => item.event.type === 'case-registered')).toHaveLength(
      50,
    );
  });
});

describe('two installations on one record', () => {
  it('are put in order by the centre: the first is accepted, the other rejected', async () => {
    const [one, two] = [await setting.device(MALL), await setting.device(MALL)];
    const stream = newCase();
    await one.push([one.event({ stream, ...steps.register(), actor: mallMediator })]);
    const results = await Promise.all(
      [one, two].map((device) =>
        device.push([device.event({ stream, ...steps.accept(), actor: mallMediator })]),
      ),
    );
    const statuses = results.map((result) => String(result.receipts[0]?.status)).toSorted();
    expect(statuses).toEqual(['accepted', 'rejected']);
  });

  it('that make the same new record at once do not overwrite each other', async () => {
    const devices = await Promise.all(Array.from({ length: 4 }, () => setting.device(MALL)));
    await Promise.all(devices.map((device) => device.signIn()));
    for (let round = 0; round < 5; round += 1) {
      const stream = newCase();
      const results = await Promise.all(
        devices.map((device) =>
          device.push([device.event({ stream, ...steps.register(), actor: mallMediator })]),
        ),
      );
      const rules = results.map((result) => result.receipts[0]?.refusal?.rule ?? 'accepted').toSorted();
      expect(rules).toEqual(['accepted', 'case-exists', 'case-exists', 'case-exists']);
    }
  });
});

describe('several centre processes on one database', () => {
  it('share sessions, learn of each other’s units and keep every feed whole under concurrent pushes', async () => {
    const other = await createCentre({ databaseUrl: setting.centre.databaseUrl, capacity: ROOMY });
    try {
      const { url } = await other.listen({ host: '127.0.0.1', port: 0 });
      const path = `${MALL}/S950`;
      await setting.centre.admin.admin.createUnits({
        units: [{ path, name: '新店', level: 1, party: 'merchant', disputePoint: true }],
      });
      // The other process has never heard of that unit.
      const admin = createCentralClient({ baseUrl: url, token: () => ADMIN_TOKEN });
      const { codes } = await admin.admin.createCodes({ unitPaths: [path], validMinutes: 5 });
      const late = await enrolTestDevice({ url, code: codes[0]?.code ?? '' });
      expect((await late.feed()).items.some((item) => item.event.type === 'workstation-enrolled')).toBe(true);

      const devices = await Promise.all(
        [0, 1, 2, 3].map(async (index) =>
          enrolTestDevice({
            url: index % 2 === 0 ? url : setting.centre.url,
            code: await codeFor(setting.centre, index < 2 ? MALL : SECOND_MALL),
          }),
        ),
      );
      await Promise.all(
        devices.map(async (device) => {
          const actor = device.unitPath === MALL ? mallMediator : secondMediator;
          for (let batch = 0; batch < 6; batch += 1) {
            const streams = Array.from({ length: 10 }, newCase);
            const result = await device.push(
              streams.flatMap((stream) => [
                device.event({ stream, ...steps.register(), actor }),
                device.event({ stream, ...steps.escalate(CIRCLE), actor }),
              ]),
            );
            expect(result.receipts.every((receipt) => receipt.status === 'accepted')).toBe(true);
          }
        }),
      );
      const circle = await setting.device(CIRCLE);
      const cases = (await wholeFeed(circle, 100)).filter((item) => item.event.stream.kind === 'case');
      expect(cases).toHaveLength(4 * 6 * 10 * 2);
      const { invariants } = await admin.admin.verify();
      expect(invariants.filter((one) => one.broken > 0)).toEqual([]);
    } finally {
      await other.close();
    }
  });
});

describe('administration', () => {
  it('leaves existing units as they are and refuses orphans and taken ids whole', async () => {
    const unit = (path: string) => ({
      path,
      name: '单元',
      level: 6 - path.split('/').length,
      party: 'operator' as const,
      disputePoint: false,
    });
    const create = (...paths: string[]) => setting.centre.admin.admin.createUnits({ units: paths.map(unit) });
    // Children may come before parents, and what is there is left alone.
    expect(await create('/HS/C2/M20', '/HS/C2', MALL)).toEqual({ created: 2, existing: 1 });
    expect(await refusal(create('/HS/C3', '/HS/C4/M40'))).toMatchObject({
      code: 'UNIT_UNKNOWN',
      data: { path: '/HS/C4' },
    });
    expect(await refusal(create('/HS/C3', '/HS/C2/M01'))).toMatchObject({
      code: 'RULE',
      status: 422,
      data: { rule: 'unit-exists' },
    });
    const codes = setting.centre.admin.admin.createCodes({ unitPaths: ['/HS/C3'], validMinutes: 5 });
    expect(await refusal(codes)).toMatchObject({ code: 'UNIT_UNKNOWN' });
  });

  it('adds people with a password of their own or a hash, never without', async () => {
    const add = (person: Record<string, unknown>) =>
      setting.centre.admin.admin.addStaff({
        staff: [{ name: '新人（虚构）', role: 'mediator', unitPath: MALL, ...person }],
      });
    const { ids } = await add({ password: 'long-enough' });
    const { items } = await (await setting.device(MALL)).feed();
    const added = items.find((item) => item.event.stream.id === ids[0]);
    expect(JSON.stringify(added?.event.payload)).toMatch(/\$argon2id\$v=19\$/);
    expect(JSON.stringify(added)).not.toContain('long-enough');
    expect(await refusal(add({}))).toMatchObject({
      code: 'RULE',
      data: { rule: 'password-missing', field: 'staff.0.password' },
    });
    expect(await refusal(add({ password: 'long-enough', unitPath: '/HS/C9' }))).toMatchObject({
      code: 'UNIT_UNKNOWN',
    });
    expect(await refusal(add({ password: 'short' }))).toMatchObject({
      code: 'INPUT_INVALID',
      data: { issues: [{ field: 'staff.0.password', rule: 'too_small' }] },
    });
  });
});
