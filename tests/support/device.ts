import { uuidv7 } from 'uuidv7';
import type { PushedEvent, PushResult } from '../../src/contract/centre/index.ts';
import type { EventEnvelope, RecordedActor } from '../../src/domain/kernel/event/event.ts';
import { lastUnit } from '../../src/domain/kernel/event/unit-path.ts';
import { createCentralClient, type CentralClient } from '../../src/protocol/central-client.ts';
import { logText } from '../../src/protocol/attestation.ts';
import { CHAIN_START, eventHash } from '../../src/protocol/chain.ts';
import { merkleRoot } from '../../src/protocol/merkle.ts';
import { sealedPayload, type RecordKey } from '../../src/protocol/sealed-facts.ts';
import {
  generateDeviceKeys,
  pushText,
  sessionText,
  signText,
  type DeviceKeys,
} from '../../src/protocol/keys.ts';
import { INVENTED_NUMBER } from './facts.ts';

/** What a test says of an event; the device adds the rest. */
export type EventDraft = {
  /** Of a kind and in a role that may be known to a newer release only. */
  stream: { kind: string; id: string };
  type: string;
  payload: unknown;
  actor: RecordedActor;
  version?: number;
  at?: string;
  unitPath?: string;
  id?: string;
  /** Seals what is personal in it, as a workstation does, and brings the key along. */
  sealedBy?: RecordKey;
};

/**
 * A test device: keys, sequence and hash chain, and nothing of a workstation's care. It speaks real HTTP to a
 * real centre, and can be made to lie, which a workstation cannot.
 */
export type TestDevice = {
  deviceId: string;
  deviceCode: string;
  unitPath: string;
  keys: DeviceKeys;
  client: CentralClient;
  /** Adds an event to the device's log; the chain goes on from it. */
  event(draft: EventDraft): PushedEvent;
  /** Signs in: challenge, signature, session token. */
  signIn(): Promise<void>;
  sign(events: readonly PushedEvent[]): string;
  /** Signs the root over these events. */
  attest(events: readonly PushedEvent[]): string;
  /** Signs and pushes; signs in first where it has not. */
  push(events: readonly PushedEvent[]): Promise<PushResult>;
  /** Sends the body of a push that is written already; @throws unless it is taken. */
  send(body: Uint8Array<ArrayBuffer>): Promise<PushResult>;
  /** The whole feed of its unit, page by page. */
  feed(after?: number, limit?: number): Promise<Awaited<ReturnType<CentralClient['feed']>>>;
};

export type TestDeviceOptions = {
  url: string;
  deviceId: string;
  deviceCode?: string;
  unitPath: string;
  keys: DeviceKeys;
  /** Where the log goes on: a copy of a device (two installations with one identity). */
  head?: { sequence: number; hash: string };
  now?: () => Date;
};

/** What is registered here bears a number of this unit, as a workstation would draw it, where the draft has an invented one. */
function atUnit(payload: unknown, unitPath: string): unknown {
  const isNumbered = typeof payload === 'object' && payload !== null && 'number' in payload;
  return isNumbered && payload.number === INVENTED_NUMBER
    ? { ...payload, number: payload.number.replace('M01', lastUnit(unitPath)) }
    : payload;
}

/** A device that is enrolled already, or pretends to be. */
export function openTestDevice(options: TestDeviceOptions): TestDevice {
  const { url, deviceId, unitPath, keys, now = () => new Date() } = options;
  let token: string | undefined;
  let { sequence, hash } = options.head ?? { sequence: 0, hash: CHAIN_START };
  const client = createCentralClient({ baseUrl: url, token: () => token });
  const device: TestDevice = {
    deviceId,
    deviceCode: options.deviceCode ?? '1',
    unitPath,
    keys,
    client,
    event: (draft) => {
      sequence += 1;
      const { sealedBy } = draft;
      const entered: EventEnvelope = {
        id: draft.id ?? uuidv7(),
        stream: draft.stream,
        type: draft.type,
        version: draft.version ?? 1,
        payload: atUnit(draft.payload, unitPath),
        actor: draft.actor,
        device: deviceId,
        deviceSequence: sequence,
        at: draft.at ?? now().toISOString(),
        unitPath: draft.unitPath ?? unitPath,
      };
      const event =
        sealedBy === undefined ? entered : { ...entered, payload: sealedPayload(entered, () => sealedBy) };
      const previousHash = hash;
      hash = eventHash(event, previousHash);
      return { ...event, previousHash, hash, ...(sealedBy === undefined ? {} : { key: sealedBy.key }) };
    },
    signIn: async () => {
      const { challenge } = await client.challenge({ deviceId });
      const signature = signText(keys.privateKey, sessionText(deviceId, challenge));
      token = (await client.session({ deviceId, challenge, signature })).token;
    },
    sign: (events) => {
      const last = events.at(-1);
      return signText(keys.privateKey, pushText(deviceId, last?.deviceSequence ?? 0, last?.hash ?? ''));
    },
    attest: (events) => {
      const [from, to] = [events[0]?.deviceSequence ?? 0, events.at(-1)?.deviceSequence ?? 0];
      const root = merkleRoot(events.map((event) => event.hash));
      return signText(keys.privateKey, logText(deviceId, from, to, root));
    },
    push: async (events) => {
      if (token === undefined) await device.signIn();
      return client.push({
        events: [...events],
        signature: device.sign(events),
        attestation: device.attest(events),
      });
    },
    send: async (body) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const response = await fetch(`${url}/v1/push`, { method: 'POST', headers, body });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      return (await response.json()) as PushResult;
    },
    feed: async (after = 0, limit = 2000) => {
      if (token === undefined) await device.signIn();
      return client.feed({ after, limit });
    },
  };
  return device;
}

/** Enrols a new test device with a one-time code. */
export async function enrolTestDevice(options: {
  url: string;
  code: string;
  name?: string;
  now?: () => Date;
}): Promise<TestDevice> {
  const keys = generateDeviceKeys();
  const { deviceId, deviceCode, unitPath } = await createCentralClient({ baseUrl: options.url }).enrol({
    code: options.code,
    name: options.name ?? '测试设备',
    publicKey: keys.publicKey,
  });
  return openTestDevice({
    url: options.url,
    deviceId,
    deviceCode,
    unitPath,
    keys,
    ...(options.now ? { now: options.now } : {}),
  });
}
