import { sql } from 'kysely';
import { lastUnit } from '../../domain/kernel/event/unit-path.ts';
import { STREAMS, streamOf, type NumberedKind } from '../../domain/streams.ts';
import type { Writer } from './store/index.ts';
import type { Identity } from './sync/identity.ts';

/** The letter of cases from historical registers, which have a count of their own. */
export const IMPORTED = 'H';

/**
 * Draws the next number of this workstation, such as `TY01-2026-1-0007` for a case and `TY01-R2026-1-0007`
 * for a return: unit, year, workstation, count. The workstation's own code in it makes it unique
 * without asking anyone. Drawn in the transaction that uses it, so none is lost by a refused save.
 */
export async function drawNumber(
  writer: Writer,
  identity: Identity,
  kind: NumberedKind | 'import',
  day: string,
  count = 1,
): Promise<string[]> {
  const year = Number(day.slice(0, 4));
  const { rows } = await sql<{ last: number }>`
    INSERT INTO number_sequence (kind, year, last) VALUES (${kind}, ${year}, ${count})
    ON CONFLICT (kind, year) DO UPDATE SET last = last + ${count} RETURNING last`.execute(writer);
  const last = rows[0]?.last ?? count;
  const letter = kind === 'import' ? IMPORTED : (streamOf(kind).numberLetter ?? '');
  const prefix = `${lastUnit(identity.unitPath)}-${letter}${year}-${identity.deviceCode}`;
  return Array.from({ length: count }, (_, index) => {
    const sequence = last - count + 1 + index;
    return `${prefix}-${String(sequence).padStart(4, '0')}`;
  });
}

const NUMBER = /-([A-Z]?)(\d{4})-[^-]+-(\d+)$/;

/** The counters never stand behind a number that this device has given, as its facts say: for a store that was made anew. */
export async function liftCounters(writer: Writer, device: string): Promise<void> {
  const kinds = new Map<string, string>([[IMPORTED, 'import']]);
  for (const { kind, numberLetter } of STREAMS) if (numberLetter !== null) kinds.set(numberLetter, kind);
  const { rows } = await sql<{ number: string }>`
    SELECT payload ->> '$.number' AS number FROM event
    WHERE device = ${device} AND json_valid(payload) AND json_type(payload, '$.number') = 'text'`.execute(
    writer,
  );
  const last = new Map<string, { kind: string; year: number; last: number }>();
  for (const { number } of rows) {
    const [, letter = '', year = '', count = ''] = NUMBER.exec(number) ?? [];
    const kind = kinds.get(letter);
    if (kind === undefined || count === '') continue;
    const before = last.get(letter + year)?.last ?? 0;
    last.set(letter + year, { kind, year: Number(year), last: Math.max(before, Number(count)) });
  }
  await sql`
    INSERT INTO number_sequence (kind, year, last)
    SELECT value ->> 'kind', value ->> 'year', value ->> 'last' FROM json_each(${JSON.stringify([...last.values()])})
    WHERE true
    ON CONFLICT (kind, year) DO UPDATE SET last = max(last, excluded.last)`.execute(writer);
}
