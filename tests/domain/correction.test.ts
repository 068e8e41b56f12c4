import { describe, expect, it } from 'vitest';
import { changesOf, registeredOf, type CorrectableField } from '../../src/domain/case/correction.ts';
import { caseSchemas } from '../../src/domain/case/events.ts';
import { actorAt, factOf, registration } from '../support/facts.ts';
import { applyCase } from '../support/shipped.ts';

const SHOP = '/HS/C1/M01/S001';
const REGISTRATION = registration();
const registered = registeredOf(caseSchemas['case-registered@1'].parse(REGISTRATION));
const fact = (type: string, payload: object) => factOf('case', 'c1', type, payload, actorAt(SHOP));

/** Another value of each field. */
const OTHER: Required<Record<CorrectableField, unknown>> = {
  consumerName: '李四',
  consumerPhone: '13911112222',
  consumerIdType: 'passport',
  consumerIdNumber: 'E12345678',
  consumerAddress: '解放路 2 号',
  merchantId: null,
  merchantName: '另一家店',
  merchantContact: '王经理',
  merchantPhone: '0574-87654321',
  merchantAddress: '中山路 9 号',
  factsText: '另有事实',
  occurredOn: '2026-03-02',
  place: '二楼',
  object: 'food',
  problem: 'quality',
  amountFen: null,
  claims: ['refund', 'repair'],
  claimText: '尽快',
  publication: true,
  delegatedMediation: false,
  source: 'phone',
};

function corrected(payload: object, version = 2) {
  const first = applyCase(undefined, fact('case-registered', REGISTRATION));
  if (first.kind !== 'legal') throw new Error(`not registered: ${JSON.stringify(first)}`);
  return applyCase(first.state, { ...fact('case-corrected', { reason: '听错', ...payload }), version });
}

describe('a correction', () => {
  it.each(Object.keys(OTHER) as CorrectableField[])('reaches %s and nothing else', (field) => {
    const ruling = corrected({ [field]: OTHER[field] });
    expect(ruling.kind).toBe('legal');
    if (ruling.kind !== 'legal') return;
    expect(registeredOf(ruling.state)).toEqual({ ...registered, [field]: OTHER[field] });
  });

  it('reads as it always did in its first version', () => {
    const ruling = corrected({ consumerName: '李四', amountFen: 1 }, 1);
    expect(ruling).toMatchObject({ kind: 'legal', state: { consumer: { name: '李四' }, amountFen: 1 } });
  });

  it('names what it corrects', () => {
    expect(corrected({})).toMatchObject({ kind: 'illegal', refusal: { field: 'reason' } });
  });
});

describe('the history of corrections', () => {
  const entry = (eventId: string, type: string, payload: object, counts = true) => ({
    eventId,
    type,
    payload,
    counts,
  });

  it('shows what stood before and what stands now, one after the other', () => {
    const changes = changesOf([
      entry('a', 'case-registered', REGISTRATION),
      entry('b', 'case-corrected', { reason: '听错', consumerName: '李四', consumerPhone: '13911112222' }),
      entry('c', 'case-corrected', { reason: '又听错', consumerName: '李思', amountFen: null }),
    ]);
    expect(changes.get('b')).toEqual([
      { field: 'consumerName', before: registered.consumerName, after: '李四' },
      { field: 'consumerPhone', before: registered.consumerPhone, after: '13911112222' },
    ]);
    expect(changes.get('c')).toEqual([
      { field: 'consumerName', before: '李四', after: '李思' },
      { field: 'amountFen', before: registered.amountFen, after: null },
    ]);
  });

  it('lets a refused correction change nothing for those behind it', () => {
    const changes = changesOf([
      entry('a', 'case-registered', REGISTRATION),
      entry('b', 'case-corrected', { reason: '听错', place: '一楼' }, false),
      entry('c', 'case-corrected', { reason: '听错', place: '三楼' }),
    ]);
    expect(changes.get('c')).toEqual([{ field: 'place', before: registered.place ?? null, after: '三楼' }]);
  });
});
