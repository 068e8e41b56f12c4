import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Writer } from '../kernel/store/index.ts';

/**
 * Content whose key is lost counts as not here from now on, in the caller's transaction, and a new key is made when one is asked
 * for: what the centre has comes from there again. Returns how many files it does not have.
 */
export async function forgetSealed(writer: Writer): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(DISTINCT link.sha256) AS count FROM evidence_link AS link
    JOIN evidence_content AS content ON content.sha256 = link.sha256 AND content.held_at IS NOT NULL
    WHERE link.waiting = 1`.execute(writer);
  await writer.updateTable('evidence_content').set({ held_at: null }).execute();
  await writer.deleteFrom('meta').where('key', '=', 'evidence-key').execute();
  return rows[0]?.count ?? 0;
}

/** Keeps the sealed files under another name: whoever finds the key can still open them. */
export async function setSealedAside(folder: string, at: Date): Promise<void> {
  const sealed = join(folder, 'evidence');
  if ((await stat(sealed).catch(() => null)) === null) return;
  await rename(sealed, join(folder, `evidence-${at.toISOString().replaceAll(/[:.]/g, '')}`));
}
