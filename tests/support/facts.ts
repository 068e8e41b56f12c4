import type { Actor, Fact, Role } from '../../src/domain/kernel/event/event.ts';
import type { StreamKind } from '../../src/domain/streams.ts';
import { v5 } from '../../tools/world/name-id.ts';

/** Everybody's in the test district. */
export const PASSWORD = 'test-password';

/** An invented person at a unit. */
export function actorAt(unitPath: string, role: Role = 'mediator'): Actor {
  return { staffId: v5(`staff:${unitPath}:${role}`), name: '测试员', role, unitPath };
}

export const ADMINISTRATOR: Actor = {
  staffId: 'administrator',
  name: 'administrator',
  role: 'administrator',
  unitPath: '/HS',
};

/** A fact by that actor at their own unit. */
export function factOf(
  kind: StreamKind,
  id: string,
  type: string,
  payload: unknown,
  actor: Actor,
  at = '2026-03-10T02:00:00.000Z',
): Fact {
  return { stream: { kind, id }, type, version: 1, payload, actor, at, unitPath: actor.unitPath };
}

/** The mall's; at another unit a test device begins it with that one. */
export const INVENTED_NUMBER = 'M01-2026-1-0001';

/** What a mediator types to register an invented case. */
export function registration(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    number: INVENTED_NUMBER,
    consumer: { name: '张三', phone: '10012345678' },
    merchant: { merchantId: null, name: '虚构服饰店' },
    facts: { text: '【虚构示例】大衣掉色，要求退款。', occurredOn: '2026-03-01' },
    category: { object: 'clothing', problem: 'quality' },
    amountFen: 128000,
    claims: ['refund'],
    consents: { publication: false, delegatedMediation: true },
    source: 'walk-in',
    returnId: null,
    ...over,
  };
}
