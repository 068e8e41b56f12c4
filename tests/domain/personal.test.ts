import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  business,
  createMask,
  fieldsOf,
  maskAddress,
  personal,
  personalPlaces,
} from '../../src/domain/kernel/text/index.ts';
import { maskAnswer, STREAMS } from '../../src/domain/streams.ts';

const HIDDEN = { names: true };
const KNOWN = { names: false };

describe('a field of an event', () => {
  it('by whose name it holds a telephone, an address or an identity number says whose that is', () => {
    const silent = STREAMS.flatMap(({ schemas }) =>
      Object.entries(schemas).flatMap(([event, schema]) =>
        fieldsOf(schema)
          .filter(({ name, declared }) => /(phone|address|idnumber)$/i.test(name) && declared === null)
          .map(({ name }) => `${event} ${name}`),
      ),
    );
    expect(silent).toEqual([]);
  });

  it('keeps what it declared when it is left out, emptied, or stands deeper', () => {
    const phone = personal('phone', z.string());
    const schema = z.object({
      phone: phone.optional(),
      list: z.array(z.object({ second: phone.nullable() })),
      either: z.union([z.object({ third: phone }), z.object({ phone: business(z.string()) })]),
    });
    const of = (name: string) => fieldsOf(schema).filter((field) => field.name === name);
    expect(of('phone').map(({ declared }) => declared?.of)).toEqual(['phone', 'business']);
    expect(of('second')).toMatchObject([{ within: 'list', declared: { of: 'phone' } }]);
    expect(of('third')).toMatchObject([{ within: 'either', declared: { of: 'phone' } }]);
  });
});

describe('what leaves a service', () => {
  const consumer = {
    name: '张三丰',
    phone: '13812345678',
    idNumber: '330203199001011234',
    address: '海曙区虚构路一号',
  };

  it('has a consumer masked wherever they stand, their name too where it is not known, and no business', () => {
    const merchant = { name: '虚构服饰店', phone: '057487654321', address: '海曙区虚构路二号' };
    const answer = { items: [{ state: { consumer, merchant } }], phone: '057487654321', total: 1 };
    const masked = {
      name: '张三丰',
      phone: '138****5678',
      idNumber: '330***********1234',
      address: '海曙区****',
    };
    const before = JSON.stringify(answer);
    expect(maskAnswer(answer, KNOWN)).toEqual({
      ...answer,
      items: [{ state: { consumer: masked, merchant } }],
    });
    expect(maskAnswer(answer, HIDDEN).items[0]?.state.consumer.name).toBe('张**');
    expect(JSON.stringify(answer)).toBe(before);
  });

  it('has a history masked by the schema of each fact, and one that nobody knows by its names', () => {
    const entry = (type: string, version: number, payload: unknown) => ({ type, version, payload });
    const agent = { agentId: 'a', name: '李四', phone: '13711114444' };
    const merchant = { name: '虚构服饰店', phone: '13711115555' };
    expect(
      maskAnswer(
        [
          entry('agent-appointed', 1, agent),
          entry('merchant-updated', 2, merchant),
          entry('merchant-updated', 77, { deeper: { phone: '13711115555' } }),
          { type: 'agent-appointed', payload: agent },
        ],
        KNOWN,
      ),
    ).toEqual([
      entry('agent-appointed', 1, { ...agent, phone: '137****4444' }),
      entry('merchant-updated', 2, merchant),
      entry('merchant-updated', 77, { deeper: { phone: '137****5555' } }),
      { type: 'agent-appointed', payload: { ...agent, phone: '137****4444' } },
    ]);
  });

  it('has whoever works here named, whatever record says what they did', () => {
    // A field called so in one schema would mask every colleague in every answer.
    const answer = {
      decided: { by: { staffId: 's', name: '周浩', at: '', unitPath: '/HS' } },
      hand: { name: '周浩' },
    };
    expect(maskAnswer(answer, HIDDEN)).toEqual(answer);
    expect(maskAnswer({ actor: { name: '周浩' } }, HIDDEN)).toEqual({ actor: { name: '周浩' } });
  });

  it('has a correction masked before and after', () => {
    const change = (field: string, before: string | null, after: string) => ({ field, before, after });
    expect(
      maskAnswer(
        [
          change('consumerPhone', '10012345678', '13911112222'),
          change('consumerAddress', null, '鄞州区虚构路三号'),
          change('merchantPhone', '057487654321', '057487654322'),
          change('phone', '057487654321', '057487654322'),
        ],
        KNOWN,
      ),
    ).toEqual([
      change('consumerPhone', '100****5678', '139****2222'),
      change('consumerAddress', null, '鄞州区****'),
      change('merchantPhone', '057487654321', '057487654322'),
      change('phone', '057487654321', '057487654322'),
    ]);
  });

  it('is masked once and for all: again changes nothing', () => {
    const value = fc.oneof(fc.string(), fc.constant(consumer.phone), fc.constant(consumer.address));
    fc.assert(
      fc.property(fc.record({ name: value, phone: value, idNumber: value, address: value }), (of) => {
        const once = maskAnswer({ consumer: of, agents: [of] }, HIDDEN);
        expect(maskAnswer(once, HIDDEN)).toEqual(once);
      }),
    );
  });

  it('is given back as it is where nothing in it is anybody’s', () => {
    const answer = { items: [{ id: '1', bytes: new Uint8Array(3), at: new Date(0) }], total: null };
    expect(maskAnswer(answer, HIDDEN)).toBe(answer);
  });

  it('has a field masked that an event got today, without anything else', () => {
    const mask = createMask(
      personalPlaces([{ 'x-done@1': z.object({ emergencyPhone: personal('phone', z.string()) }) }]),
    );
    expect(mask({ state: { emergencyPhone: '13812345678' } }, KNOWN)).toEqual({
      state: { emergencyPhone: '138****5678' },
    });
  });
});

it('an address says about where it is, and a short one nothing', () => {
  expect(['海曙区虚构路一号', '海曙区一号', ''].map(maskAddress)).toEqual(['海曙区****', '****', '']);
});
