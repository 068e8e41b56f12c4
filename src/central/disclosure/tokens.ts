import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { TokenInput, TokenIssued, TokenListed } from '../../contract/centre/disclosure.ts';
import { TokenScope, isOfRecipient } from '../../domain/disclosure/index.ts';
import { businessDay, naturalDaysBetween } from '../../domain/kernel/calendar/index.ts';
import type { Database } from '../kernel/db/database.ts';
import { centreError } from '../kernel/errors.ts';
import { tokenHash } from '../kernel/http/tokens.ts';
import type { UnitCache } from '../kernel/units.ts';

/** A token is good for a year and a day at most: who needs it longer is asked again (assumption). */
const MOST_DAYS = 366;

/** Issues a token; what is returned is told this once. @throws UNIT_UNKNOWN, RULE */
export async function issueToken(
  database: Database,
  units: UnitCache,
  { unitPath, scopes, until, heldBy, purpose, recipientPath }: TokenInput,
  now: Date,
): Promise<z.infer<typeof TokenIssued>> {
  if (!(await units.find(unitPath, database))) throw centreError('UNIT_UNKNOWN', { path: unitPath });
  const days = naturalDaysBetween(businessDay(now.toISOString()), until);
  if (days < 0 || days > MOST_DAYS)
    throw centreError('RULE', { rule: 'token-until', field: 'until', parameters: { days: MOST_DAYS } });
  const needsRecipient = scopes.some(isOfRecipient);
  if (needsRecipient !== (recipientPath !== undefined))
    throw centreError('RULE', { rule: 'token-recipient', field: 'recipientPath' });
  const token = `heshi_${randomBytes(32).toString('base64url')}`;
  const tokenId = uuidv7();
  await sql`
    INSERT INTO access_token (id, token_hash, unit_path, scopes, held_by, purpose, recipient_path, until, issued_at)
    VALUES (${tokenId}, ${tokenHash(token)}, ${unitPath}, ${[...new Set(scopes)].join(' ')}, ${heldBy}, ${purpose},
      ${recipientPath ?? null}, ${until}::date, ${now})`.execute(database);
  return { tokenId, token, until };
}

type Row = Omit<TokenListed, 'scopes' | 'issuedAt' | 'revokedAt'> & {
  scopes: string;
  issuedAt: Date;
  revokedAt: Date | null;
};

/** Every token that was issued, the newest first; nobody learns the tokens themselves. */
export async function listTokens(database: Database): Promise<TokenListed[]> {
  const { rows } = await sql<Row>`
    SELECT id AS "tokenId", unit_path AS "unitPath", scopes, held_by AS "heldBy", purpose,
      recipient_path AS "recipientPath", until::text AS until,
      issued_at AS "issuedAt", revoked_at AS "revokedAt", answered
    FROM access_token ORDER BY issued_at DESC, id`.execute(database);
  return rows.map((row) => ({
    ...row,
    scopes: row.scopes.split(' ').flatMap((one) => TokenScope.safeParse(one).data ?? []),
    issuedAt: row.issuedAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }));
}

/** Takes a token out of use, at once and for good. @throws RULE where there is none */
export async function revokeToken(database: Database, tokenId: string, now: Date): Promise<void> {
  const { rows } = await sql`
    UPDATE access_token SET revoked_at = coalesce(revoked_at, ${now}) WHERE id = ${tokenId} RETURNING id`.execute(
    database,
  );
  if (rows.length === 0) throw centreError('RULE', { rule: 'token-missing', field: 'tokenId' });
}
