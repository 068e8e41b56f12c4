import { ORPCError } from '@orpc/client';
import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Actor } from '../../src/domain/kernel/event/event.ts';
import { enrolTestDevice, type EventDraft, type TestDevice } from '../support/device.ts';
import { registration } from '../support/facts.ts';
import {
  codeFor,
  startDistrictCentre,
  startTestServer,
  type TestCentre,
  type TestCentreOptions,
  type TestServer,
} from '../support/postgres.ts';

export const SHOP = '/HS/C1/M01/S001';
export const MALL = '/HS/C1/M01';
export const SECOND_MALL = '/HS/C1/M02';
export const CIRCLE = '/HS/C1';
export const DISTRICT = '/HS';

/** An argon2id hash of an invented password, cheap to have and never checked here. */
export const PASSWORD_HASH =
  '$argon2id$v=19$m=1024,t=1,p=1$c29tZXNhbHRzb21l$8iGGGkzqDSZY7nmfRxO8Zc6q0kqE1xkFQ3wQ1b8Hk2E';

function person(staffId: string, role: Actor['role'], unitPath: string): Actor {
  return { staffId, name: '测试员', role, unitPath };
}
export const shopManager = person('manager-shop', 'shop-manager', SHOP);
export const mallMediator = person('mediator-mall', 'mediator', MALL);
export const secondMediator = person('mediator-second', 'mediator', SECOND_MALL);
export const circleSupervisor = person('supervisor-circle', 'supervisor', CIRCLE);
export const districtSupervisor = person('supervisor-district', 'supervisor', DISTRICT);

export type Setting = {
  readonly centre: TestCentre;
  /** A newly enrolled device at the unit. */
  device(unitPath: string): Promise<TestDevice>;
};

/** A fresh centre with the test district, on a database of its own, for each test. */
export function useCentre(options: TestCentreOptions = {}): Setting {
  let server: TestServer;
  let centre: TestCentre | undefined;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    centre = await startDistrictCentre(server.server, options);
  });
  afterEach(async () => {
    await centre?.stop();
    centre = undefined;
  });
  const setting: Setting = {
    get centre() {
      if (!centre) throw new Error('Outside a test');
      return centre;
    },
    device: async (unitPath) =>
      enrolTestDevice({
        url: setting.centre.url,
        code: await codeFor(setting.centre, unitPath),
        now: () => setting.centre.now(),
      }),
  };
  return setting;
}

type Step = Pick<EventDraft, 'type' | 'payload'>;

/** Steps of a case, to be made into events by a device. */
export const steps = {
  register: (over: Record<string, unknown> = {}): Step => ({
    type: 'case-registered',
    payload: registration(over),
  }),
  accept: (): Step => ({ type: 'case-accepted', payload: {} }),
  fail: (): Step => ({ type: 'mediation-failed', payload: { reason: '差距过大' } }),
  escalate: (toPath: string): Step => ({
    type: 'case-escalated',
    payload: { toPath, reason: '本级未能解决' },
  }),
  settle: (amountFen = 80_000): Step => ({
    type: 'case-settled',
    payload: {
      instrument: 'settlement-agreement',
      terms: '退款',
      amountFen,
      performance: { kind: 'at-once' },
    },
  }),
  close: (satisfaction = 'satisfied'): Step => ({ type: 'case-closed', payload: { satisfaction } }),
  note: (): Step => ({ type: 'note-added', payload: { text: '补充说明' } }),
};

export function newCase(): { kind: 'case'; id: string } {
  return { kind: 'case', id: uuidv7() };
}

/** What became of a call that the centre refuses: its code, status and data. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ code: string; status: number; data: unknown }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ORPCError) return { code: error.code, status: error.status, data: error.data };
    throw error;
  }
  throw new Error('The centre did not refuse');
}
