import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { startSealing } from '../src/main/kernel/store/index.ts';
import { execute } from '../src/main/kernel/store/connection.ts';
import { caseInput, openTestWorkstation, type TestWorkstation } from '../tests/support/workstation.ts';
import { fillWithCases } from './fill.ts';
import { median, percentile, rounded, timed, type BenchRow } from './row.ts';
import { temporaryFolder } from '../tools/temporary-folder.ts';

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
  const workstation = await openTestWorkstation(join(folder, 'workstation'));
  const { store, directory } = workstation.running.parts;
  // As everywhere once the centre has said so.
  await store.write(async (writer) => {
    await startSealing(writer);
    await directory.reload(writer);
  });
  const unsealed = await openTestWorkstation(join(folder, 'unsealed'));
  const bareTable = await openBare(folder);
  const commands: number[] = [];
  const inserts: number[] = [];
  const without: number[] = [];
  for (let index = 0; index < WARM_UP + COMMANDS; index += 1) {
    const command = await timed(() => workstation.api.cases.register(caseInput()));
    const insert = await timed(() => bareTable.insert());
    const plain = await timed(() => unsealed.api.cases.register(caseInput()));
    if (index < WARM_UP) continue;
    commands.push(command);
    inserts.push(insert);
    without.push(plain);
  }
  await bareTable.close();
  await workstation.running.close();
  await unsealed.running.close();
  await remove();
  const value = median(commands);
  const bare = median(inserts);
  const ratio = value / bare;
  return [
    {
      name: 'commit',
      value: rounded(value),
      unit: 'ms',
      reference: `one bare sqlite3 insert, same durability: ${rounded(bare)} ms; the same command without sealing what is personal: ${rounded(median(without))} ms`,
      ratio: rounded(ratio),
      budget: '<= 4 x one bare insert',
      met: ratio <= 4,
    },
  ];
}

const SEARCHES = ['张', '王', '羊', 'zs', 'zhang', '5678', '0042', '虚构'];
const WARM_UP_ROUNDS = 10;
const ROUNDS = 60;
const SMALL = 10_000;
const LARGE = 100_000;
const READS = ['list', 'filter', 'open', 'board', 'queue', 'load', 'search'] as const;
/** A year of closed cases, which is more than a supervisor looks at. */
const PERIOD = { from: '2026-01-01', to: '2026-12-31' };
type Times = Record<(typeof READS)[number], number[]>;

/** Every read once, or for searches once a word. */
async function readOnce(
  { api }: TestWorkstation,
  openable: readonly string[],
  round: number,
): Promise<Times> {
  const search: number[] = [];
  for (const text of SEARCHES) {
    search.push(await timed(() => api.cases.list({ filter: { search: text }, limit: 50 })));
  }
  const id = openable[round % openable.length] ?? '';
  return {
    list: [await timed(() => api.cases.list({ filter: { open: true, mine: true }, limit: 50 }))],
    filter: [await timed(() => api.cases.list({ filter: { object: 'clothing', overdue: true }, limit: 50 }))],
    open: [await timed(() => api.cases.get({ id }))],
    board: [await timed(() => api.deadlines.board({ scope: 'sight' }))],
    queue: [await timed(() => api.supervision.queue({}))],
    load: [await timed(() => api.supervision.load({ period: PERIOD }))],
    search,
  };
}

type Filled = {
  workstation: TestWorkstation;
  start: number;
  times: Times;
  openable: string[];
  remove: () => Promise<void>;
};

/** A workstation with so many cases, closed and opened again: `start` is until today is answered. */
async function openFilled(count: number): Promise<Filled> {
  const { folder, remove } = await temporaryFolder();
  const first = await openTestWorkstation(folder, { durability: 'relaxed', role: 'supervisor' });
  await fillWithCases(first, count);
  await first.running.close();
  let workstation: TestWorkstation | undefined;
  const start = await timed(async () => {
    workstation = await openTestWorkstation(folder, { role: 'supervisor' });
    await workstation.api.today.get();
  });
  if (!workstation) throw new Error('The workstation did not open');
  const { items } = await workstation.api.cases.list({ filter: { open: true }, limit: 50 });
  const times: Times = { list: [], filter: [], open: [], board: [], queue: [], load: [], search: [] };
  return { workstation, start, times, openable: items.map((item) => item.id), remove };
}

/**
 * Lists, filters, opening, the deadline board and searching at 100,000 local cases, turn by turn with the same at
 * 10,000; and the start.
 */
export async function benchReads(): Promise<BenchRow[]> {
  const small = await openFilled(SMALL);
  const large = await openFilled(LARGE);
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    for (const { workstation, times, openable } of [small, large]) {
      const once = await readOnce(workstation, openable, Math.abs(round));
      if (round >= 0) for (const what of READS) times[what].push(...once[what]);
    }
  }
  for (const { workstation, remove } of [small, large]) {
    await workstation.running.close();
    await remove();
  }
  const rows = READS.map((what): BenchRow => {
    const value = percentile(large.times[what], 0.95);
    const before = percentile(small.times[what], 0.95);
    const ratio = value / before;
    return {
      name: `read-${what}-100k`,
      value: rounded(value),
      unit: 'ms p95',
      reference: `at 10,000 cases: ${rounded(before)} ms`,
      ratio: rounded(ratio),
      budget: what === 'search' ? 'p95 <= 30 ms' : 'p95 <= 30 ms; <= 1.5 x at 10,000',
      met: value <= 30 && (what === 'search' || ratio <= 1.5),
    };
  });
  return [
    ...rows,
    {
      name: 'start-100k',
      value: rounded(large.start),
      unit: 'ms until today is answered',
      reference: `at 10,000 cases: ${rounded(small.start)} ms`,
      ratio: rounded(large.start / small.start),
      budget: '<= 1,500 ms',
      met: large.start <= 1500,
    },
  ];
}
