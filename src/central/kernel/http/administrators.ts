import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { centreError } from '../errors.ts';

/** Who administers, by the token they came with. */
export type Administrator = { id: string; name: string };

export type Administrators = {
  /** @throws NOT_AUTHENTICATED unless the token is an administrator's. */
  calling(authorization: string | undefined): Promise<Administrator>;
};

/** Knows administrators by their tokens. */
export function createAdministrators(database: Database): Administrators {
  return {
    calling: async (authorization) => {
      const token = authorization?.match(/^Bearer (.+)$/)?.[1];
      if (token === undefined) throw centreError('NOT_AUTHENTICATED');
      const { rows } = await sql`
        SELECT 1 FROM administrator WHERE token_hash = ${hash('sha256', token)}`.execute(database);
      if (rows.length === 0) throw centreError('NOT_AUTHENTICATED');
      return { id: 'unnamed', name: 'administrator' };
    },
  };
}
