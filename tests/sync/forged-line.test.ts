import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { FeedItem, FeedPage } from '../../src/contract/centre/index.ts';
import { SNAPSHOT_FROM, type SnapshotPage } from '../../src/contract/centre/snapshot.ts';
import { canonicalJson } from '../../src/domain/kernel/event/canonical.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { readCursor } from '../../src/main/kernel/store/index.ts';
import { startWorkstation, type Workstation } from '../../src/main/workstation.ts';
import { CHAIN_START, eventHash, feedDigest } from '../../src/protocol/chain.ts';
import { enrolTestDevice, type TestDevice } from '../support/device.ts';
import { actorAt, PASSWORD, registration } from '../support/facts.ts';
import { FULL } from '../support/full.ts';
import { useWorkstations } from '../support/live-workstations.ts';
import { codeFor } from '../support/postgres.ts';

const MALL = '/HS/C1/M01';
const MEDIATOR = { ...actorAt(MALL), staffId: 'mediator-mall' };
const workstations = useWorkstations();

type Answer = { status: number; body: string; headers: Headers };

/** What somebody who owns the line does to one answer; `at` chooses where. Null is no answer at all. */
type Attack = {
  kind: 'byte' | 'content' | 'status' | 'drop' | 'reorder' | 'insert' | 'replay' | 'bare' | 'cut';
  at: number;
};
const anyAttack: fc.Arbitrary<Attack> = fc.record({
  kind: fc.constantFrom('byte', 'content', 'status', 'drop', 'reorder', 'insert', 'replay', 'bare', 'cut'),
  at: fc.nat(1_000_000),
});

/** A page whose hashes and digest are right again for what now stands in it: who forges knows the rules. */
function consistent(page: FeedPage, after: { position: number; digest: string }): FeedPage {
  let { digest } = after;
  const items = page.items.map((item, index) => {
    const hashed = eventHash(item.event, item.previousHash ?? CHAIN_START);
    digest = feedDigest(digest, hashed);
    return { ...item, hash: hashed, position: after.position + index + 1 };
  });
  return { ...page, items, head: { ...page.head, position: after.position + items.length, digest } };
}

const withMerchant = (item: FeedItem, name: string): FeedItem => ({
  ...item,
  event: {
    ...item.event,
    payload: { ...(item.event.payload as object), merchant: { merchantId: null, name } },
  },
});

function forgedPage(page: FeedPage, { kind, at }: Attack): FeedItem[] {
  const { items } = page;
  const index = at % items.length;
  switch (kind) {
    case 'content':
      return items.map((item, place) => (place === index ? withMerchant(item, '伪造店') : item));
    case 'status':
      return items.map((item, place) => (place === index ? { ...item, status: 'unknown' } : item));
    case 'drop':
      return items.toSpliced(index, 1);
    case 'reorder':
      return items.toReversed();
    default: {
      const copy = withMerchant(items[index] as FeedItem, '添加店');
      return [...items, { ...copy, event: { ...copy.event, id: crypto.randomUUID() } }];
    }
  }
}

/** Lets requests through, and does to the answers of one path what it is told, once. */
function createLine(path: string) {
  let attack: Attack | null = null;
  let cursor: () => Promise<{ position: number; digest: string }> = async () => ({
    position: 0,
    digest: CHAIN_START,
  });
  let earlier: Answer | null = null;
  let struck = 0;
  const changed = async (answer: Answer): Promise<Answer | null> => {
    if (attack === null) return answer;
    const { kind, at } = attack;
    if (kind === 'cut') return null;
    if (kind === 'bare') return { ...answer, headers: new Headers() };
    if (kind === 'replay') return earlier ?? null;
    if (kind === 'byte') {
      const place = at % answer.body.length;
      const other = answer.body[place] === '7' ? '8' : '7';
      return { ...answer, body: answer.body.slice(0, place) + other + answer.body.slice(place + 1) };
    }
    const page = JSON.parse(answer.body) as FeedPage;
    const items = forgedPage(page, attack);
    return { ...answer, body: JSON.stringify(consistent({ ...page, items }, await cursor())) };
  };
  const fetcher: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const url = input instanceof Request ? input.url : String(input);
    if (!new URL(url).pathname.startsWith(path)) return response;
    const answer = { status: response.status, body: await response.text(), headers: response.headers };
    const given = await changed(answer);
    if (attack === null) earlier = answer;
    else struck += 1;
    if (given === null) throw new TypeError('cut');
    return new Response(given.body, { status: given.status, headers: given.headers });
  };
  return {
    fetcher,
    /** How many answers were attacked since the last time. */
    strike: (next: Attack | null): number => {
      attack = next;
      const before = struck;
      struck = 0;
      return before;
    },
    knows: (read: typeof cursor) => {
      cursor = read;
    },
  };
}

