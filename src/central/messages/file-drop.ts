import { access, mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Gateway } from './gateway.ts';

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * A folder into which one file a message is put, for another program to take: whole under its name or not at all, readable by this
 * account only. A file that lies there already is the same message.
 */
export async function openFileDrop({ folder }: { folder: string }): Promise<Gateway> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fileOf = (id: string): string => join(folder, `${id}.json`);
  const partOf = (id: string): string => join(folder, `.${id}.part`);
  return {
    channel: 'file',
    send: async (message) => {
      const part = await open(partOf(message.id), 'w', 0o600);
      try {
        await part.writeFile(`${JSON.stringify(message, null, 2)}\n`);
        await part.sync();
      } finally {
        await part.close();
      }
      await rename(partOf(message.id), fileOf(message.id));
    },
    outcomeOf: async (id) => {
      if (await isThere(fileOf(id))) return 'sent';
      // Who takes files may have taken it.
      return (await isThere(partOf(id))) ? 'not-sent' : 'unknown';
    },
  };
}
