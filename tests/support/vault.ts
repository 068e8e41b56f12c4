import { join } from 'node:path';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { connect, type Connection } from '../../src/main/kernel/store/connection.ts';
import { openVault } from '../../src/main/kernel/vault/index.ts';
import { PASSWORD } from './facts.ts';

/** The key of a test workstation's folder, by the password that all its people have. */
export async function keyOf(folder: string): Promise<Uint8Array> {
  const vault = await openVault(folder, createNodeHost(folder));
  const [person] = vault.people();
  const opened = person && (await vault.tryPassword(person, PASSWORD));
  const [key] = vault.unattended() ?? opened?.keys ?? [];
  if (key === undefined) throw new Error(`Nobody opens ${folder}`);
  return key;
}

/** Another program's connection to a workstation's database, which knows its key. */
export async function connectTo(folder: string): Promise<Connection> {
  return connect(join(folder, 'heshi.sqlite'), { key: await keyOf(folder) });
}
