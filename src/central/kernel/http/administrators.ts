import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { Secret, TOTP } from 'otpauth';
import { uuidv7 } from 'uuidv7';
import { businessDay, naturalDaysBetween } from '../../../domain/kernel/calendar/index.ts';
import { AdministratorScope } from '../../../domain/organisation/index.ts';
import type { Database } from '../db/database.ts';
import { centreError } from '../errors.ts';
import type { CallerLimits } from './limits.ts';

/** Days before its end from which a token says so. */
const ENDS_SOON_DAYS = 14;
/** Codes of the step before and after are taken: clocks differ, and people type slowly. */
const STEPS_BESIDE = 1;
const STEP_SECONDS = 30;

/** Who administers, by the token they came with. */
export type Administrator = {
  id: string;
  name: string;
  tokenId: string;
  scopes: readonly AdministratorScope[];
  /** What is to be told them beside every answer. */
  notice: 'token-unnamed' | 'token-ends-soon' | null;
};

/** The one kind of token of releases before: without a name, an end, or a second sign-in, for everything. */
export const UNNAMED = 'unnamed';

export type Administrators = {
  /** @throws NOT_AUTHENTICATED naming why; FORBIDDEN where the token is for something else */
  calling(authorization: string | undefined, scope: AdministratorScope, now: Date): Promise<Administrator>;
  /** Spends a code of the second sign-in. @throws FORBIDDEN naming why, TOO_MANY_REQUESTS */
  second(administrator: Administrator, code: string | undefined, now: Date): Promise<void>;
  /** Keeps that something is done in somebody's name; `ended` says what became of it. */
  began(
    administrator: Administrator,
    call: string,
    now: Date,
  ): Promise<{ ended(outcome: string): Promise<void> }>;
};

type Row = {
  id: string;
  name: string;
  tokenId: string;
  scopes: string;
  until: string;
  revoked: boolean;
};

const refused = (rule: string) => centreError('NOT_AUTHENTICATED', { field: 'authorization', rule });

/** The maker of an administrator's codes. */
export function codesOf(name: string, secret: string): TOTP {
  return new TOTP({ issuer: 'Heshi', label: name, secret: Secret.fromBase32(secret), period: STEP_SECONDS });
}

/** Knows administrators by their tokens and codes, and keeps what they do. */
export function createAdministrators(database: Database, callers: CallerLimits): Administrators {
  const named = async (tokenHash: string): Promise<Row | undefined> => {
    const { rows } = await sql<Row>`
      SELECT account.id, account.name, token.id AS "tokenId", token.scopes, token.until::text AS until,
        token.revoked_at IS NOT NULL AS revoked
      FROM administrator_token AS token JOIN administrator_account AS account ON account.id = token.administrator_id
      WHERE token.token_hash = ${tokenHash}`.execute(database);
    return rows[0];
  };
  return {
    calling: async (authorization, scope, now) => {
      const token = authorization?.match(/^Bearer (.+)$/)?.[1];
      if (token === undefined) throw refused('token-missing');
      const tokenHash = hash('sha256', token);
      const row = await named(tokenHash);
      if (row === undefined) {
        const { rows } = await sql`SELECT 1 FROM administrator WHERE token_hash = ${tokenHash}`.execute(
          database,
        );
        if (rows.length === 0) throw refused('token-unknown');
        const scopes = AdministratorScope.options;
        return { id: UNNAMED, name: UNNAMED, tokenId: UNNAMED, scopes, notice: 'token-unnamed' };
      }
      if (row.revoked) throw refused('token-revoked');
      const today = businessDay(now.toISOString());
      if (row.until < today) throw refused('token-expired');
      // What a newer release granted beside is nothing here.
      const scopes = row.scopes.split(' ').flatMap((one) => AdministratorScope.safeParse(one).data ?? []);
      if (!scopes.includes(scope)) throw centreError('FORBIDDEN', { field: 'scope', rule: 'token-scope' });
      const { id, name, tokenId, until } = row;
      const soon = naturalDaysBetween(today, until) <= ENDS_SOON_DAYS;
      return { id, name, tokenId, scopes, notice: soon ? 'token-ends-soon' : null };
    },
    second: async ({ id, name }, code, now) => {
      if (id === UNNAMED) return;
      const refuse = (rule: string) => centreError('FORBIDDEN', { field: 'code', rule });
      if (code === undefined) throw refuse('second-missing');
      const retryAfterSeconds = await callers.code(id);
      if (retryAfterSeconds > 0) throw centreError('TOO_MANY_REQUESTS', { retryAfterSeconds });
      const { rows } = await sql<{ secret: string }>`
        SELECT second_secret AS secret FROM administrator_account WHERE id = ${id}`.execute(database);
      const timestamp = now.getTime();
      const delta = codesOf(name, rows[0]?.secret ?? '').validate({
        token: code,
        timestamp,
        window: STEPS_BESIDE,
      });
      if (delta === null) throw refuse('second-wrong');
      const step = Math.floor(timestamp / 1000 / STEP_SECONDS) + delta;
      const spent = await sql`
        UPDATE administrator_account SET second_spent = ${step} WHERE id = ${id} AND second_spent < ${step}
        RETURNING id`.execute(database);
      if (spent.rows.length === 0) throw refuse('second-spent');
      await callers.codeRight(id);
    },
    began: async ({ name, tokenId }, call, now) => {
      const id = uuidv7();
      await sql`
        INSERT INTO administrator_act (id, at, administrator, token_id, call, outcome)
        VALUES (${id}, ${now}, ${name}, ${tokenId}, ${call}, 'begun')`.execute(database);
      return {
        ended: async (outcome) => {
          await sql`UPDATE administrator_act SET outcome = ${outcome} WHERE id = ${id}`.execute(database);
        },
      };
    },
  };
}
