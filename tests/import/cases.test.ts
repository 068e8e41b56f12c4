import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseAmount, parseDay, parsePhone, readWrittenPhone } from '../../src/domain/kernel/text/index.ts';
import { readFen } from '../../src/main/imports/reading/amounts.ts';
import { readDay } from '../../src/main/imports/reading/days.ts';
import { readTable } from '../../src/main/imports/reading/table.ts';
import { briefly, complaintsOf, fixture, opened, today } from './helpers.ts';

/** What is right for a case from the field. Fields of complaints are listed one value a row; what is not named is not compared. */
type Right = {
  rows: number;
  refused?: string[];
  notes?: string[];
  remarks?: string[];
  total?: number;
  of?: Partial<
    Record<
      | 'externalNumber'
      | 'consumerName'
      | 'consumerPhone'
      | 'merchantName'
      | 'startedOn'
      | 'closedOn'
      | 'restitutionFen',
      readonly (string | number | null)[]
    >
  >;
};

const SHOP = '甲乙丙服装店';
const CASES: Record<string, Right> = {
  'c01-equals-quoted.csv': {
    rows: 2,
    of: {
      externalNumber: ['TS20260001', 'TS20260002'],
      consumerPhone: ['13800000001', '13800000001'],
    },
  },
  'c02-leading-apostrophe-and-tab.csv': {
    rows: 2,
    of: {
      externalNumber: ['TS20260001', 'TS20260002'],
      consumerPhone: ['13800000001', '13800000002'],
    },
  },
  'c10-dates-as-people-write.csv': {
    rows: 15,
    refused: ['12 startedOn bad-date', '14 startedOn bad-date'],
    notes: ['7 startedOn day-assumed', '11 startedOn day-assumed'],
    // The twelfth instant is one of universal time, and of the next day here.
    of: { startedOn: Array.from({ length: 13 }, (_, index) => (index === 10 ? '2026-03-06' : '2026-03-05')) },
  },
  'c11-amounts-as-people-write.csv': {
    rows: 17,
    refused: [
      '10 restitution bad-amount',
      '12 restitution bad-amount',
      '16 restitution number-cut',
      '17 restitution negative-amount',
      '18 restitution bad-amount',
    ],
    notes: [
      '7 restitution amount-approximate',
      '8 restitution amount-approximate',
      '13 restitution amount-remark',
      '15 restitution amount-rounded',
    ],
    of: {
      restitutionFen: [
        128_000, 128_000, 30_000, 30_000, 1_500_000, 30_000, 30_000, 0, 128_000, 30_000, 30_000, 10_001,
      ],
    },
  },
  'c12-phones-as-people-write.csv': {
    rows: 14,
    notes: [
      '3 consumerPhone no-phone',
      '5 consumerPhone phone-extension',
      '6 consumerPhone phone-several',
      '7 consumerPhone phone-several',
      '8 consumerPhone phone-remark',
      '11 consumerPhone phone-remark',
      '13 consumerPhone phone-remark',
    ],
    of: {
      consumerPhone: [
        '13800000001',
        null,
        '13800000001',
        '057487123456',
        '13800000001',
        '13800000001',
        '13800000001',
        '138****0001',
        null,
        '87123456',
        '+85221234567',
        '13800000001',
        '13800000001',
        '13800000001',
      ],
    },
  },
  'x01-prefixed-namespace.xlsx': { rows: 3, of: { merchantName: [SHOP, SHOP, SHOP] } },
  'x02-strict-ooxml.xlsx': {
    rows: 3,
    of: {
      startedOn: ['2026-03-01', '2026-03-02', '2026-03-03'],
      closedOn: ['2026-03-03', '2026-03-04', '2026-03-05'],
    },
  },
  'x03-phantom-last-row-1048576.xlsx': { rows: 3 },
  'x04-title-merged-over-whole-row.xlsx': { rows: 3 },
  'x05-date1904-dates-and-lost-format.xlsx': { rows: 2, of: { startedOn: ['2026-03-05', '2026-03-05'] } },
  'x07-merged-amount-over-three-rows.xlsx': {
    rows: 3,
    notes: ['3 restitution amount-merged', '4 restitution amount-merged'],
    of: { restitutionFen: [300_000, 0, 0] },
  },
  'x08-two-line-merged-header.xlsx': {
    rows: 3,
    of: {
      consumerName: ['张三', '张三', '张三'],
      consumerPhone: ['13800000001', '13800000001', '13800000001'],
      restitutionFen: [10_000, 10_000, 10_000],
    },
  },
  'x09-twelve-month-sheets.xlsx': {
    rows: 11,
    refused: ['7月', '8月', '9月', '10月', '11月'].map((sheet) => `${sheet} 2 startedOn date-in-future`),
  },
  'x11b-inline-text-with-phonetic.xlsx': { rows: 2, of: { consumerName: ['张三', '张三'] } },
  'x12-phone-as-number-and-scientific.xlsx': {
    rows: 5,
    refused: ['3 consumerPhone number-cut', '5 externalNumber number-cut', '6 externalNumber number-cut'],
    notes: ['4 consumerPhone phone-zero-restored'],
    of: { consumerPhone: ['13800000001', '057487123456'] },
  },
  'x13-invisible-characters.xlsx': {
    rows: 4,
    of: {
      externalNumber: ['TS20260001', 'TS20260002', 'TS20260003', 'TS20260004'],
      consumerPhone: Array.from({ length: 4 }, () => '13800000001'),
      merchantName: [SHOP, SHOP, SHOP, SHOP],
      startedOn: Array.from({ length: 4 }, () => '2026-03-05'),
      restitutionFen: [10_000, 10_000, 10_000, 10_000],
    },
  },
  'x17-validation-over-whole-column.xlsx': { rows: 3 },
  'x19-rare-names.xlsx': {
    rows: 10,
    of: {
      consumerName: [
        '𠮷田太郎',
        '张㐂',
        '阿卜杜拉·买买提',
        '阿卜杜拉•买买提',
        '李䶮',
        '王𰻝',
        '🙂张',
        'ئابدۇللا',
        '⼥一',
        'Ñandú José María de la Concepción Fernández-Villaverde y Ortiz de Zárate',
      ],
    },
  },
  'x22-total-and-signature-rows.xlsx': {
    rows: 5,
    refused: ['3 row total-row', '4 row total-row', '5 merchantName required', '6 merchantName required'],
  },
  'x24-boolean-and-date-in-text-columns.xlsx': {
    rows: 3,
    notes: ['2 merchantName odd-name', '3 merchantName odd-name', '4 merchantName odd-name'],
    of: { merchantName: ['2026-03-05', 'TRUE', '7'] },
  },
  't-unit-in-title.xlsx': {
    rows: 1,
    notes: ['3 restitution amount-unit'],
    remarks: ['title-unit'],
    of: { restitutionFen: [500_000] },
  },
  't-error-and-formula-as-name.xlsx': {
    rows: 3,
    refused: [
      '2 merchantName spreadsheet-error',
      '3 merchantName spreadsheet-error',
      '4 merchantName formula-without-result',
    ],
  },
  't-openpyxl-comment.xlsx': { rows: 1, of: { merchantName: ['甲店'] } },
  't-optional-phone-remark.csv': {
    rows: 2,
    notes: ['2 consumerPhone no-phone', '3 consumerPhone phone-remark'],
    of: { consumerPhone: [null, '13800001234'] },
  },
  't-already-damaged-names.csv': {
    rows: 2,
    refused: ['2 merchantName damaged-text', '3 merchantName damaged-text'],
  },
  't-amounts-by-formula.csv': {
    rows: 2,
    notes: ['2 restitution amount-rounded', '3 restitution amount-approximate'],
    of: { restitutionFen: [3_333, 50_000] },
  },
};

