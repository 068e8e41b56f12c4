import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { writeXlsxStream } from 'hucre/xlsx';
import { z } from 'zod';
import { openTestWorkstation } from '../tests/support/workstation.ts';
import { temporaryFolder } from '../tools/temporary-folder.ts';
import { installPeers } from './install-peers.ts';
import { median, memoryRow, rounded, type BenchRow } from './row.ts';

export const ROWS = 100_000;
const ROUNDS = 3;
const HEADERS = [
  '投诉编号',
  '投诉人',
  '联系电话',
  '被投诉商户',
  '受理日期',
  '办结日期',
  '处理结果',
  '挽回损失（元）',
];

/** What the process of exceljs tells. */
const PeerTold = z.object({ rows: z.int(), milliseconds: z.number() });
/** What the workstation's process tells. */
const Told = z.object({
  rows: z.int(),
  accepted: z.int(),
  milliseconds: z.number(),
  p95: z.number(),
  calls: z.int(),
  bytes: z.number(),
});

function* register(): Generator<(string | number)[]> {
  for (let row = 0; row < ROWS; row += 1)
    yield [
      `TS2026${String(row).padStart(6, '0')}`,
      `虚构${row % 977}号`,
      13_800_000_000 + row,
      `虚构第${row % 500}号服装店`,
      `2026-0${1 + (row % 3)}-${10 + (row % 18)}`,
      '2026-04-01',
      '调解成功',
      (row % 5000) + 0.5,
    ];
}

/** Runs one of the bench's programs, and gives back what it tells. */
async function toldBy(program: string, args: readonly string[]): Promise<unknown> {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), args);
  let told: unknown;
  child.on('message', (message) => {
    told = message;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${program} failed; what it wrote stands above`);
  return told;
}

/** A large register read at a workstation, and what else is asked of it meanwhile; in turn with exceljs, which only reads it. */
export async function benchImport(): Promise<BenchRow[]> {
  const { folder, remove } = await temporaryFolder();
  const file = join(folder, 'register.xlsx');
  const columns = HEADERS.map((header) => ({ header }));
  await pipeline(
    Readable.from(writeXlsxStream(register(), { name: '登记表', columns })),
    createWriteStream(file),
  );
  const data = join(folder, 'workstation');
  await (await openTestWorkstation(data)).running.close();
  const missing = installPeers();
  const told: z.infer<typeof Told>[] = [];
  const peer: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    told.push(Told.parse(await toldBy('./import-process.ts', [data, file])));
    if (missing !== null) continue;
    const { rows, milliseconds } = PeerTold.parse(await toldBy('./exceljs-process.ts', [file]));
    if (rows !== ROWS + 1) throw new Error('exceljs did not read every row');
    peer.push(milliseconds / 1000);
  }
  await remove();
  const [first] = told;
  if (first === undefined || first.accepted !== ROWS) throw new Error('Not every row was accepted');
  const middle = (of: (one: z.infer<typeof Told>) => number): number => median(told.map(of));
  const seconds = middle((one) => one.milliseconds) / 1000;
  const p95 = middle((one) => one.p95);
  const what = `a register of ${ROWS} rows as .xlsx, opened and judged`;
  return [
    {
      name: 'import-time',
      value: rounded(seconds),
      unit: 's',
      // What read it before is no part of the product any more: half of its time on the machine where the budget was set.
      reference:
        missing === null
          ? `${what}; exceljs, the library that was used before, takes ${rounded(median(peer))} s to read it`
          : `exceljs could not be installed: ${missing}`,
      ratio: missing === null ? seconds / median(peer) : null,
      budget: '<= 0.85',
      met: missing === null && seconds <= 0.85 * median(peer),
    },
    memoryRow(
      'import-memory',
      middle((one) => one.bytes),
      300,
      `the workstation that opens ${what}`,
    ),
    {
      name: 'import-other-call',
      value: rounded(p95),
      unit: 'ms p95',
      reference: `a list of cases asked for meanwhile, ${middle((one) => one.calls)} times`,
      ratio: null,
      budget: '<= 50 ms',
      met: p95 <= 50,
    },
  ];
}
