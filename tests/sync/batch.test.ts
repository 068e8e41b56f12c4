import { describe, expect, it } from 'vitest';
import { BODY_LIMIT, PUSH_LIMIT } from '../../src/contract/central.ts';
import { CHAIN_START, eventHash } from '../../src/protocol/chain.ts';
import { fittingOneRequest } from '../../src/main/sync/batch.ts';
import { actorAt, registration } from '../support/facts.ts';

/** A registration with the longest text, as it lies in the log, and as it goes over the wire. */
function longest(index: number) {
  const payload = registration({ facts: { text: '长'.repeat(4000), occurredOn: '2026-03-01' } });
  const actor = actorAt('/HS/C1/M01');
  return { index, payload: JSON.stringify(payload), actor: JSON.stringify(actor), body: { payload, actor } };
}

function wire(rows: readonly ReturnType<typeof longest>[]): number {
  const events = rows.map(({ index, body }) => {
    const event = {
      id: '01990000-0000-7000-8000-000000000001',
      stream: { kind: 'case' as const, id: '01990000-0000-7000-8000-0000000ca5e1' },
      type: 'case-registered',
      version: 1,
      device: '01990000-0000-7000-8000-00000000d001',
      deviceSequence: index,
      at: '2026-03-10T02:00:00.000Z',
      unitPath: '/HS/C1/M01',
      ...body,
    };
    return { ...event, previousHash: CHAIN_START, hash: eventHash(event, CHAIN_START) };
  });
  return Buffer.byteLength(JSON.stringify({ events, signature: 'x'.repeat(86) }));
}

describe('a batch', () => {
  it('of the longest facts stays within one request, and the rest follows', () => {
    const rows = Array.from({ length: PUSH_LIMIT }, (_, index) => longest(index));
    expect(wire(rows)).toBeGreaterThan(BODY_LIMIT);
    const first = fittingOneRequest(rows);
    expect(wire(first)).toBeLessThan(BODY_LIMIT);
    expect(wire(first)).toBeGreaterThan(BODY_LIMIT * 0.7);
    expect(fittingOneRequest(rows.slice(first.length)).length).toBeGreaterThan(0);
  });

  it('of ordinary facts is whole, and a single fact is always sent', () => {
    const short = { payload: '{}', actor: '{}' };
    expect(fittingOneRequest(Array.from({ length: PUSH_LIMIT }, () => short))).toHaveLength(PUSH_LIMIT);
    const huge = { payload: 'x'.repeat(BODY_LIMIT + 1), actor: '{}' };
    expect(fittingOneRequest([huge, short])).toEqual([huge]);
    expect(fittingOneRequest([])).toEqual([]);
  });
});
