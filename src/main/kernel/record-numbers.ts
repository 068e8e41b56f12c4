import { sql } from 'kysely';
import { lastUnit } from '../../domain/kernel/event/unit-path.ts';
import { streamOf, type NumberedKind } from '../../domain/streams.ts';
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
