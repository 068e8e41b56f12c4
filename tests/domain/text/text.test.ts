import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Day, shiftDay } from '../../../src/domain/kernel/calendar/index.ts';
import {
  capitalAmount,
  checkResidentId,
  formatYuan,
  LARGEST_AMOUNT_FEN,
  maskIdNumber,
  maskName,
  maskPhone,
  parseAmount,
  parseDay,
  parsePhone,
  residentIdCheckDigit,
} from '../../../src/domain/kernel/text/index.ts';

const anyFen = fc.integer({ min: 0, max: LARGEST_AMOUNT_FEN });

describe('amounts as typed', () => {
  test.each<[typed: string, fen: number]>([
    ['1280', 128_000],
    ['1280元', 128_000],
    ['¥1,280.50', 128_050],
    ['￥１，２８０．５', 128_050],
    ['1 280', 128_000],
    ['人民币1280元整', 128_000],
    ['1280块钱', 128_000],
    ['rmb 99.9', 9_990],
    ['1.5万', 1_500_000],
    ['1.5 万元', 1_500_000],
    ['3w', 3_000_000],
    ['2k', 200_000],
    ['1万2', 1_200_000],
    ['1万2千3', 1_230_000],
    ['1万200', 1_020_000],
    ['12块5', 1_250],
    ['12元5角2分', 1_252],
    ['5毛', 50],
    ['50分', 50],
    ['.5', 50],
    ['0', 0],
    ['三百五', 35_000],
    ['三百零五', 30_500],
    ['十二', 1_200],
    ['两千零五十', 205_000],
    ['一万五', 1_500_000],
    ['一百二十三万四千', 123_400_000],
    ['十元零五分', 1_005],
    ['壹仟贰佰捌拾元伍角整', 128_050],
  ])('%s is %i fen', (typed, fen) => {
    expect(parseAmount(typed)).toEqual({ kind: 'amount', fen });
  });

  test.each<[typed: string, rule: string]>([
    ['', 'amount-empty'],
    ['  ', 'amount-empty'],
    ['abc', 'amount-unreadable'],
    ['1,5', 'amount-unreadable'],
    ['12,80', 'amount-unreadable'],
    ['1.2.3', 'amount-unreadable'],
    ['元', 'amount-unreadable'],
    ['百五', 'amount-unreadable'],
    ['三五百', 'amount-unreadable'],
    ['一千二千', 'amount-unreadable'],
    ['12元多', 'amount-unreadable'],
    ['1千2万', 'amount-unreadable'],
    ['-5', 'amount-negative'],
    ['－5元', 'amount-negative'],
    ['1.234', 'amount-too-precise'],
    ['1.23456万', 'amount'],
    ['100亿', 'amount-too-large'],
    ['99999999999999999999', 'amount-too-large'],
  ])('%j is %s', (typed, rule) => {
    const read = parseAmount(typed);
    expect(read.kind === 'refused' ? read.rule : read.kind).toBe(rule);
  });

  test('an amount survives being written in figures and in capitals', () => {
    fc.assert(
      fc.property(fc.oneof(anyFen, fc.nat(100_000)), (fen) => {
        expect(parseAmount(formatYuan(fen))).toEqual({ kind: 'amount', fen });
        expect(parseAmount(capitalAmount(fen))).toEqual({ kind: 'amount', fen });
      }),
      { numRuns: 1000 },
    );
  });

  test('nothing typed throws or gives anything but whole fen', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...Array.from('0123456789.,万千百十元块角分一二零两壹整¥wk ')) }),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const read = parseAmount(text);
        if (read.kind === 'amount') {
          expect(Number.isSafeInteger(read.fen) && read.fen >= 0).toBe(true);
          expect(read.fen).toBeLessThanOrEqual(LARGEST_AMOUNT_FEN);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

test.each<[fen: number, text: string]>([
  [0, '0.00'],
  [5, '0.05'],
  [128_050, '1,280.50'],
  [123_456_789, '1,234,567.89'],
  [-5, '-0.05'],
])('%i fen are written %s', (fen, text) => {
  expect(formatYuan(fen)).toBe(text);
});

// The first six are the examples of 正确填写票据和结算凭证的基本规定, where it allows several the shortest.
test.each<[fen: number, text: string]>([
  [140_950, '壹仟肆佰零玖元伍角整'],
  [600_714, '陆仟零柒元壹角肆分'],
  [168_032, '壹仟陆佰捌拾元叁角贰分'],
  [10_700_053, '壹拾万柒仟元伍角叁分'],
  [1_640_902, '壹万陆仟肆佰零玖元零贰分'],
  [32_504, '叁佰贰拾伍元零肆分'],
  [128_000, '壹仟贰佰捌拾元整'],
  [100_000_100, '壹佰万零壹元整'],
  [100_010_001, '壹佰万零壹佰元零壹分'],
  [1_000_000_010_00, '壹拾亿零壹拾元整'],
  [10_000_000_000, '壹亿元整'],
  [1_000, '壹拾元整'],
  [50, '伍角整'],
  [5, '伍分'],
  [0, '零元整'],
])('%i fen in capitals are %s', (fen, text) => {
  expect(capitalAmount(fen)).toBe(text);
});

test('capitals are refused for what no document states', () => {
  expect(() => capitalAmount(-1)).toThrow(RangeError);
  expect(() => capitalAmount(1.5)).toThrow(RangeError);
});

describe('telephone numbers as typed', () => {
  test.each<[typed: string, phone: string, form: string]>([
    ['138 0000 0000', '13800000000', 'mobile'],
    ['138-0000-0000', '13800000000', 'mobile'],
    ['１３８００００００００', '13800000000', 'mobile'],
    ['+86 138 0000 0000', '13800000000', 'mobile'],
    ['8613800000000', '13800000000', 'mobile'],
    ['008613800000000', '13800000000', 'mobile'],
    ['0574-8712 3456', '057487123456', 'landline'],
    ['(0574)87123456', '057487123456', 'landline'],
    ['+86 574 8712 3456', '057487123456', 'landline'],
    ['010-12345678', '01012345678', 'landline'],
    ['400-800-1234', '4008001234', 'service'],
    ['8712 3456', '87123456', 'local'],
    ['+852 2123 4567', '+85221234567', 'foreign'],
    ['00852 2123 4567', '+85221234567', 'foreign'],
  ])('%s is %s', (typed, phone, form) => {
    expect(parsePhone(typed)).toEqual({ kind: 'phone', phone, form });
    // What was read is stored, shown and read again.
    expect(parsePhone(phone)).toEqual({ kind: 'phone', phone, form });
    expect(phone).toMatch(/^\+?\d{7,15}$/);
  });

  test.each<[typed: string, rule: string]>([
    ['', 'phone-empty'],
    ['张三', 'phone-unreadable'],
    ['138****0000', 'phone-unreadable'],
    ['12000000000', 'phone-mobile-range'],
    ['1380000000', 'phone-mobile-length'],
    ['138000000000', 'phone-mobile-length'],
    ['110', 'phone-mobile-length'],
    ['95559', 'phone-too-short'],
    ['+1 23', 'phone-too-short'],
    ['0574-87123456-801', 'phone-extension'],
    ['0574-87123456转801', 'phone-extension'],
    ['0574871234567890', 'phone-too-long'],
    ['13800000000 13900000000', 'phone-mobile-length'],
  ])('%j is %s', (typed, rule) => {
    expect(parsePhone(typed)).toMatchObject({ kind: 'refused', rule });
  });

  test('whatever is read fits a stored number', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('0123456789+-() 转')) }), (typed) => {
        const read = parsePhone(typed);
        if (read.kind === 'phone') expect(read.phone).toMatch(/^\+?\d{7,15}$/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('days as typed', () => {
  // Wednesday.
  const today = Day.parse('2026-11-25');

  test.each<[typed: string, day: string]>([
    ['今天', '2026-11-25'],
    ['昨天', '2026-11-24'],
    ['前天', '2026-11-23'],
    ['大前天', '2026-11-22'],
    ['明天', '2026-11-26'],
    ['3天前', '2026-11-22'],
    ['三天前', '2026-11-22'],
    ['10天以后', '2026-12-05'],
    ['两周后', '2026-12-09'],
    ['上周五', '2026-11-20'],
    ['本周一', '2026-11-23'],
    ['下星期天', '2026-12-06'],
    ['11-20', '2026-11-20'],
    ['11/20', '2026-11-20'],
    ['11.20', '2026-11-20'],
    ['11月20日', '2026-11-20'],
    ['十一月二十日', '2026-11-20'],
    ['2026/11/20', '2026-11-20'],
    ['2026.11.2', '2026-11-02'],
    ['2026年11月20日', '2026-11-20'],
    ['２０２６－１１－２０', '2026-11-20'],
    ['20261120', '2026-11-20'],
    ['26-11-20', '2026-11-20'],
    ['去年11月20日', '2025-11-20'],
    ['20号', '2026-11-20'],
    ['31号', '2026-10-31'],
    // The nearest: January comes sooner than it has been.
    ['1-5', '2027-01-05'],
    ['7-1', '2026-07-01'],
    ['2-29', '2028-02-29'],
  ])('%s is %s', (typed, day) => {
    if (typed === '2-29') {
      expect(parseDay(typed, '2028-01-10')).toEqual({ kind: 'day', day });
      return;
    }
    expect(parseDay(typed, today)).toEqual({ kind: 'day', day });
  });

  test('a purchase was in the past, a promise is in the future', () => {
    expect(parseDay('1-5', today, 'past')).toEqual({ kind: 'day', day: '2026-01-05' });
    expect(parseDay('11-20', today, 'future')).toEqual({ kind: 'day', day: '2027-11-20' });
    expect(parseDay('20号', today, 'future')).toEqual({ kind: 'day', day: '2026-12-20' });
  });

  test.each<[typed: string, rule: string]>([
    ['', 'day-empty'],
    ['某天', 'day-unreadable'],
    ['1120', 'day-unreadable'],
    ['2026', 'day-unreadable'],
    ['20', 'day-unreadable'],
    ['2-30', 'day-not-existing'],
    ['2026-02-29', 'day-not-existing'],
    ['20261320', 'day-not-existing'],
    ['32号', 'day-not-existing'],
    ['2-29', 'day-not-existing'],
  ])('%j is %s', (typed, rule) => {
    expect(parseDay(typed, today)).toEqual({ kind: 'refused', rule });
  });

  test('any day in any full writing is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3000, max: 3000 }), (offset) => {
        const day = shiftDay(today, offset);
        const [year, month, date] = day.split('-').map(Number);
        for (const typed of [
          day,
          day.replaceAll('-', ''),
          `${year}/${month}/${date}`,
          `${year}年${month}月${date}日`,
        ]) {
          expect(parseDay(typed, today)).toEqual({ kind: 'day', day });
        }
        if (offset !== 0) {
          const typed = `${Math.abs(offset)}天${offset < 0 ? '前' : '后'}`;
          expect(parseDay(typed, today)).toEqual({ kind: 'day', day });
        }
      }),
    );
  });

  test('nothing typed throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('0123456789-/.年月日号天前后上下周一二十今昨去')) }),
        (typed) => {
          expect(['day', 'refused']).toContain(parseDay(typed, today).kind);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('masks', () => {
  test.each([
    ['13812345678', '138****5678'],
    ['+8613812345678', '138****5678'],
    ['057487123456', '057****3456'],
    ['87123456', '****456'],
    ['110', '***'],
    ['', ''],
  ])('phone %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });

  test.each([
    ['张三', '张*'],
    ['欧阳修', '欧**'],
    ['张', '*'],
    ['Johannes Brahms', 'J***'],
    ['', ''],
  ])('name %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  test.each([
    ['11010519491231002X', '110***********002X'],
    ['E12345678', 'E12**5678'],
    ['12345678', '********'],
  ])('identity number %s', (number, masked) => {
    expect(maskIdNumber(number)).toBe(masked);
  });

  test('a mask never shows a middle figure', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^1[3-9]\d{9}$/), (phone) => {
        expect(maskPhone(phone)).toBe(`${phone.slice(0, 3)}****${phone.slice(7)}`);
      }),
    );
  });
});

