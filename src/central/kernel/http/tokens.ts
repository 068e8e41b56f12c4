import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { businessDay } from '../../../domain/kernel/calendar/index.ts';
import type { Database } from '../db/database.ts';
import { centreError } from '../errors.ts';
import type { CallerLimits } from './limits.ts';

/** A body outside that may ask for something, as long as its token is good. */
export type TokenHolder = {
  tokenId: string;
  unitPath: string;
  scopes: readonly string[];
  heldBy: string;
  purpose: string;
  /** The holder's own unit, by which consents name it; null of a token that rests on none. */
  recipientPath: string | null;
};

type Row = Omit<TokenHolder, 'scopes'> & { scopes: string; until: string; revoked: boolean };

const refused = (rule: string) => centreError('NOT_AUTHENTICATED', { field: 'authorization', rule });

/** What of a token is kept. */
export function tokenHash(token: string): string {
  return hash('sha256', token);
}

/**
 * Who holds the token that a call came with, counted. @throws NOT_AUTHENTICATED naming why, FORBIDDEN where the token is for something
 * else, TOO_MANY_REQUESTS
 */
export async function tokenCalling(
  {
    database,
    authorization,
    clock,
    callers,
  }: { database: Database; authorization: string | undefined; clock: () => Date; callers: CallerLimits },
  scope: string,
): Promise<TokenHolder> {
  const token = authorization?.match(/^Bearer (.+)$/)?.[1];
  if (token === undefined) throw refused('token-missing');
  const { rows } = await sql<Row>`
    SELECT id AS "tokenId", unit_path AS "unitPath", scopes, held_by AS "heldBy", purpose,
      recipient_path AS "recipientPath", until::text AS until,
      revoked_at IS NOT NULL AS revoked
    FROM access_token WHERE token_hash = ${tokenHash(token)}`.execute(database);
  const [row] = rows;
  if (!row) throw refused('token-unknown');
  if (row.revoked) throw refused('token-revoked');
  const { until, revoked: _revoked, scopes, ...holder } = row;
  if (until < businessDay(clock().toISOString())) throw refused('token-expired');
  const retryAfterSeconds = await callers.token(holder.tokenId);
  if (retryAfterSeconds > 0) throw centreError('TOO_MANY_REQUESTS', { retryAfterSeconds });
  const granted = scopes.split(' ');
  if (!granted.includes(scope)) throw centreError('FORBIDDEN', { field: 'scope', rule: 'token-scope' });
  return { ...holder, scopes: granted };
}