test.each(Object.entries(CASES))('%s', async (name, right) => {
  const { judged, accepted, refused, notes } = await opened(fixture(name), { name });
  const complaints = complaintsOf(accepted);
  expect({
    rows: judged.rows,
    refused: refused.map(
      ({ sheet, row, field, rule }) => `${sheet === undefined ? '' : `${sheet} `}${row} ${field} ${rule}`,
    ),
    notes,
    remarks: judged.remarks.map(({ remark }) => remark),
  }).toEqual({
    rows: right.rows,
    refused: right.refused ?? [],
    notes: right.notes ?? [],
    remarks: right.remarks ?? [],
  });
  for (const [field, values] of Object.entries(right.of ?? {}))
    expect(complaints.map((one) => one[field as keyof typeof one])).toEqual(values);
});

test('no case from the field is left out', () => {
  const files = readdirSync(new URL('fixtures', import.meta.url)).filter((name) => /^[cxt]\d*b?-/.test(name));
  // The list of units is read by the centre.
  expect(files.filter((name) => name !== 't-units-level-12.json').toSorted()).toEqual(
    Object.keys(CASES).toSorted(),
  );
});

test('of a workbook of eleven sheets one can be chosen, and what is not read is said', async () => {
  const bytes = fixture('x09-twelve-month-sheets.xlsx');
  const all = await opened(bytes);
  expect(all.judged.sheets).toHaveLength(11);
  expect(all.judged.sheets.every(({ rows, read }) => rows === 1 && read)).toBe(true);
  const { judged, accepted } = await opened(bytes, { sheets: ['3月'] });
  expect(judged).toMatchObject({ rows: 1, accepted: 1 });
  expect(accepted[0]?.sheet).toBeUndefined();
  expect(judged.remarks.map(({ remark }) => remark)).toEqual(
    Array.from({ length: 10 }, () => 'sheet-not-read'),
  );
  expect(judged.remarks[0]?.message).toBe('工作表“1月”（1 行）没有读取。');
  expect((await opened(bytes, { sheets: ['3月'], language: 'en' })).judged.remarks[0]?.message).toBe(
    'The sheet “1月” (1 rows) was not read.',
  );
  expect(await readTable(bytes, 'a.xlsx', { sheets: ['13月'] })).toMatchObject({
    error: { rule: 'sheet-missing' },
  });
});

