import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { Secret } from 'otpauth';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type {
  AdministratorAct,
  AdministratorInput,
  AdministratorIssued,
  AdministratorList,
} from '../../contract/centre/administrators.ts';
import { businessDay, naturalDaysBetween, shiftDay } from '../../domain/kernel/calendar/index.ts';
import { AdministratorScope } from '../../domain/organisation/index.ts';
import type { Database, Transaction } from '../kernel/db/database.ts';
import { centreError } from '../kernel/errors.ts';
import { codesOf, UNNAMED, type Administrator } from '../kernel/http/administrators.ts';
import { tokenHash } from '../kernel/http/tokens.ts';

/** A token is good for a year and a day at most: who needs it longer replaces it (assumption). */
const MOST_DAYS = 366;
/** The first administrator's: long enough to set a centre up and make tokens for each who works with it (assumption). */
const FIRST_DAYS = 90;
const FIRST = 'first';

function requireSoon(until: string, now: Date): void {
  const days = naturalDaysBetween(businessDay(now.toISOString()), until);
  if (days < 0 || days > MOST_DAYS)
    throw centreError('RULE', { rule: 'token-until', field: 'until', parameters: { days: MOST_DAYS } });
}

async function insertToken(
  transaction: Transaction,
  { id, scopes, until, by }: { id: string; scopes: readonly string[]; until: string; by: string },
  now: Date,
): Promise<{ tokenId: string; token: string; until: string }> {
  const token = `heshi_admin_${randomBytes(32).toString('base64url')}`;
  const tokenId = uuidv7();
  await sql`
    INSERT INTO administrator_token (id, administrator_id, token_hash, scopes, until, issued_at, issued_by)
    VALUES (${tokenId}, ${id}, ${tokenHash(token)}, ${[...new Set(scopes)].join(' ')}, ${until}::date, ${now}, ${by})`.execute(
    transaction,
  );
  return { tokenId, token, until };
}

/** Makes an administrator with a token and a second sign-in, both of which are told this once. @throws RULE */
export async function addAdministrator(
  database: Database,
  { name, scopes, until }: AdministratorInput,
  by: string,
  now: Date,
): Promise<AdministratorIssued> {
  requireSoon(until, now);
  const secret = new Secret({ size: 20 }).base32;
  return database.transaction().execute(async (transaction) => {
    const id = uuidv7();
    const { rows } = await sql`
      INSERT INTO administrator_account (id, name, second_secret, created_at, created_by)
      VALUES (${id}, ${name}, ${secret}, ${now}, ${by}) ON CONFLICT DO NOTHING RETURNING id`.execute(
      transaction,
    );
    if (rows.length === 0 || name === UNNAMED)
      throw centreError('RULE', { rule: 'administrator-exists', field: 'name' });
    const issued = await insertToken(transaction, { id, scopes, until, by }, now);
    return { ...issued, second: codesOf(name, secret).toString() };
  });
}

/** The administrator of a centre that knows none yet, for everything. */
export function addFirstAdministrator(database: Database, now: Date): Promise<AdministratorIssued> {
  const until = shiftDay(businessDay(now.toISOString()), FIRST_DAYS);
  return addAdministrator(
    database,
    { name: FIRST, scopes: [...AdministratorScope.options], until },
    FIRST,
    now,
  );
}

/** Gives an administrator a new token in place of the one they came with, which is good for nothing from then on. @throws RULE */
export async function replaceToken(
  database: Database,
  { id, name, tokenId, scopes }: Administrator,
  until: string,
  now: Date,
): Promise<AdministratorIssued> {
  if (id === UNNAMED) throw centreError('RULE', { rule: 'token-unnamed', field: 'authorization' });
  requireSoon(until, now);
  return database.transaction().execute(async (transaction) => {
    await sql`
      UPDATE administrator_token SET revoked_at = ${now}, revoked_by = ${name} WHERE id = ${tokenId}`.execute(
      transaction,
    );
    return { ...(await insertToken(transaction, { id, scopes, until, by: name }, now)), second: null };
  });
}

/**
 * Takes a token out of use, at once and for good; `unnamed` all of releases before. @throws RULE where there is none, or where nobody would
 * be left who may make another
 */
export async function revokeAdministrator(
  database: Database,
  tokenId: string,
  by: string,
  now: Date,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    // Two that revoke each other come one after the other.
    await sql`LOCK TABLE administrator_token IN SHARE ROW EXCLUSIVE MODE`.execute(transaction);
    const { rows } =
      tokenId === UNNAMED
        ? await sql`DELETE FROM administrator RETURNING 1`.execute(transaction)
        : await sql`
            UPDATE administrator_token SET revoked_at = coalesce(revoked_at, ${now}), revoked_by = coalesce(revoked_by, ${by})
            WHERE id = ${tokenId} RETURNING id`.execute(transaction);
    if (rows.length === 0) throw centreError('RULE', { rule: 'token-missing', field: 'tokenId' });
    const left = await sql`
      SELECT 1 FROM administrator_token WHERE revoked_at IS NULL AND until >= ${businessDay(now.toISOString())}::date
        AND 'administrators' = ANY (string_to_array(scopes, ' '))
      UNION ALL SELECT 1 FROM administrator LIMIT 1`.execute(transaction);
    if (left.rows.length === 0) throw centreError('RULE', { rule: 'administrator-last', field: 'tokenId' });
  });
}

type Listed = {
  tokenId: string;
  name: string;
  scopes: string;
  until: string;
  issuedAt: Date;
  issuedBy: string;
  revokedAt: Date | null;
  revokedBy: string | null;
};

/** Every token that was issued, the newest first; nobody learns the tokens themselves. */
export async function listAdministrators(database: Database): Promise<z.infer<typeof AdministratorList>> {
  const { rows } = await sql<Listed>`
    SELECT token.id AS "tokenId", account.name, token.scopes, token.until::text AS until, token.issued_at AS "issuedAt",
      token.issued_by AS "issuedBy", token.revoked_at AS "revokedAt", token.revoked_by AS "revokedBy"
    FROM administrator_token AS token JOIN administrator_account AS account ON account.id = token.administrator_id
    ORDER BY token.issued_at DESC, token.id DESC`.execute(database);
  const unnamed = await sql<{ count: number }>`SELECT count(*) AS count FROM administrator`.execute(database);
  return {
    unnamed: unnamed.rows[0]?.count ?? 0,
    tokens: rows.map(({ scopes, issuedAt, revokedAt, ...row }) => ({
      ...row,
      scopes: scopes.split(' ').flatMap((one) => AdministratorScope.safeParse(one).data ?? []),
      issuedAt: issuedAt.toISOString(),
      revokedAt: revokedAt?.toISOString() ?? null,
    })),
  };
}

type Act = Omit<z.infer<typeof AdministratorAct>, 'at'> & { at: Date };

/** What administrators did last, the newest first. */
export async function listActs(
  database: Database,
  limit: number,
): Promise<z.infer<typeof AdministratorAct>[]> {
  const { rows } = await sql<Act>`
    SELECT at, administrator, token_id AS "tokenId", call, outcome FROM administrator_act
    ORDER BY id DESC LIMIT ${limit}`.execute(database);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