describe('identifiers', () => {
  // The example numbers of GB 11643-1999 itself.
  test.each(['11010519491231002X', '440524188001010014', '110105 19491231 002x'])('%s', (typed) => {
    expect(checkResidentId(typed)).toEqual({
      kind: 'valid',
      number: typed.replaceAll(' ', '').toUpperCase(),
    });
  });

  test.each<[typed: string, rule: string]>([
    ['110105194912310021', 'id-check-digit'],
    ['11010519491331002X', 'id-birthday'],
    ['1101051949123100AX', 'id-character'],
    ['110105491231002', 'id-length'],
  ])('%s is %s', (typed, rule) => {
    expect(checkResidentId(typed)).toMatchObject({ kind: 'refused', rule });
  });

  test('one wrong figure never passes', () => {
    const id = fc
      .tuple(fc.stringMatching(/^[1-9]\d{5}$/), fc.stringMatching(/^\d{3}$/))
      .map(([region, order]) => `${region}19900615${order}`);
    fc.assert(
      fc.property(id, fc.nat(5), fc.integer({ min: 1, max: 9 }), (first17, place, change) => {
        const number = first17 + residentIdCheckDigit(first17);
        expect(checkResidentId(number).kind).toBe('valid');
        const wrong = String((Number(number[place]) + change) % 10);
        expect(checkResidentId(number.slice(0, place) + wrong + number.slice(place + 1)).kind).toBe(
          'refused',
        );
      }),
    );
  });
});
