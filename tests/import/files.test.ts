import fc from 'fast-check';
import type { CellValue, WriteSheet } from 'hucre';
import { writeXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { decodeText } from '../../src/main/imports/reading/decode.ts';
import { writeCsv } from '../../src/main/imports/reading/csv.ts';
import { importMessage } from '../../src/main/imports/reading/messages.ts';
import { refusedRowsCsv } from '../../src/main/imports/reading/report.ts';
import { guessMapping } from '../../src/main/imports/reading/shape.ts';
import { MAXIMUM_FILE_BYTES, readTable } from '../../src/main/imports/reading/table.ts';
import { judgeRows } from '../../src/main/imports/reading/verdict.ts';
import { briefly, fixture, judged, merchantsOf, tableFrom, today } from './helpers.ts';

const encoder = new TextEncoder();
const sample = '商户名称,联系电话\r\n虚构示例店,13800000000\r\n';

function utf16(text: string, bigEndian: boolean): Uint8Array {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

test('one table, five encodings', async () => {
  const files: [string, Uint8Array][] = [
    ['utf-8', encoder.encode(sample)],
    ['utf-8-bom', encoder.encode(`\ufeff${sample}`)],
    ['utf-16le', utf16(sample, false)],
    ['utf-16be', utf16(sample, true)],
  ];
  for (const [encoding, bytes] of files) {
    expect(await tableFrom(bytes)).toMatchObject({
      encoding,
      headers: ['商户名称', '联系电话'],
      rows: [{ row: 2, cells: ['虚构示例店', '13800000000'] }],
    });
  }
  expect(await tableFrom(fixture('merchants-gb18030.csv'))).toMatchObject({ encoding: 'gb18030' });
});

test('decoding undoes encoding, and reports UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      fc.pre(!text.includes('\0') && !/^[\ufeff\ufffe]/.test(text));
      expect(decodeText(encoder.encode(text))).toEqual({ ok: true, value: { text, encoding: 'utf-8' } });
      expect(decodeText(encoder.encode(`\ufeff${text}`))).toEqual({
        ok: true,
        value: { text, encoding: 'utf-8-bom' },
      });
      expect(decodeText(utf16(text, false))).toEqual({ ok: true, value: { text, encoding: 'utf-16le' } });
    }),
  );
});

const cell = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('', ' ', '"', '""', ',', ';', '\t', 'a\nb', 'a\r\nb', '\r', '，', "'", 'a;b;c', '|'),
);
const anyTable = fc.integer({ min: 2, max: 6 }).chain((width) =>
  fc.record({
    headers: fc.uniqueArray(
      fc.string({ minLength: 1, maxLength: 8 }).map((text) => `列${text}`),
      { minLength: width, maxLength: width },
    ),
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
  }),
);

test('any table comes back from CSV as it went in', async () => {
  await fc.assert(
    fc.asyncProperty(anyTable, async ({ headers, rows }) => {
      // Blank rows are no records, and NUL marks a binary file.
      const kept = rows.filter((row) => row.some((text) => text.trim() !== ''));
      fc.pre(kept.length > 0 && ![...headers, ...rows.flat()].some((text) => text.includes('\0')));
      const table = await tableFrom(writeCsv([headers, ...kept]));
      expect(table.headers).toEqual(headers);
      expect(table.rows.map((row) => row.cells)).toEqual(kept);
      expect(table.rows.map((row) => row.row)).toEqual(kept.map((_, index) => index + 2));
    }),
    { numRuns: 300 },
  );
});

