import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bigintColumn,
  intColumn,
  textColumn,
  uuidColumn,
} from '../../src/central/kernel/db/binary-arrays.ts';
import { consumerMark, prepareMarkKey } from '../../src/protocol/consumer-mark.ts';
import { startTestServer, type TestServer } from '../support/postgres.ts';

let server: TestServer;
let client: pg.Client;

beforeAll(async () => {
  server = await startTestServer();
  client = new pg.Client({ connectionString: await server.server.createDatabase() });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await server.stop();
});

/** The array as PostgreSQL has understood it: each element in its own words, null where there is none. */
async function understood(type: string, column: Buffer): Promise<(string | null)[]> {
  const { rows } = await client.query<{ value: string | null }>(
    `SELECT value::text FROM unnest($1::${type}[]) WITH ORDINALITY AS one (value, at) ORDER BY at`,
    [column],
  );
  return rows.map((row) => row.value);
}

describe('a column in the server’s own form', () => {
  it('keeps texts as they are, whatever they hold', async () => {
    const texts = [
      '',
      '中文，“引号”',
      'a"b\\c{d},NULL',
      null,
      '\n\t\u0001',
      '\u{1f44d}',
      'x'.repeat(200_000),
      null,
    ];
    expect(await understood('text', textColumn(texts))).toEqual(texts);
  });

  it('keeps whole numbers up to 2^53, both ways', async () => {
    const numbers = [0, 1, -1, 2 ** 31, -(2 ** 31), 2 ** 32, -(2 ** 32), 2 ** 53 - 1, -(2 ** 53) + 1, null];
    const said = numbers.map((number) => (number === null ? null : String(number)));
    expect(await understood('bigint', bigintColumn(numbers))).toEqual(said);
    expect(await understood('int', intColumn([0, -5, 2 ** 31 - 1, undefined]))).toEqual([
      '0',
      '-5',
      '2147483647',
      null,
    ]);
  });

  it('keeps ids, and may be empty', async () => {
    const ids = ['01990000-0000-7000-8000-000000000001', 'ffffffff-ffff-4fff-bfff-ffffffffffff'];
    expect(await understood('uuid', uuidColumn(ids))).toEqual(ids);
    for (const [type, column] of [
      ['text', textColumn([])],
      ['uuid', uuidColumn([])],
      ['int', intColumn([])],
      ['bigint', bigintColumn([])],
    ] as const)
      expect(await understood(type, column)).toEqual([]);
  });

  it('does not hold what the column before it held', async () => {
    const [long, short] = [textColumn(['long'.repeat(100_000)]), textColumn(['short'])];
    expect(await understood('text', short)).toEqual(['short']);
    expect((await understood('text', long))[0]).toHaveLength(400_000);
  });
});

describe('a prepared key', () => {
  it('makes the marks that its bytes make', () => {
    const key = new Uint8Array(32).map((_, index) => index * 7);
    const prepared = prepareMarkKey(key);
    for (const phone of ['13800138000', '+86 138-0013-8000', '0574-87654321', ''])
      expect(consumerMark(prepared, phone)).toBe(consumerMark(key, phone));
  });
});