test('the refused rows of a file keep their unit and their merged amounts when they come back', async () => {
  const { file, refused } = await opened(
    [
      ['统计表', '', '', '', '', '单位：万元'],
      ['投诉编号', '被投诉商户', '投诉时间', '办结时间', '处理结果', '挽回损失'],
      ['1', '甲店', '2026-03-05', '2026-03-09', '谈妥了', '0.5'],
      ['2', "'=甲店", '2026-03-05', '2026-03-09', '调解成功', '0.25'],
    ]
      .map((cells) => cells.join(','))
      .join('\r\n'),
  );
  expect(briefly(refused)).toEqual(['3 outcome unknown-word', '4 merchantName formula-without-result']);
  const text = new TextDecoder().decode(file.refusedFile({ language: 'zh-CN' }) ?? new Uint8Array());
  const corrected = await opened(text.replaceAll('谈妥了', '调解成功').replaceAll("'=甲店", '乙店'));
  expect(complaintsOf(corrected.accepted).map((one) => [one.merchantName, one.restitutionFen])).toEqual([
    ['甲店', 500_000],
    ['乙店', 250_000],
  ]);
});

test('what the forms read, a file reads, and as the same', () => {
  const amounts = [
    '1280',
    '¥1,280.50',
    '1.5万',
    '1万2',
    '2k',
    '12块5',
    '三百五',
    '壹仟贰佰捌拾元整',
    '１２８０',
    '5角',
  ];
  for (const text of amounts) {
    const form = parseAmount(text);
    expect(form.kind, text).toBe('amount');
    expect(readFen(text, 0), text).toMatchObject({ value: { fen: form.kind === 'amount' ? form.fen : 0 } });
  }
  const context = { order: 'ambiguous', serials: 1900, today } as const;
  for (const text of [
    '昨天',
    '3天前',
    '上周五',
    '11-20',
    '11月20日',
    '20号',
    '2026/1/20',
    '去年11月20日',
    '26.1.20',
    '20260120',
    '二〇二六年一月二十日',
    '2026-01-20 周二 下午3点',
  ]) {
    const form = parseDay(text, today, 'past');
    expect(form.kind, text).toBe('day');
    expect(readDay(text, context), text).toMatchObject({
      value: { day: form.kind === 'day' ? form.day : '' },
    });
  }
  for (const text of [
    '138 0000 0000',
    '0574-8712 3456',
    '(0574)87123456',
    '+86 138 0000 0000',
    '400-800-1234',
    '87123456',
    '+852 2123 4567',
    '013800000000',
  ]) {
    const form = parsePhone(text);
    expect(form.kind, text).toBe('phone');
    expect(readWrittenPhone(text), text).toMatchObject({
      phone: form.kind === 'phone' ? form.phone : '',
      remarks: [],
    });
  }
});

test('a unit in a second line of the header counts, line ends may be mixed, and a name read in a wrong encoding is none', async () => {
  const header = '投诉编号,消费者,,被投诉商户,投诉时间,办结时间,处理结果,挽回损失';
  const { accepted, refused, notes } = await opened(
    `登记表\n${header}\r\n,姓名,电话,,,,,万元\r1,张三,13800000001,甲店,2026-03-05,2026-03-09,调解成功,0.5\n` +
      '2,李四,13800000002,\u00e5\u00bc\u00a0\u00e4\u00b8\u2030\u00e5\u00ba\u2014,2026-03-05,2026-03-09,调解成功,1\r\n',
  );
  expect(complaintsOf(accepted)).toMatchObject([
    { consumerName: '张三', consumerPhone: '13800000001', restitutionFen: 500_000 },
  ]);
  expect(notes).toEqual(['4 restitution amount-unit']);
  expect(briefly(refused)).toEqual(['5 merchantName damaged-text']);
});