test('whatever the cells hold, every row is accepted or refused, never both', async () => {
  const headers = [
    '投诉编号',
    '被投诉商户',
    '投诉时间',
    '办结时间',
    '处理结果',
    '满意度',
    '挽回损失',
    '联系电话',
  ];
  const day = fc.constantFrom(
    '2025-01-02',
    '2025/2/3',
    '02/03/2025',
    '31.12.2024',
    '2099-01-01',
    '45700',
    'x',
    '',
  );
  const row = fc.tuple(
    fc.constantFrom('', '1', '2', '3'),
    cell,
    day,
    day,
    fc.constantFrom('调解成功', '撤诉', 'x', ''),
    fc.constantFrom('满意', 'x', ''),
    fc.oneof(fc.constantFrom('1.50', '-1', '1,000', '', '1e9', '99999999999999'), cell),
    fc.constantFrom('', '138****0000', 'abc'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
      fc.pre(!rows.flat().some((text) => text.includes('\0')));
      fc.pre(rows.some((cells) => cells.some((text) => text.trim() !== '')));
      const table = await tableFrom(writeCsv([headers, ...rows]));
      const { accepted, refused } = judgeRows(table, guessMapping(table).mapping, { today });
      const judgedRows = [...accepted, ...refused].map((one) => one.row).sort((a, b) => a - b);
      expect(judgedRows).toEqual(table.rows.map((one) => one.row));
      for (const one of refused)
        expect(one.message).not.toMatch(
          /\{(label|value|limit|length|today|first|started|closed|actual|expected|direction)\}/,
        );
      for (const one of accepted) {
        if (one.kind !== 'complaint') throw new Error('Read as a roster');
        expect(one.complaint.startedOn <= one.complaint.closedOn && one.complaint.closedOn <= today).toBe(
          true,
        );
        expect(Number.isSafeInteger(one.complaint.restitutionFen) && one.complaint.restitutionFen >= 0).toBe(
          true,
        );
      }
    }),
    { numRuns: 200 },
  );
});

test('a tab, a semicolon and a bar separate as well as a comma; quoted breaks stay in their cell', async () => {
  for (const mark of ['\t', ';', '|']) {
    const text = [
      ['商户名称', '经营地址'],
      ['虚构店', '"一楼\r\n二楼"'],
      ['虚构店二', 'A, B'],
    ]
      .map((row) => row.join(mark))
      .join('\r\n');
    const table = await tableFrom(text);
    expect(table.headers).toEqual(['商户名称', '经营地址']);
    expect(table.rows).toMatchObject([
      { row: 2, cells: ['虚构店', '一楼\r\n二楼'] },
      { row: 3, cells: ['虚构店二', 'A, B'] },
    ]);
  }
});

function compoundFile(stream: string): Uint8Array {
  const magic = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  return Buffer.concat([magic, Buffer.alloc(1024), Buffer.from(stream, 'utf16le'), Buffer.alloc(512)]);
}

function workbook(rows: CellValue[][], more: Partial<WriteSheet> = {}): Promise<Uint8Array> {
  return writeXlsx({ sheets: [{ name: 'Sheet1', rows, ...more }] });
}

test('every file that is no table says what it is, by content and not by name', async () => {
  const xlsx = await workbook([['商户名称', '联系电话']]);
  const cut = xlsx.slice();
  // The directory at the end still names a workbook; the packed parts are overwritten.
  cut.fill(0x41, 40, Math.floor(cut.length / 2));
  const broken = encoder.encode(`${sample}虚构示例店二,1\r\n`.repeat(20));
  broken[sample.length * 3] = 0xff;
  const files: [string, Uint8Array, string][] = [
    ['empty-file', new Uint8Array(0), 'a.csv'],
    ['empty-file', encoder.encode(' \r\n \r\n'), 'a.csv'],
    ['empty-file', await workbook([]), 'a.xlsx'],
    ['too-large', new Uint8Array(MAXIMUM_FILE_BYTES + 1), 'a.csv'],
    ['password-protected', compoundFile('EncryptedPackage'), 'a.xlsx'],
    ['legacy-xls', compoundFile('Workbook'), 'a.xlsx'],
    ['not-a-table', compoundFile('WordDocument'), 'a.xlsx'],
    ['html-file', encoder.encode('<html><table><tr><td>商户</td></tr></table>'), 'a.xls'],
    ['not-a-table', encoder.encode('%PDF-1.7 ...'), 'a.xlsx'],
    ['not-a-table', Buffer.from('PK\u0003\u0004 another archive', 'latin1'), 'a.xlsx'],
    ['damaged-xlsx', cut, 'a.xlsx'],
    ['not-a-table', encoder.encode('Just some words.\nAnd some more.'), 'a.csv'],
    ['not-text', Buffer.from([0x41, 0, 0x42, 0, 0x43]), 'a.csv'],
    ['undecodable', Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0xff, 0xff, 0xff, 0x0a]), 'a.csv'],
    ['damaged-utf-8', broken, 'a.csv'],
    ['unclosed-quote', encoder.encode('商户名称,"地址\n虚构店,一楼\n'), 'a.csv'],
    [
      'no-header',
      encoder.encode('虚构店,13800000000,2025-01-01\n虚构店二,13800000000,2025-01-02\n'),
      'a.csv',
    ],
    ['no-rows', encoder.encode('商户名称,联系电话\n'), 'a.csv'],
    ['no-rows', xlsx, 'a.xlsx'],
  ];
  for (const [rule, bytes, name] of files) {
    const result = await readTable(bytes, name);
    expect(result.ok ? 'table' : result.error.rule).toBe(rule);
    if (result.ok) continue;
    for (const language of ['zh-CN', 'en'] as const) {
      const message = importMessage(result.error, language);
      expect(message).toContain(name);
      expect(message).not.toMatch(/[{}]/);
    }
  }
  expect(await readTable(xlsx, 'roster.csv')).toMatchObject({ error: { rule: 'no-rows' } });
  expect(await readTable(encoder.encode(sample), 'roster.xlsx')).toMatchObject({ table: { format: 'csv' } });
});

