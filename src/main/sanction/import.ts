import { uuidv7 } from 'uuidv7';
import type { SanctionImportPreview } from '../../contract/workstation/sanction.ts';
import { command } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import { todayOf, type StaffContext } from '../kernel/parts.ts';
import type { NewFact, Reader, Writer } from '../kernel/store/index.ts';
import { decideDateOrder, importMessage, readTable, type Table } from '../imports/index.ts';
import { recordedFact } from './commands.ts';
import { placeOf } from './detail.ts';
import { columnsOf, readRow, type FileColumns, type ReadRow } from './read-row.ts';

/** As many rows as one file may have: they are recorded in one transaction, all or none. */
const MOST_ROWS = 1000;

type File = { fileName: string; base64: string };
type Row = Extract<ReadRow, { content: unknown }> & { row: number; merchantId: string; merchantName: string };
type Judged = Omit<SanctionImportPreview, 'fileName' | 'accepted'> & { accepted: Row[] };

const invalid = (rule: string, parameters: Record<string, string | number>): Error =>
  serviceError('INPUT_INVALID', { issues: [{ field: 'file', rule, parameters }] });

async function tableOf({ workstation }: StaffContext, { fileName, base64 }: File): Promise<Table> {
  const read = await readTable(Buffer.from(base64, 'base64'), fileName);
  if (!read.ok) {
    const detail = importMessage(read.error, workstation.settings().language);
    throw invalid('sanction-file-unreadable', { detail });
  }
  if (read.table.rows.length > MOST_ROWS) throw invalid('sanction-file-long', { most: MOST_ROWS });
  return read.table;
}

/** The merchant that a row is about: by its code, else by its name where that is one merchant's alone. */
async function merchantOf(
  from: Reader | Writer,
  { merchant, creditCode }: { merchant: string; creditCode: string },
): Promise<{ id: string; name: string } | 'unknown' | 'ambiguous'> {
  const of = from.selectFrom('merchant_row').select(['id', 'name']).where('merged_into', 'is', null);
  const found = creditCode === '' ? [] : await of.where('credit_code', '=', creditCode).limit(2).execute();
  const named = found.length > 0 ? found : await of.where('name', '=', merchant).limit(2).execute();
  const [one, more] = named;
  if (one === undefined) return 'unknown';
  return more === undefined ? one : 'ambiguous';
}

/** Judges every row of a file. Nothing is saved. */
async function judge(from: Reader | Writer, table: Table, today: string): Promise<Judged> {
  const { columns, missing } = columnsOf(table.headers);
  const judged: Judged = { missing, rows: table.rows.length, accepted: [], known: [], refused: [] };
  if (missing.length > 0) return judged;
  const dates = daysOf(table, columns, today);
  const seen = new Set<string>();
  for (const { row, cells, brokenQuotes } of table.rows) {
    const refuse = (field: string, rule: string, text: string): void => {
      judged.refused.push({ row, field, rule, parameters: {}, text });
    };
    if (brokenQuotes) {
      refuse('number', 'sanction-row-broken', '');
      continue;
    }
    const read = readRow(cells, columns, dates, () => uuidv7());
    if ('refusal' in read) {
      judged.refused.push({ row, ...read.refusal });
      continue;
    }
    const merchant = await merchantOf(from, read);
    if (typeof merchant === 'string') {
      refuse('merchant', `sanction-merchant-${merchant}`, read.merchant || read.creditCode);
      continue;
    }
    const { id, taken, creditEntryId } = await placeOf(from, merchant.id, read.content);
    if (taken !== null) judged.known.push(row);
    else if (seen.has(id)) refuse('number', 'sanction-row-twice', read.content.number);
    else if (creditEntryId !== null) refuse('number', 'sanction-row-in-credit', read.content.number);
    else judged.accepted.push({ ...read, row, merchantId: merchant.id, merchantName: merchant.name });
    seen.add(id);
  }
  return judged;
}

function daysOf(table: Table, columns: FileColumns, today: string): Parameters<typeof readRow>[2] {
  const texts = (['determinedOn', 'publishedOn'] as const).flatMap((field) => {
    const column = columns.get(field);
    return column === undefined ? [] : table.rows.map(({ cells }) => cells[column] ?? '');
  });
  const serials = table.format === 'csv' ? null : table.from1904 ? 1904 : 1900;
  return { order: decideDateOrder('auto', texts), serials, today };
}

/** What a file comes to; nothing is saved. @throws INPUT_INVALID for what is no table, or too long a one */
export async function previewSanctions(context: StaffContext, file: File): Promise<SanctionImportPreview> {
  const table = await tableOf(context, file);
  const { workstation } = context;
  const { accepted, ...judged } = await judge(workstation.store.read, table, todayOf(workstation));
  return {
    fileName: file.fileName,
    ...judged,
    accepted: accepted.map(({ row, merchantName, content }) => ({
      row,
      merchantName,
      kind: content.kind,
      class: content.class,
      organ: content.organ,
      number: content.number,
      determinedOn: content.determinedOn ?? '',
    })),
  };
}

const record = command({
  context: async (writer, { workstation }, { table, refused }: { table: Table; refused: number }) => {
    const judged = await judge(writer, table, todayOf(workstation));
    // What was agreed to be left out is what is left out.
    if (judged.refused.length !== refused || judged.missing.length > 0)
      throw invalid('sanction-file-changed', { refused: judged.refused.length });
    const facts: NewFact[] = [];
    for (const { merchantId, content } of judged.accepted)
      facts.push(await recordedFact(writer, { eventId: uuidv7(), merchantId, content, continues: null }));
    return facts;
  },
  decide: (_file, facts) => ({ facts, result: facts.length }),
});

/** Records all rows of a file that can be, at once; what is on record already stays as it is. Gives how many were recorded. */
export async function importSanctions(
  context: StaffContext,
  { refused, ...file }: File & { refused: number },
): Promise<number> {
  const table = await tableOf(context, file);
  return record(context, { table, refused });
}
