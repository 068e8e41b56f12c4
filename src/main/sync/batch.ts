import { BODY_LIMIT } from '../../contract/central.ts';

/** What an envelope's other members, its hashes and JSON's own signs take at most, bytes. */
const AROUND = 2_000;
/** Room for the signature and for what a proxy may add. */
const FULL = BODY_LIMIT - 64 * 1024;

/** As many rows from the beginning as one request's body holds, and at least one. */
export function fittingOneRequest<Row extends { payload: string; actor: string }>(
  rows: readonly Row[],
): Row[] {
  let bytes = 0;
  const end = rows.findIndex((row) => {
    bytes += Buffer.byteLength(row.payload) + Buffer.byteLength(row.actor) + AROUND;
    return bytes > FULL;
  });
  return rows.slice(0, end === -1 ? rows.length : Math.max(1, end));
}
