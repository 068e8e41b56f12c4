import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const PEERS = fileURLToPath(new URL('./peers', import.meta.url));
const Package = z.object({ dependencies: z.record(z.string(), z.string()) });

/** Installs beside the bench, once, what Heshi is compared with. Null, or why it is not there. */
export function installPeers(): string | null {
  const { dependencies } = Package.parse(JSON.parse(readFileSync(`${PEERS}/package.json`, 'utf8')));
  const isThere = (name: string): boolean => existsSync(`${PEERS}/node_modules/${name}`);
  if (Object.keys(dependencies).every(isThere)) return null;
  process.stderr.write('  installing the peers for the comparison …\n');
  const { status, stderr } = spawnSync('npm', ['ci', '--prefix', PEERS, '--no-audit', '--no-fund'], {
    encoding: 'utf8',
  });
  return status === 0 ? null : (stderr.trim().split('\n').at(-1) ?? 'npm ci failed');
}
