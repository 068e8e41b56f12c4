import { newLink } from '../src/main/hosts/entrance.ts';
import { Stopped } from '../src/terminal/stopped.ts';

/** Tells a second command on a data folder of the one that runs there, with a new link to it. @throws Stopped without one */
export async function showRunning(folder: string): Promise<void> {
  const link = await newLink(folder);
  if (link === null)
    throw new Stopped(`Another Heshi is using ${folder} and cannot be entered yet`, {
      next: 'wait until it shows its own link, or name another folder with --data DIR.',
    });
  process.stdout.write(
    `Heshi runs on ${folder} already.\n  open ${link}\nThis link is good once, for ten minutes. Stop Heshi where it was started.\n`,
  );
}
