import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../../../contract/workstation/settings.ts';
import { connect } from '../store/connection.ts';
import { STORE_FILE } from '../store/fault.ts';
import { isPlain } from './encrypted-store.ts';
import { GateSealed } from './file.ts';
import type { Former, GuardRow } from './vault.ts';

type Row = {
  subject: string;
  credential: string;
  failures: number;
  wait_ms: number;
  uptime_ms: number;
  failed_at: string;
  total: number;
};

/**
 * What an older release kept in its database, in plain text, of what is known here before the database is open.
 * @throws GateSealed where there is a database that is encrypted: what opened it is gone
 */
export async function formerOf(folder: string): Promise<Former | null> {
  const file = join(folder, STORE_FILE);
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  if (size === 0) return null;
  if (!(await isPlain(file))) throw new GateSealed(undefined);
  const { kysely, close } = await connect(file, { readonly: true });
  try {
    const settings = await kysely
      .selectFrom('meta')
      .select('value')
      .where('key', '=', 'settings')
      .executeTakeFirst();
    // Not in the first releases.
    const rows: Row[] = await kysely
      .selectFrom('sign_in_guard')
      .selectAll()
      .execute()
      .catch(() => []);
    return {
      settings: settings === undefined ? {} : (JSON.parse(settings.value) as Partial<Settings>),
      guards: Object.fromEntries(
        rows.map(({ subject, credential, failures, total, ...row }): [string, GuardRow] => [
          subject,
          {
            credential,
            failures,
            total,
            waitMs: row.wait_ms,
            uptimeMs: row.uptime_ms,
            failedAt: row.failed_at,
          },
        ]),
      ),
    };
  } finally {
    await close();
  }
}
