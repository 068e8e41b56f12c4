import fc from 'fast-check';
import sqlite3 from 'sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SearchFields } from '../../src/domain/kernel/event/stream.ts';
import { indexTerms, matchQuery } from '../../src/main/kernel/store/search-terms.ts';

/** The same table as in the workstation's migration. */
const TABLE = `CREATE VIRTUAL TABLE found USING fts5(terms, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')`;

let database: sqlite3.Database;

function run(text: string, parameters: unknown[] = []): Promise<void> {
  return new Promise((resolve, reject) => {
    database.run(text, parameters, (error: Error | null) => (error ? reject(error) : resolve()));
  });
}

function rowIds(match: string): Promise<number[]> {
  return new Promise((resolve, reject) => {
    database.all<{ rowid: number }>(
      'SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid',
      [match],
      (error, rows) => (error ? reject(error) : resolve(rows.map((row) => row.rowid))),
    );
  });
}

beforeAll(async () => {
  database = new sqlite3.Database(':memory:');
  await run(TABLE);
});

beforeEach(() => run('DELETE FROM found'));

afterAll(
  () =>
    new Promise<void>((resolve, reject) => {
      database.close((error) => (error ? reject(error) : resolve()));
    }),
);

const record = (fields: Partial<SearchFields>): SearchFields => ({
  texts: [],
  phones: [],
  numbers: [],
  ...fields,
});

async function index(...records: Partial<SearchFields>[]): Promise<void> {
  for (const [position, fields] of records.entries()) {
    await run('INSERT INTO found (rowid, terms) VALUES (?, ?)', [position + 1, indexTerms(record(fields))]);
  }
}

async function search(input: string): Promise<number[]> {
  const match = matchQuery(input);
  return match === null ? [] : rowIds(match);
}

describe('what a person types finds the record', () => {
  beforeEach(() =>
    index(
      {
        texts: ['张三', '宁波天一国商服饰店'],
        phones: ['13812345678'],
        numbers: ['TY01-2026-000123'],
      },
      {
        texts: ['李四', '重庆老火锅（鼓楼店）'],
        phones: ['0574-8712 3456'],
        numbers: ['海市监调〔2026〕第45号'],
      },
      { texts: ['单小雨', '吕氏手机 iPhone15 专卖'], phones: ['+852 2123 4567'], numbers: [] },
      { texts: ['José Müller', 'CAFÉ Nero'], phones: ['+86 139 0000 1111'], numbers: ['A-7'] },
    ),
  );

  test.each<[typed: string, rows: number[]]>([
    // Han text, from one character up, in any part.
    ['张', [1]],
    ['天一', [1]],
    ['国商服', [1]],
    ['商国', []],
    ['三宁', []],
    ['店', [1, 2]],
    ['火锅店', []],
    ['鼓楼店', [2]],
    // Pinyin and initials, from any character.
    ['zhang', [1]],
    ['zhangs', [1]],
    ['ZhangSan', [1]],
    ['zs', [1]],
    ['tianyigs', []],
    ['tianyiguo', [1]],
    ['tygs', [1]],
    ['chongqing', [2]],
    ['cq', [2]],
    ['hg', [2]],
    ['shanxiaoyu', [3]],
    ['danxiaoyu', [3]],
    ['lv', [3]],
    ['lüshi', [3]],
    ["xi'ao", [3]],
    ['zhang san', [1]],
    ['z', [1, 3]],
    // Latin words.
    ['iphone', [3]],
    ['iphone15', [3]],
    ['ＩＰＨＯＮＥ', [3]],
    ['手机iph', [3]],
    ['jose', [4]],
    ['josé', [4]],
    ['cafe ne', [4]],
    ['n', [1, 4]],
    // Telephones: head, tail, any writing.
    ['13812345678', [1]],
    ['138 1234 5678', [1]],
    ['138-1234-5678', [1]],
    ['+86 138 1234 5678', [1]],
    ['1381', [1]],
    ['5678', [1]],
    ['78', [1]],
    ['345678', [1]],
    ['0574', [2]],
    ['87123456', [2]],
    ['8712 3456', [2]],
    ['3456', [2]],
    ['+852 2123', [3]],
    ['4567', [3]],
    ['13900001111', [4]],
    // Case numbers: whole, in part, by any tail.
    ['TY01-2026-000123', [1]],
    ['ty01-2026', [1]],
    ['2026-000123', [1]],
    ['2026000123', [1]],
    ['000123', [1]],
    ['123', [1]],
    ['〔2026〕第45号', [2]],
    ['第45', [2]],
    ['45', [2]],
    ['a-7', [4]],
    ['2026', [1, 2]],
    // Several parts must all be found.
    ['张 5678', [1]],
    ['李 5678', []],
    ['zs 天一 123', [1]],
  ])('%s', async (typed, rows) => {
    expect(await search(typed)).toEqual(rows);
  });
});

