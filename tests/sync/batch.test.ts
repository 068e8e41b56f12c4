import { describe, expect, it } from 'vitest';
import { BODY_LIMIT, PUSH_LIMIT, PushedEvent } from '../../src/contract/centre/index.ts';
import { appendLocal } from '../../src/main/kernel/store/index.ts';
import { fittingOneRequest, OUTGOING_BODY, pushBody } from '../../src/main/kernel/sync/batch.ts';
import { CHAIN_START, eventHash } from '../../src/protocol/chain.ts';
import { actorAt, registration } from '../support/facts.ts';
import { openTestWorkstation } from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

/** A registration with the longest text, as it leaves. */
function longest(index: number): { body: Buffer } {
  const event = {
    id: '01990000-0000-7000-8000-000000000001',
    stream: { kind: 'case' as const, id: '01990000-0000-7000-8000-0000000ca5e1' },
    type: 'case-registered',
    version: 1,
    device: '01990000-0000-7000-8000-00000000d001',
    deviceSequence: index,
    at: '2026-03-10T02:00:00.000Z',
    unitPath: '/HS/C1/M01',
    payload: registration({ facts: { text: '长'.repeat(4000), occurredOn: '2026-03-01' } }),
    actor: actorAt('/HS/C1/M01'),
  };
  const hash = eventHash(event, CHAIN_START);
  return { body: Buffer.from(JSON.stringify({ ...event, previousHash: CHAIN_START, hash })) };
}

const wire = (facts: readonly { body: Buffer }[]): number =>
  pushBody(facts, 'x'.repeat(86), 'x'.repeat(86)).length;

describe('a batch', () => {
  it('of the longest facts stays within one request, and the rest follows', () => {
    const facts = Array.from({ length: PUSH_LIMIT }, (_, index) => longest(index));
    expect(wire(facts)).toBeGreaterThan(BODY_LIMIT);
    const first = fittingOneRequest(facts);
    expect(wire(first)).toBeLessThan(BODY_LIMIT);
    expect(wire(first)).toBeGreaterThan(BODY_LIMIT * 0.7);
    expect(fittingOneRequest(facts.slice(first.length)).length).toBeGreaterThan(0);
  });

  it('of ordinary facts is whole, and a single fact is always sent', () => {
    const short = { body: Buffer.from('{}') };
    expect(fittingOneRequest(Array.from({ length: PUSH_LIMIT }, () => short))).toHaveLength(PUSH_LIMIT);
    const huge = { body: Buffer.alloc(BODY_LIMIT + 1, 'x') };
    expect(fittingOneRequest([huge, short])).toEqual([huge]);
    expect(fittingOneRequest([])).toEqual([]);
  });

  it('leaves as the log has it, whatever its texts hold', async () => {
    const { folder, remove } = await temporaryFolder();
    const workstation = await openTestWorkstation(folder);
    const { store, directory } = workstation.running.parts;
    const text = '他说：“退款”\\ "quoted"\n\u2028\u{1f44d}\t';
    const context = {
      device: 'd',
      actor: actorAt(workstation.unitPath),
      unitPath: workstation.unitPath,
      at: '2026-03-10T02:00:00.000Z',
    };
    const payload = registration({ facts: { text, occurredOn: '2026-03-01' }, later: { b: 1, a: [null] } });
    const fact = {
      stream: { kind: 'case' as const, id: 'c"1' },
      type: 'case-registered',
      version: 1,
      payload,
    };
    await store.write((writer) => appendLocal(writer, context, [fact], directory));
    const [row] = await store.read
      .selectFrom('event')
      .select(OUTGOING_BODY.as('body'))
      .where('origin', '=', 'local')
      .execute();
    const event = PushedEvent.parse(JSON.parse(String(row?.body)));
    expect(event.payload).toEqual(payload);
    expect(event.stream.id).toBe('c"1');
    expect(eventHash(event, event.previousHash)).toBe(event.hash);
    await workstation.running.close();
    await remove();
  });
});