/** Facts here that the centre does not have just so. */
async function differing({ parts }: Workstation): Promise<string[]> {
  type Row = { id: string; hash: string; payload: string; status: string };
  const here = await sql<Row>`SELECT id, hash, payload, status FROM event`.execute(parts.store.read);
  const there = await sql<Row>`SELECT id, hash, payload, status FROM event`.execute(
    workstations.centre.centre.database,
  );
  const text = (row: Row): string => canonicalJson({ ...row, payload: JSON.parse(row.payload) as unknown });
  const known = new Set(there.rows.map(text));
  return here.rows.filter((row) => !known.has(text(row))).map((row) => row.id);
}

const someCases = (device: TestDevice, count: number) =>
  Array.from({ length: count }, () => {
    const stream = { kind: 'case' as const, id: crypto.randomUUID() };
    return device.event({ stream, type: 'case-registered', payload: registration(), actor: MEDIATOR });
  });

const RUNS = FULL ? 400 : 10;

describe('a line that is not the centre’s', () => {
  it('never makes the sign green and has nothing applied, and is forgotten when it is honest again', async () => {
    const line = createLine('/v1/feed');
    const { running } = await workstations.open('mall', MALL, 'mediator-mall', { fetcher: line.fetcher });
    line.knows(() => readCursor(running.parts.store.read));
    const code = await codeFor(workstations.centre, MALL);
    const device = await enrolTestDevice({ url: workstations.centre.url, code });
    await running.parts.sync.run();
    await fc.assert(
      fc.asyncProperty(anyAttack, async (attack) => {
        await device.push(someCases(device, 3));
        const before = await readCursor(running.parts.store.read);
        line.strike(attack);
        const attacked = await running.parts.sync.run();
        expect(line.strike(null)).toBeGreaterThan(0);
        expect(attacked.sign).not.toBe('proved');
        expect(attacked.reason).toBe(attack.kind === 'cut' ? 'centre-unreachable' : 'not-the-centre');
        expect(await readCursor(running.parts.store.read)).toEqual(before);
        expect(await differing(running)).toEqual([]);
        const honest = await running.parts.sync.run();
        expect(honest).toMatchObject({ sign: 'proved', reason: null });
        expect(await differing(running)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  it('cannot bring passwords of its own with the states of a snapshot', async () => {
    const code = await codeFor(workstations.centre, MALL);
    const device = await enrolTestDevice({ url: workstations.centre.url, code });
    for (let sent = 0; sent < SNAPSHOT_FROM; sent += 1000) await device.push(someCases(device, 1000));
    const mine = await hash('the-forger', { memoryCost: 1024, timeCost: 1, parallelism: 1 });
    let forging = true;
    const dataFolder = join(workstations.folder, 'new');
    const running = await startWorkstation({
      dataFolder,
      host: createNodeHost(dataFolder),
      automaticSync: false,
      leasesNumbers: false,
      fetcher: async (input, init) => {
        const response = await fetch(input, init);
        const url = input instanceof Request ? input.url : String(input);
        if (!forging || !url.includes('/v1/snapshot')) return response;
        const page = (await response.json()) as SnapshotPage;
        const streams = page.streams.map((one) => ({
          ...one,
          state: one.state.replaceAll(/\$argon2id[^"]*/g, mine),
        }));
        return new Response(JSON.stringify({ ...page, streams }), { headers: response.headers });
      },
    });
    try {
      const { api } = running.connect();
      await api.session.enrol({
        centreUrl: workstations.centre.url,
        code: await codeFor(workstations.centre, MALL),
        deviceName: '新',
      });
      await expect(
        api.session.signIn({ staffId: 'mediator-mall', password: 'the-forger' }),
      ).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' });
      expect(running.parts.sync.status()).toMatchObject({ sign: 'attention', reason: 'not-the-centre' });
      expect(await api.session.people()).toEqual([]);
      forging = false;
      expect(await running.parts.sync.run()).toMatchObject({ sign: 'proved' });
      await api.session.signIn({ staffId: 'mediator-mall', password: PASSWORD });
    } finally {
      await running.close();
    }
  }, 60_000);
});