test.each(['', '  ', '！？。', '"', '*', '()', '-', '\u0000', '\uE000', '😀'])(
  'nothing searchable in %j',
  (typed) => {
    expect(matchQuery(typed)).toBeNull();
  },
);

test('an expression that FTS5 itself would read stays plain text', async () => {
  await index({ texts: ['not near or and'] }, { texts: ['terms'] });
  expect(await search('NOT near')).toEqual([1]);
  expect(await search('terms: "NEAR(')).toEqual([]);
  expect(await search('terms OR not')).toEqual([]);
});

test('young Han characters that SQLite does not know are found too', async () => {
  await index({ texts: ['王\u{2B7A9}\u{30EDE}'] }, { texts: ['王\u9FD4'] });
  expect(await search('\u{30EDE}')).toEqual([1]);
  expect(await search('王\u9FD4')).toEqual([2]);
});

const han = fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code));

test('any part of an indexed Han text is found', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(han, { minLength: 1, maxLength: 20 }),
      fc.nat(),
      fc.nat(),
      async (characters, from, length) => {
        await run('DELETE FROM found');
        await index({ texts: ['前', characters.join(''), '后'] });
        const start = from % characters.length;
        const end = start + 1 + (length % (characters.length - start));
        expect(await search(characters.slice(start, end).join(''))).toEqual([1]);
      },
    ),
    { numRuns: 150 },
  );
});

test('any head and any tail of a telephone number is found, from two figures up', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.stringMatching(/^1[3-9]\d{9}$/),
      fc.integer({ min: 2, max: 11 }),
      async (phone, length) => {
        await run('DELETE FROM found');
        await index({ phones: [phone] });
        expect(await search(phone.slice(0, length))).toEqual([1]);
        expect(await search(phone.slice(-length))).toEqual([1]);
      },
    ),
    { numRuns: 100 },
  );
});

test('no input, however odd, is an error in SQLite', async () => {
  await index({ texts: ['张三'], phones: ['13812345678'], numbers: ['TY01-2026-000123'] });
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.string({
      unit: fc.constantFrom(
        '"',
        "'",
        '*',
        '(',
        ')',
        ':',
        '^',
        '-',
        '+',
        '{',
        '}',
        'AND ',
        'OR ',
        'NOT ',
        'NEAR(',
        '张',
        '1',
        'a',
        ' ',
        '\u0000',
        '\uD800',
      ),
      maxLength: 30,
    }),
  );
  await fc.assert(
    fc.asyncProperty(odd, async (input) => {
      const match = matchQuery(input);
      if (match !== null) await rowIds(match);
    }),
    { numRuns: 500 },
  );
});

test("no text, however odd, fails to be indexed or carries a field's boundary", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
      await run('DELETE FROM found');
      await index({ texts: [text], phones: [text], numbers: [text] });
      expect(indexTerms(record({ texts: [text] }))).not.toContain('\uE000');
    }),
    { numRuns: 300 },
  );
});
