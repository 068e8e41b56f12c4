import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emojiIn,
  mapPrivateUse,
  normaliseTyped,
  privateUseIn,
  standardCharacters,
} from '../../../src/domain/kernel/text/index.ts';
import { admitFact } from '../../../src/domain/streams.ts';
import { shippedRules } from '../../../src/domain/procedure/rulebook.ts';
import type { AdmissionContext } from '../../../src/domain/kernel/event/admission.ts';
import type { Rulebook } from '../../../src/domain/procedure/index.ts';
import { actorAt, factOf, registration } from '../../support/facts.ts';

/** The second bytes of GBK's last row, FE50 to FEA0. */
const LAST_ROW = Array.from({ length: 0xa1 - 0x50 }, (_, index) => 0x50 + index).filter(
  (byte) => byte !== 0x7f,
);

describe('private-use characters of old systems', () => {
  it('are what they stand for now, as the decoder of GB 18030 in the engine reads their bytes', () => {
    // An independent table: ICU's. Six that it still gives as private use stand in the supplementary plane.
    const plain = new TextDecoder('gb18030');
    let compared = 0;
    for (const [index, byte] of LAST_ROW.entries()) {
      const mapped = mapPrivateUse(String.fromCodePoint(0xe815 + index));
      const decoded = plain.decode(Uint8Array.of(0xfe, byte));
      if (/\p{Co}/u.test(decoded)) expect(mapped).toMatch(/^[\u{20000}-\u{2A6DF}]$/u);
      else {
        expect(mapped).toBe(decoded);
        compared += 1;
      }
    }
    expect(LAST_ROW).toHaveLength(80);
    expect(compared).toBeGreaterThanOrEqual(74);
    expect(mapPrivateUse('李\uE863')).toBe('李䶮');
    expect(mapPrivateUse('\uE78D\uE78E\uE78F\uE793')).toBe('\uFE10\uFE12\uFE11\uFE16');
    expect(mapPrivateUse('\uE816\uE831')).toBe('\u{20087}\u{215D7}');
  });

  it('stay and are named where no standard knows them', () => {
    expect(mapPrivateUse('张\uE000三\u{F0000}')).toBe('张\uE000三\u{F0000}');
    expect(privateUseIn('张\uE000\uE000\uE863\u{F0000}')).toEqual(['\uE000', '\u{F0000}']);
    expect(privateUseIn('张三')).toEqual([]);
  });

  it('are mapped wherever they stand, and once and for all', () => {
    expect(standardCharacters({ a: ['\uE863', 1, null], b: { c: '\uE815' } })).toEqual({
      a: ['䶮', 1, null],
      b: { c: '⺁' },
    });
    const untouched = { name: '张三', list: [1, { deep: true }] };
    expect(standardCharacters(untouched)).toBe(untouched);
    expect(normaliseTyped(' 李\uE863　')).toBe('李䶮');
    const texts = fc.array(fc.constantFrom('张', '\uE863', '\uE000', '\uE815', 'a', '\u{1F600}', '\uD800'));
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('');
        const once = standardCharacters({ deep: [{ text }] });
        expect(standardCharacters(once)).toBe(once);
        expect(Array.from(mapPrivateUse(text))).toHaveLength(Array.from(text).length);
      }),
    );
  });
});

describe('emoji', () => {
  it('are found whole, and signs that are text are none', () => {
    expect(emojiIn('小\u{1F600}店❤️')).toEqual(['\u{1F600}', '❤️']);
    expect(emojiIn('👨‍👩‍👧和👍🏽')).toEqual(['👨‍👩‍👧', '👍🏽']);
    expect(emojiIn('1️⃣号')).toEqual(['1️⃣']);
    expect(emojiIn('某某®·№1★店〇☎')).toEqual([]);
    expect(emojiIn('𠮷㐂𲎰阿迪力·买买提བཀྲ་ཤིས김철수')).toEqual([]);
  });

  const context = (side: 'recording' | 'receiving'): AdmissionContext<Rulebook> => ({
    side,
    receivedAt: side === 'recording' ? null : '2027-01-01T00:00:00.000Z',
    source: { unitPath: '/HS/TY/TY01', centre: false },
    rules: shippedRules,
    levelOf: () => 1,
    partyOf: () => 'merchant',
    exists: () => true,
    record: () => undefined,
    person: () => ({
      name: '测试员',
      role: 'mediator',
      unitPath: '/HS/TY/TY01',
      active: true,
      assignments: [{ role: 'mediator', unitPath: '/HS/TY/TY01' }],
    }),
  });
  const named = (name: string) =>
    factOf(
      'case',
      'case-1',
      'case-registered',
      registration({ number: 'TY01-2026-1-0001', consumer: { name, phone: '10012345678' } }),
      actorAt('/HS/TY/TY01'),
    );

  it('are refused in a name that is recorded, by its field, and applied where another workstation recorded it', () => {
    const nobody = { current: undefined, inSight: true };
    expect(admitFact(nobody, named('张\u{1F600}三'), context('recording'))).toEqual({
      kind: 'illegal',
      refusal: { rule: 'name-emoji', field: 'consumer.name', parameters: { character: '\u{1F600}' } },
    });
    expect(admitFact(nobody, named('张三'), context('recording')).kind).toBe('legal');
    expect(admitFact(nobody, named('张\u{1F600}三'), context('receiving')).kind).toBe('legal');
  });
});
