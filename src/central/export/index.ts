import { Stopped } from '../../terminal/stopped.ts';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { link, unlink } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { Writable } from 'node:stream';
import { writeXlsxStream } from 'hucre/xlsx';
import { sql } from 'kysely';
import type { Database } from '../kernel/db/database.ts';
import {
  FACT_COLUMNS,
  factRows,
  ROLLUP_COLUMNS,
  rollupRows,
  type ExportRow,
  type ExportScope,
} from './rows.ts';

export type ExportOrder = ExportScope & {
  what: 'facts' | 'rollup';
  format: 'ndjson' | 'xlsx';
  masked: boolean;
  /** Kept with the export's record; needed where people are not masked. */
  reason: string;
  /** A file that must not be there yet; null writes NDJSON to `out`. */
  file: string | null;
};

/** A worksheet holds no more rows (Excel's own limit), headings included. */
const SHEET_ROWS = 1_048_576;

async function writeLines(rows: AsyncIterable<ExportRow>, to: Writable): Promise<number> {
  let count = 0;
  for await (const row of rows) {
    if (!to.write(`${JSON.stringify(row)}\n`)) await once(to, 'drain');
    count += 1;
  }
  return count;
}

async function writeSheet(
  rows: AsyncIterable<ExportRow>,
  columns: readonly string[],
  to: Writable,
): Promise<number> {
  let count = 0;
  const counted = async function* counted(): AsyncGenerator<Record<string, unknown>> {
    for await (const row of rows) {
      count += 1;
      if (count >= SHEET_ROWS)
        throw new Error(`A sheet holds ${SHEET_ROWS - 1} rows: choose a shorter period, or ndjson`);
      yield row;
    }
  };
  const sheet = writeXlsxStream(counted(), {
    name: 'export',
    columns: columns.map((key) => ({ header: key, key, width: 18 })),
    freezePane: { rows: 1 },
  });
  for await (const chunk of sheet) if (!to.write(chunk)) await once(to, 'drain');
  return count;
}

/** Who took what out and why, before the first line of it is written. */
async function recordExport(database: Database, order: ExportOrder, now: Date): Promise<void> {
  await sql`
    INSERT INTO export_log (at, account, what, unit_path, from_day, to_day, masked, reason)
    VALUES (${now}, ${userInfo().username}, ${order.what}, ${order.unitPath}, ${order.from}, ${order.to},
      ${order.masked}, ${order.reason})`.execute(database);
}

/**
 * Writes facts or the roll-up of a scope; a file comes into being whole or not at all. Returns the number of rows.
 * @throws Error when the unit is not there, or the file is there already
 */
export async function exportRows(database: Database, order: ExportOrder, out: Writable): Promise<number> {
  const known = await sql`SELECT 1 FROM unit WHERE path = ${order.unitPath}`.execute(database);
  if (known.rows.length === 0)
    throw new Stopped(`--unit ${order.unitPath}: no such unit`, {
      next: 'name one of those that npm run central -- units list shows.',
    });
  await recordExport(database, order, new Date());
  const rows = order.what === 'facts' ? factRows(database, order, order.masked) : rollupRows(database, order);
  if (order.file === null) return writeLines(rows, out);
  const columns = order.what === 'facts' ? FACT_COLUMNS : ROLLUP_COLUMNS;
  const part = `${order.file}.part-${process.pid}`;
  try {
    const stream = createWriteStream(part, { mode: 0o600, flags: 'wx' });
    const count =
      order.format === 'xlsx' ? await writeSheet(rows, columns, stream) : await writeLines(rows, stream);
    stream.end();
    await once(stream, 'close');
    // Fails where the name is taken; a rename would write over it.
    await link(part, order.file);
    return count;
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw taken ? new Error(`${order.file} is there already; nothing was written`) : error;
  } finally {
    await unlink(part).catch(() => undefined);
  }
}
