import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { PROJECTIONS } from '../src/main/capabilities.ts';
import { createDirectory, openStore, writeMeta, type Store } from '../src/main/kernel/store/index.ts';
import { temporaryFolder } from '../tools/temporary-folder.ts';
import { feedWriter, type TestWorkstation } from '../tests/support/workstation.ts';
import { fillWithCases } from './fill.ts';
import { median, rounded, timed, type BenchRow } from './row.ts';

const CASES = 6_000;
const COMMITS = 300;
const READS = 300;

type Times = { fill: number; commit: number; read: number; scan: number };

async function fill(store: Store): Promise<void> {
  const directory = createDirectory(store.projections);
  await directory.reload(store.read);
  const running = { parts: { store, directory } } as TestWorkstation['running'];
  await fillWithCases({ running, feed: feedWriter(), unitPath: '/HS/C1/M01' } as TestWorkstation, CASES);
}

async function measure(folder: string, key: Uint8Array | undefined): Promise<Times> {
  let store = await openStore(folder, { projections: PROJECTIONS, key });
  const filled = await timed(() => fill(store));
  const commits: number[] = [];
  const text = 'x'.repeat(600);
  for (let done = 0; done < COMMITS; done += 1)
    commits.push(
      await timed(() => store.write((writer) => writeMeta(writer, `bench-${done % 20}`, `${text}${done}`))),
    );
  const reads: number[] = [];
  for (let done = 0; done < READS; done += 1)
    reads.push(
      await timed(() =>
        store.read
          .selectFrom('stream')
          .select('state')
          .where('id', '=', `bench-case-${(done * 97) % CASES}`)
          .execute(),
      ),
    );
  await store.close();
  store = await openStore(folder, { projections: PROJECTIONS, key });
  const scan = await timed(() => sql`SELECT sum(length(payload)) FROM event`.execute(store.read));
  await store.close();
  return { fill: filled, commit: median(commits), read: median(reads), scan };
}

/** What encryption costs: the same work on a store with and without it, in turn. */
export async function benchEncryption(): Promise<BenchRow[]> {
  const times: { plain: Times[]; sealed: Times[] } = { plain: [], sealed: [] };
  for (let round = 0; round < 3; round += 1)
    for (const [kind, key] of [
      ['plain', undefined],
      ['sealed', randomBytes(32)],
    ] as const) {
      const { folder, remove } = await temporaryFolder();
      times[kind].push(await measure(join(folder, kind), key));
      await remove();
    }
  const names: [keyof Times, string][] = [
    ['fill', `${CASES} cases taken in`],
    ['commit', 'one small commit'],
    ['read', 'one record read'],
    ['scan', 'all facts read, just opened'],
  ];
  return names.map(([what, words]) => {
    const plain = median(times.plain.map((one) => one[what]));
    const sealed = median(times.sealed.map((one) => one[what]));
    return {
      name: `encryption-${what}`,
      value: rounded(sealed),
      unit: 'ms',
      reference: `${words}; without encryption: ${rounded(plain)} ms`,
      ratio: rounded(sealed / plain),
      budget: 'none of its own: what stands beside it is with encryption on',
      met: null,
    };
  });
}