test('a workbook of rich text, links, formulas with results, padded numbers and long numbers', async () => {
  const bytes = await workbook(
    [
      ['店铺名称', '联系电话', '经营地址', '铺位', '编码', '备注'],
      ['', '', '', 42, Number('330203199001011234'), true],
    ],
    {
      cells: new Map([
        ['1,0', { type: 'richText', richText: [{ text: '虚构' }, { text: '示例店', font: { bold: true } }] }],
        ['1,1', { value: '13800000000', hyperlink: { target: 'tel:13800000000' } }],
        ['1,2', { formula: 'A1&"号"', formulaResult: '虚构路1号' }],
        ['1,3', { value: 42, style: { numFmt: '00000' } }],
      ]),
    },
  );
  expect((await tableFrom(bytes)).rows[0]?.cells).toEqual([
    '虚构示例店',
    '13800000000',
    '虚构路1号',
    '00042',
    // Cut when it was typed: the form says so.
    '3.30203199001011E+17',
    'TRUE',
  ]);
});

test('a quote out of place, or one that never closes, spoils its own line only', async () => {
  const lines = [
    '商户名称,经营地址',
    '虚构甲,"一楼\n东侧"',
    '"虚构"乙,二楼',
    '"虚构 "丙" 店",三楼',
    '虚构丁,"四楼',
    '虚构戊,"五楼"',
    '虚构己,六楼',
  ];
  const { table, accepted, refused } = await judged(lines.join('\n'));
  expect(merchantsOf(accepted).map((one) => one.name)).toEqual(['虚构甲', '虚构戊', '虚构己']);
  expect(briefly(refused)).toEqual(['3 row broken-quotes', '4 row broken-quotes', '5 row broken-quotes']);
  expect(table.rows[3]).toEqual({ row: 5, cells: ['虚构丁', '"四楼'], brokenQuotes: true });
  const all = [lines[0], ...Array.from({ length: 101 }, () => '虚构丁,"四楼')].join('\n');
  expect(await readTable(encoder.encode(all), 'a.csv')).toMatchObject({ error: { rule: 'unclosed-quote' } });
});

test('remarks in a column without a name are no defect', async () => {
  const { accepted } = await judged('商户名称,经营地址,\n虚构甲,一楼,\n虚构乙,二楼,已搬迁\n');
  expect(accepted).toHaveLength(2);
});

test('the report of refused rows opens in Excel, runs nothing, and can be corrected and imported again', async () => {
  const content = [
    '商户名称,统一社会信用代码,经营地址,联系电话',
    '虚构甲,办理中,"=HYPERLINK(""http://x"")",+86 574 0',
    '虚构乙,,一楼,',
  ].join('\n');
  const { table, refused } = await judged(content);
  const bytes = refusedRowsCsv(table, guessMapping(table).mapping, refused, 'zh-CN');
  expect(Buffer.from(bytes.slice(0, 3)).toString('hex')).toBe('efbbbf');
  const report = await tableFrom(bytes);
  expect(report.headers).toEqual([
    '行号',
    '字段',
    '规则',
    '原因',
    '商户名称',
    '统一社会信用代码',
    '经营地址',
    '联系电话',
  ]);
  expect(report.rows.map((row) => row.cells)).toEqual([
    [
      '2',
      '统一社会信用代码',
      'credit-code-none',
      '“统一社会信用代码”的内容“办理中”不是代码。',
      '虚构甲',
      '办理中',
      '\'=HYPERLINK("http://x")',
      '+86 574 0',
    ],
  ]);
  const corrected = new TextDecoder().decode(bytes).replace(/虚构甲,办理中,/, '虚构甲,,');
  expect((await judged(corrected)).accepted).toHaveLength(1);
});
