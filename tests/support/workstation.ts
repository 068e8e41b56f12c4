import { hash } from '@node-rs/argon2';
import { uuidv7 } from 'uuidv7';
import type { FeedItem } from '../../src/contract/centre/index.ts';
import type { EventEnvelope, Role } from '../../src/domain/kernel/event/event.ts';
import { lastUnit } from '../../src/domain/kernel/event/unit-path.ts';
import type { Party } from '../../src/domain/organisation/unit.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { applyFeedPage } from '../../src/main/kernel/store/index.ts';
import {
  startWorkstation,
  type Workstation,
  type WorkstationClient,
  type WorkstationOptions,
} from '../../src/main/workstation.ts';
import { generateDeviceKeys } from '../../src/protocol/keys.ts';
import { CHAIN_START, eventHash, feedDigest } from '../../src/protocol/chain.ts';
import { ADMINISTRATOR, PASSWORD } from './facts.ts';

export { PASSWORD };

const UNITS: { path: string; name: string; level: number; party: Party }[] = [
  { path: '/HS', name: '海曙区', level: 4, party: 'regulator' },
  { path: '/HS/C1', name: '天一商圈', level: 3, party: 'operator' },
  { path: '/HS/C1/M01', name: '第一商场', level: 2, party: 'operator' },
  { path: '/HS/C1/M01/S001', name: '虚构服饰店', level: 1, party: 'merchant' },
];

/** Writes feed items as a centre would, for tests that need no centre. */
export function feedWriter(): {
  item(event: EventEnvelope, status?: FeedItem['status']): FeedItem;
  head(): { position: number; digest: string };
} {
  let position = 0;
  let digest = CHAIN_START;
  return {
    item: (event, status = 'accepted') => {
      position += 1;
      const hashed = eventHash(event, CHAIN_START);
      digest = feedDigest(digest, hashed);
      return { position, status, hash: hashed, receivedAt: '2026-03-10T01:00:00.000Z', event };
    },
    head: () => ({ position, digest }),
  };
}

let centreSequence = 0;

/** An event of the centre's administration or of another unit, as it would come down a feed. */
export function foreignEvent(
  kind: string,
  id: string,
  type: string,
  payload: unknown,
  over: Partial<EventEnvelope> = {},
): EventEnvelope {
  centreSequence += 1;
  return {
    id: uuidv7(),
    stream: { kind, id },
    type,
    version: 1,
    payload,
    actor: ADMINISTRATOR,
    device: 'centre',
    deviceSequence: centreSequence,
    at: '2026-01-01T01:00:00.000Z',
    unitPath: '/HS',
    ...over,
  };
}

export type TestWorkstation = {
  running: Workstation;
  api: WorkstationClient;
  feed: ReturnType<typeof feedWriter>;
  staffId: string;
  unitPath: string;
};

const passwordHash = hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 });

/** A workstation at the mall (or elsewhere) with one member of staff signed in, on a real store, with no centre. */
export async function openTestWorkstation(
  folder: string,
  options: { unitPath?: string; role?: Role; signIn?: boolean } & Partial<WorkstationOptions> = {},
): Promise<TestWorkstation> {
  const { unitPath = '/HS/C1/M01', role = 'mediator', signIn = true, ...more } = options;
  const host = more.host ?? createNodeHost(folder);
  const running = await startWorkstation({
    dataFolder: folder,
    host,
    automaticSync: false,
    fetcher: () => Promise.reject(new TypeError('no network in this test')),
    ...more,
  });
  const feed = feedWriter();
  const staffId = `staff-${lastUnit(unitPath)}-${role}`;
  // One that is shut has been somebody's before.
  const workstation = running.gate.parts();
  if (workstation?.identity() === null) {
    const keys = generateDeviceKeys();
    await workstation.setIdentity({
      deviceId: `device-${lastUnit(unitPath)}`,
      deviceCode: '1',
      deviceName: '测试工作站',
      unitPath,
      centreUrl: 'http://127.0.0.1:9',
      publicKey: keys.publicKey,
      sealedKey: Buffer.from(await host.sealSecret(keys.privateKey)).toString('base64'),
    });
    const items = UNITS.map((unit) =>
      feed.item(foreignEvent('unit', lastUnit(unit.path), 'unit-created', { ...unit, disputePoint: true })),
    );
    items.push(
      feed.item(
        foreignEvent('staff', staffId, 'staff-added', {
          name: '测试员',
          role,
          unitPath,
          passwordHash: await passwordHash,
        }),
      ),
    );
    await workstation.store.write((writer) =>
      applyFeedPage(
        writer,
        { items, head: feed.head(), centreTime: '2026-01-01T01:00:00.000Z' },
        workstation.directory,
      ),
    );
  }
  const { api } = running.connect();
  if (signIn) await api.session.signIn({ staffId, password: PASSWORD });
  return { running, api, feed, staffId, unitPath };
}

/** Input of `cases.register` for an invented dispute. */
export function caseInput(over: Record<string, unknown> = {}) {
  return {
    caseId: crypto.randomUUID(),
    consumer: { name: '张三', phone: '10012345678' },
    merchant: { merchantId: null, name: '虚构服饰店' },
    facts: { text: '【虚构示例】大衣掉色，要求退款。', occurredOn: '2026-03-01' },
    category: { object: 'clothing' as const, problem: 'quality' as const },
    amountFen: 128000,
    claims: ['refund' as const],
    consents: { publication: false, delegatedMediation: true },
    source: 'walk-in' as const,
    returnId: null,
    ...over,
  };
}
