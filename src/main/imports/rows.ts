import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { identityVersion } from '../../domain/merchant/index.ts';
import type { AcceptedRow } from './reading/verdict.ts';
import type { Writer } from '../kernel/store/index.ts';
import { command } from '../kernel/command.ts';
import { requireIdentity, todayOf, type StaffContext } from '../kernel/parts.ts';
import { factsOfRow, type ImportedStream, streamIdOf, type ImportTarget } from './facts.ts';
import { knownMerchants, type KnownMerchants } from './known.ts';
import { updatesOf } from './roster-changes.ts';
import { factsOfReturn, readyReturns } from './till-returns.ts';
import { drawNumber } from '../kernel/record-numbers.ts';

const STREAM_OF_ROW = {
  complaint: 'case',
  merchant: 'merchant',
  return: 'return',
} as const satisfies Record<AcceptedRow['kind'], ImportedStream['kind']>;

/** The streams of these rows that exist already, here or in the centre's archive. */
async function knownStreams(
  writer: Writer,
  rows: readonly AcceptedRow[],
  unitPath: string,
): Promise<Set<string>> {
  const ids = JSON.stringify(rows.map((row) => streamIdOf(row, unitPath)));
  const { rows: found } = await sql<{ id: string }>`
    SELECT id FROM stream WHERE kind IN ('case', 'merchant', 'return')
      AND id IN (SELECT value FROM json_each(${ids}))
    UNION SELECT id FROM left_stream WHERE id IN (SELECT value FROM json_each(${ids}))`.execute(writer);
  return new Set(found.map((row) => row.id));
}

/** The rows that are neither in the store nor earlier in this batch. */
async function freshRows(
  writer: Writer,
  rows: readonly AcceptedRow[],
  merchants: KnownMerchants,
  unitPath: string,
): Promise<AcceptedRow[]> {
  const streams = await knownStreams(writer, rows, unitPath);
  return rows.filter((row) => {
    const id = streamIdOf(row, unitPath);
    if (streams.has(id)) return false;
    // A till's line that stands twice is one return.
    streams.add(id);
    if (row.kind !== 'merchant') return true;
    if (merchants.isKnown(row.merchant)) return false;
    merchants.add(row.merchant);
    return true;
  });
}

/** Rows to save: `from` is the place of the first among all accepted ones, `update` those that change what is on record. */
type Batch = {
  rows: readonly AcceptedRow[];
  target: ImportTarget;
  from: number;
  update: ReadonlySet<number>;
};

/** What came of rows: the records they made, and the facts that changed merchants on record. */
export type Saved = { streams: ImportedStream[]; updates: { eventId: string; id: string }[] };

/** Saves rows in one transaction, all or nothing: those that are new, and the wanted changes of those that are there. */
export const saveRows: (context: StaffContext, batch: Batch) => Promise<Saved> = command({
  context: async (writer, call, { rows, target, from, update }: Batch) => {
    const merchants = rows.flatMap((row) => (row.kind === 'merchant' ? [row.merchant] : []));
    const known = await knownMerchants(writer, merchants, target);
    // Looked at before rows of this batch are taken for known.
    const updates =
      update.size === 0 ? [] : await updatesOf(writer, rows, { from, target, staff: call.staff, known });
    const fresh = await freshRows(writer, rows, known, target.unitPath);
    const unnumbered = fresh.filter(
      (row) => row.kind === 'complaint' && row.complaint.externalNumber === null,
    ).length;
    const numbers =
      unnumbered === 0
        ? []
        : await drawNumber(writer, requireIdentity(call), 'import', todayOf(call.workstation), unnumbered);
    const returns = await readyReturns(writer, call, target, fresh);
    const wanted = updates.filter(({ place }) => update.has(place));
    return { fresh, numbers, returns, updates: wanted.map((one) => ({ ...one, eventId: uuidv7() })) };
  },
  decide: ({ target }, { fresh, numbers, returns, updates }) => {
    const nextNumber = numbers.values();
    return {
      facts: [
        ...fresh.flatMap((row) =>
          row.kind === 'return' ? [] : factsOfRow(row, target, () => nextNumber.next().value ?? ''),
        ),
        ...returns.flatMap(factsOfReturn),
        ...updates.map(({ eventId, state, update: { fields } }) => ({
          id: eventId,
          stream: { kind: 'merchant', id: state.id },
          type: 'merchant-updated',
          version: identityVersion(fields),
          payload: fields,
          expectedRevision: state.revision,
        })),
      ],
      result: {
        streams: fresh.map((row): ImportedStream => ({
          kind: STREAM_OF_ROW[row.kind],
          id: streamIdOf(row, target.unitPath),
        })),
        updates: updates.map(({ eventId, state }) => ({ eventId, id: state.id })),
      },
    };
  },
});
