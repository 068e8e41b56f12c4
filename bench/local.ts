import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { execute } from '../src/main/store/connection.ts';
import { caseInput, openTestDesk, temporaryFolder, type TestDesk } from '../tests/support/workstation.ts';
import { fillWithCases } from './fill.ts';
import { median, percentile, rounded, timed, type BenchRow } from './row.ts';

const WARM_UP = 50;
const COMMANDS = 400;

/** A bare table in a file of its own, with the same journal and `synchronous=FULL`. */
async function openBare(folder: string): Promise<{ insert(): Promise<void>; close(): Promise<void> }> {
  const handle = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(join(folder, 'bare.sqlite'), (error) =>
      error ? reject(error) : resolve(opened),
    );
  });
  await execute(
    handle,
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)',
  );
  const text = 'x'.repeat(600);
  return {
    insert: () =>
      new Promise<void>((resolve, reject) => {
        handle.run('INSERT INTO t (text) VALUES (?)', [text], (error: Error | null) =>
          error ? reject(error) : resolve(),
        );
      }),
    close: () => new Promise<void>((resolve) => handle.close(() => resolve())),
  };
}

/**
 * A durable command (event, state, list row, search terms, outbox) beside one bare insert, turn by turn, so that
 * whatever else the disk is doing meets both.
 */
export async function benchCommit(): Promise<BenchRow[]> {
  const { folder, remove } = await temporaryFolder();
  const desk = await openTestDesk(join(folder, 'desk'));
  const bareTable = await openBare(folder);
  const commands: number[] = [];
  const inserts: number[] = [];
  for (let index = 0; index < WARM_UP + COMMANDS; index += 1) {
    const command = await timed(() => desk.api.cases.register(caseInput()));
    const insert = await timed(() => bareTable.insert());
    if (index < WARM_UP) continue;
    commands.push(command);
    inserts.push(insert);
  }
  await bareTable.close();
  await desk.workstation.close();
  await remove();
  const value = median(commands);
  const bare = median(inserts);
  const ratio = value / bare;
  return [
    {
      name: 'commit',
      value: rounded(value),
      unit: 'ms',
      reference: `one bare sqlite3 insert, same durability: ${rounded(bare)} ms`,
      ratio: rounded(ratio),
      budget: '<= 4 x one bare insert',
      met: ratio <= 4,
    },
  ];
}

const SEARCHES = ['张', '王', '羊', 'zs', 'zhang', '5678', '0042', '虚构'];
const ROUNDS = 12;
type ReadName = 'list' | 'filter' | 'open' | 'board' | 'search';

async function readTimes(desk: TestDesk): Promise<Record<ReadName, number[]>> {
  const { api } = desk;
  const times = {
    list: [] as number[],
    filter: [] as number[],
    open: [] as number[],
    board: [] as number[],
    search: [] as number[],
  };
  const { items } = await api.cases.list({ filter: { open: true }, limit: 50 });
  for (let round = 0; round < ROUNDS; round += 1) {
    times.list.push(await timed(() => api.cases.list({ filter: { open: true, mine: true }, limit: 50 })));
    times.filter.push(
      await timed(() => api.cases.list({ filter: { object: 'clothing', overdue: true }, limit: 50 })),
    );
    const item = items[round % items.length];
    if (item) times.open.push(await timed(() => api.cases.get({ id: item.id })));
    times.board.push(await timed(() => api.deadlines.board({ scope: 'sight' })));
    for (const search of SEARCHES) {
      times.search.push(await timed(() => api.cases.list({ filter: { search }, limit: 50 })));
    }
  }
  return times;
}

/** Lists, filters, opening and searching at 100,000 local cases, beside the same at 10,000; and the start. */
export async function benchReads(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const small = await withCases(10_000);
  const large = await withCases(100_000);
  for (const what of ['list', 'filter', 'open', 'board', 'search'] as const) {
    const value = percentile(large.times[what], 0.95);
    const before = percentile(small.times[what], 0.95);
    const ratio = value / before;
    const bound = what === 'search' ? 'p95 <= 30 ms' : 'p95 <= 30 ms; <= 1.5 x at 10,000';
    rows.push({
      name: `read-${what}-100k`,
      value: rounded(value),
      unit: 'ms p95',
      reference: `at 10,000 cases: ${rounded(before)} ms`,
      ratio: rounded(ratio),
      budget: bound,
      met: value <= 30 && (what === 'search' || ratio <= 1.5),
    });
  }
  rows.push({
    name: 'start-100k',
    value: rounded(large.start),
    unit: 'ms until today is answered',
    reference: `at 10,000 cases: ${rounded(small.start)} ms`,
    ratio: rounded(large.start / small.start),
    budget: '<= 1,500 ms',
    met: large.start <= 1500,
  });
  return rows;
}

async function withCases(count: number): Promise<{ times: Record<ReadName, number[]>; start: number }> {
  const { folder, remove } = await temporaryFolder();
  const first = await openTestDesk(folder, { durability: 'relaxed' });
  await fillWithCases(first, count);
  await first.workstation.close();
  let desk: TestDesk | undefined;
  const start = await timed(async () => {
    desk = await openTestDesk(folder);
    await desk.api.today.get();
  });
  if (!desk) throw new Error('The workstation did not open');
  await readTimes(desk);
  const times = await readTimes(desk);
  await desk.workstation.close();
  await remove();
  return { times, start };
}
