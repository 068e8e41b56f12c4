import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { execute } from '../src/main/store/connection.ts';
import { caseInput, openTestDesk, temporaryFolder, type TestDesk } from '../tests/support/workstation.ts';
import { fillWithCases } from './fill.ts';
import { median, percentile, rounded, timed, type BenchRow } from './row.ts';

const COMMANDS = 150;

/** One durable insert of a bare row in `sqlite3`, with the same journal and `synchronous=FULL`. */
async function bareInserts(folder: string, count: number): Promise<number[]> {
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
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    times.push(
      await timed(
        () =>
          new Promise<void>((resolve, reject) => {
            handle.run('INSERT INTO t (text) VALUES (?)', [text], (error: Error | null) =>
              error ? reject(error) : resolve(),
            );
          }),
      ),
    );
  }
  await new Promise<void>((resolve) => handle.close(() => resolve()));
  return times;
}

/** A durable command (event, state, list row, search terms, outbox) beside one bare insert. */
export async function benchCommit(): Promise<BenchRow[]> {
  const { folder, remove } = await temporaryFolder();
  const desk = await openTestDesk(join(folder, 'desk'));
  const context = desk.workstation;
  const times: number[] = [];
  for (let index = 0; index < COMMANDS; index += 1) {
    times.push(await timed(() => desk.api.cases.register(caseInput())));
  }
  const bare = median(await bareInserts(folder, COMMANDS));
  await context.close();
  await remove();
  const value = median(times);
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
const READS = ['list', 'filter', 'open', 'board', 'queue', 'load', 'search'] as const;
type ReadName = (typeof READS)[number];

/** A year of closed cases, which is more than a supervisor looks at. */
const PERIOD = { from: '2026-01-01', to: '2026-12-31' };

async function readTimes(desk: TestDesk): Promise<Record<ReadName, number[]>> {
  const { api } = desk;
  const times = {
    list: [] as number[],
    filter: [] as number[],
    open: [] as number[],
    board: [] as number[],
    queue: [] as number[],
    load: [] as number[],
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
    times.queue.push(await timed(() => api.supervision.queue({})));
    times.load.push(await timed(() => api.supervision.load({ period: PERIOD })));
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
  for (const what of READS) {
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
  const first = await openTestDesk(folder, { durability: 'relaxed', role: 'supervisor' });
  await fillWithCases(first, count);
  await first.workstation.close();
  let desk: TestDesk | undefined;
  const start = await timed(async () => {
    desk = await openTestDesk(folder, { role: 'supervisor' });
    await desk.api.today.get();
  });
  if (!desk) throw new Error('The workstation did not open');
  await readTimes(desk);
  const times = await readTimes(desk);
  await desk.workstation.close();
  await remove();
  return { times, start };
}
