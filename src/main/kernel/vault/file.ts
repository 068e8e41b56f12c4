import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Host } from '../host.ts';

/** What opens a workstation, and what must be known before it is open; sealed by the host. */
export const GATE_FILE = 'gate.json';

/** What the gate's file says cannot be opened here: it was sealed on another machine, or the host's key is gone. */
export class GateSealed extends Error {
  constructor(cause: unknown) {
    super('What opens this workstation was sealed by another machine, or the key to it is gone', { cause });
  }
}

/** Reads the sealed file of a folder; null where there is none. @throws GateSealed */
export async function readSealed(folder: string, host: Host): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(join(folder, GATE_FILE), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    const { sealed } = JSON.parse(text) as { sealed: string };
    return JSON.parse(Buffer.from(await host.openSecret(Buffer.from(sealed, 'base64'))).toString());
  } catch (cause) {
    throw new GateSealed(cause);
  }
}

/** Writes it whole or not at all, and to the disk; for its owner's eyes only. */
export async function writeSealed(folder: string, host: Host, content: unknown): Promise<void> {
  const sealed = Buffer.from(await host.sealSecret(Buffer.from(JSON.stringify(content)))).toString('base64');
  const file = join(folder, GATE_FILE);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const part = `${file}.${randomUUID()}`;
  const handle = await open(part, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify({ version: 1, sealed })}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, file).catch(async (error: unknown) => {
    await rm(part, { force: true });
    throw error;
  });
}
