import { randomBytes } from 'node:crypto';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { HostKeyLost } from '../../src/main/kernel/host.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

let folder: string;
let remove: () => Promise<void>;

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

describe('the key under which the Node host seals', () => {
  it('is one for all who ask at once on first use, the owner’s alone, and leaves nothing beside it', async () => {
    const secrets = Array.from({ length: 16 }, (_, index) => Buffer.from(`secret ${index}`));
    const sealed = await Promise.all(secrets.map((secret) => createNodeHost(folder).sealSecret(secret)));
    const host = createNodeHost(folder);
    const opened = await Promise.all(sealed.map((one) => host.openSecret(one)));
    expect(opened.map((one) => Buffer.from(one).toString())).toEqual(secrets.map(String));
    expect(await readdir(folder)).toEqual(['host.key']);
    const { mode, size } = await stat(join(folder, 'host.key'));
    expect({ mode: mode & 0o777, size }).toEqual({ mode: 0o600, size: 32 });
  });

  it('is never made anew to open something, and its loss is told as such', async () => {
    const sealed = await createNodeHost(folder).sealSecret(Buffer.from('secret'));
    await rm(join(folder, 'host.key'));
    await expect(createNodeHost(folder).openSecret(sealed)).rejects.toBeInstanceOf(HostKeyLost);
    expect(await readdir(folder)).toEqual([]);
    await writeFile(join(folder, 'host.key'), randomBytes(32));
    await expect(createNodeHost(folder).openSecret(sealed)).rejects.toBeInstanceOf(HostKeyLost);
  });
});
