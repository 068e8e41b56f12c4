import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../kernel/system-clock.ts';

/**
 * How a second command on a data folder gets a way into the program that runs on it, without a channel between the two:
 * the running one says where it listens, and whoever may write the folder leaves the hash of a token there. Only the
 * folder's owner can read the one or write the other.
 */
const ADDRESS = 'host-address';
const LINKS = 'links';
const VALID_MINUTES = 10;

function ticketOf(folder: string, token: string): string {
  // The hash, so that the token itself stands nowhere, and whatever a browser sends is a plain file name.
  return join(folder, LINKS, createHash('sha256').update(token).digest('hex'));
}

/** Says where the program on this folder listens. */
export async function announceAddress(folder: string, origin: string): Promise<void> {
  await mkdir(join(folder, LINKS), { recursive: true, mode: 0o700 });
  await chmod(join(folder, LINKS), 0o700);
  await writeFile(join(folder, ADDRESS), origin, { mode: 0o600 });
}

/** Takes back what `announceAddress` said, and all links that nobody used. */
export async function withdrawAddress(folder: string): Promise<void> {
  await rm(join(folder, ADDRESS), { force: true });
  await rm(join(folder, LINKS), { recursive: true, force: true });
}

/**
 * A new address to enter the program that runs on this folder, good once within ten minutes; null where none has said
 * that it listens. The caller knows that one runs: the folder's lock is taken.
 */
export async function newLink(folder: string): Promise<string | null> {
  const origin = await readFile(join(folder, ADDRESS), 'utf8').catch(() => null);
  if (origin === null) return null;
  const token = randomBytes(24).toString('base64url');
  await writeFile(ticketOf(folder, token), '', { mode: 0o600, flag: 'wx' });
  return enterAddress(origin, token);
}

export function enterAddress(origin: string, token: string): string {
  return `${origin}/enter?token=${token}`;
}

/** True for a token of `newLink`, once: whatever asks at the same moment, one removal of its file succeeds. */
export async function redeem(folder: string, token: string): Promise<boolean> {
  const ticket = ticketOf(folder, token);
  try {
    const { mtimeMs } = await stat(ticket);
    await unlink(ticket);
    return systemClock().getTime() - mtimeMs < VALID_MINUTES * 60_000;
  } catch {
    return false;
  }
}
