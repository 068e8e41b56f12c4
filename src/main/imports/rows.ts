import { sql } from 'kysely';
import type { AcceptedRow } from './reading/verdict.ts';
import type { RosterMerchant } from './reading/judge-merchant.ts';
import type { Writer } from '../kernel/store/index.ts';
import { command } from '../kernel/command.ts';
import { requireIdentity, todayOf, type StaffContext } from '../kernel/parts.ts';
import { factsOfRow, merchantUnit, streamIdOf, type ImportTarget } from './facts.ts';
import { drawNumber } from '../kernel/record-numbers.ts';

/** A record that an import made. */
export type ImportedStream = { kind: 'case' | 'merchant'; id: string };

type Known = { isKnown(merchant: RosterMerchant): boolean; add(merchant: RosterMerchant): void };

/**
 * The merchants that are there already: by credit code, or by name and unit where one of the two has no code.
 * One name with two codes at one unit is two merchants.
 */
async function knownMerchants(
  writer: Writer,
  rows: readonly AcceptedRow[],
  target: ImportTarget,
): Promise<Known> {
  const codes = new Set<string>();
  const places = new Map<string, 'with-code' | 'without-code'>();
  const remember = (name: string, unitPath: string, code: string | null): void => {
    const place = `${unitPath}\n${name}`;
    if (code !== null) codes.add(code);
    if (code === null) places.set(place, 'without-code');
    else if (!places.has(place)) places.set(place, 'with-code');
  };
  const wanted = JSON.stringify(rows.flatMap((row) => (row.kind === 'merchant' ? [row.merchant] : [])));
  const { rows: found } = await sql<{ name: string; code: string | null; unit: string }>`
    SELECT name, credit_code AS code, unit_path AS unit FROM merchant_row
    WHERE name IN (SELECT value ->> 'name' FROM json_each(${wanted}))
      OR credit_code IN (SELECT value ->> 'creditCode' FROM json_each(${wanted}))`.execute(writer);
  for (const { name, unit, code } of found) remember(name, unit, code);
  return {
    isKnown: (merchant) => {
      const place = places.get(`${merchantUnit(merchant, target)}\n${merchant.name}`);
      if (merchant.creditCode === null) return place !== undefined;
      return codes.has(merchant.creditCode) || place === 'without-code';
    },
    add: (merchant) => remember(merchant.name, merchantUnit(merchant, target), merchant.creditCode),
  };
}

/** The streams of these rows that exist already, here or in the centre's archive. */
async function knownStreams(
  writer: Writer,
  rows: readonly AcceptedRow[],
  unitPath: string,
): Promise<Set<string>> {
  const ids = JSON.stringify(rows.map((row) => streamIdOf(row, unitPath)));
  const { rows: found } = await sql<{ id: string }>`
    SELECT id FROM stream WHERE kind IN ('case', 'merchant')
      AND id IN (SELECT value FROM json_each(${ids}))
    UNION SELECT id FROM left_stream WHERE id IN (SELECT value FROM json_each(${ids}))`.execute(writer);
  return new Set(found.map((row) => row.id));
}

/** The rows that are neither in the store nor earlier in this batch. */
async function freshRows(
  writer: Writer,
  rows: readonly AcceptedRow[],
  target: ImportTarget,
): Promise<AcceptedRow[]> {
  const streams = await knownStreams(writer, rows, target.unitPath);
  const merchants = await knownMerchants(writer, rows, target);
  return rows.filter((row) => {
    if (streams.has(streamIdOf(row, target.unitPath))) return false;
    if (row.kind !== 'merchant') return true;
    if (merchants.isKnown(row.merchant)) return false;
    merchants.add(row.merchant);
    return true;
  });
}

/** Saves rows in one transaction, all or nothing, leaving out those that are there; returns the streams of those that were new. */
export function saveRows(
  context: StaffContext,
  rows: readonly AcceptedRow[],
  target: ImportTarget,
): Promise<ImportedStream[]> {
  return importRows(context, { rows, target });
}

const importRows = command({
  context: async (writer, call, { rows, target }: { rows: readonly AcceptedRow[]; target: ImportTarget }) => {
    const fresh = await freshRows(writer, rows, target);
    const unnumbered = fresh.filter(
      (row) => row.kind === 'complaint' && row.complaint.externalNumber === null,
    ).length;
    const numbers =
      unnumbered === 0
        ? []
        : await drawNumber(writer, requireIdentity(call), 'import', todayOf(call.workstation), unnumbered);
    return { fresh, numbers };
  },
  decide: ({ target }, { fresh, numbers }) => {
    const nextNumber = numbers.values();
    const facts = fresh.flatMap((row) => factsOfRow(row, target, () => nextNumber.next().value ?? ''));
    const result = fresh.map((row): ImportedStream => ({
      kind: row.kind === 'complaint' ? 'case' : 'merchant',
      id: streamIdOf(row, target.unitPath),
    }));
    return { facts, result };
  },
});
