import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ADMIN_TOKEN } from '../world/centre-orders.ts';
import { ROOT } from '../test/command.ts';

/** A program in a process of its own that can be killed and started again. */
export type Killable = {
  name: string;
  /** Where it listens now. */
  url(): string;
  /** How often it has died, or begun to; and whether it is dying now: its sockets close one after the other. */
  deaths(): { begun: number; dying: boolean };
  /** SIGKILL: whatever was in memory is gone. Resolves when the process is. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Asks it to end; what it does not finish within ten seconds is killed. */
  stop(): Promise<void>;
};

/** Where the workstation’s process lies in a tree of this project. */
export const WORKSTATION = 'tools/kill-test/workstation-process.ts';
const PATIENCE_MS = 10_000;

function createKillable(
  name: string,
  launch: () => ChildProcess,
  address: (said: string) => string | undefined,
): Killable {
  let child: ChildProcess | null = null;
  let url = '';
  let begun = 0;
  let dying = false;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    if (!dying) begun += 1;
    dying = true;
    child.kill(signal);
    await gone;
    dying = false;
  };
  return {
    name,
    url: () => url,
    deaths: () => ({ begun, dying }),
    kill: () => end('SIGKILL'),
    start: async () => {
      const started = launch();
      child = started;
      url = await new Promise<string>((resolve, reject) => {
        let said = '';
        const hear = (chunk: Buffer): void => {
          said += chunk.toString();
          const found = address(said);
          if (found !== undefined) resolve(found);
        };
        started.stdout?.on('data', hear);
        started.stderr?.on('data', hear);
        started.once('exit', (code, signal) =>
          reject(new Error(`${name} ended with ${code ?? signal}: ${said}`)),
        );
      });
    },
    stop: async () => {
      const patience = setTimeout(() => void end('SIGKILL'), PATIENCE_MS);
      await end('SIGTERM');
      clearTimeout(patience);
    },
  };
}

/** `npm run central`’s own program, on a database server that outlives it. It comes back on the port it had. */
export function createCentreProcess(options: {
  name: string;
  folder: string;
  databaseUrl: string;
  /** The tree whose code runs; this one unless told. */
  tree?: string;
}): Killable {
  let port = '0';
  const { name, folder, databaseUrl, tree = ROOT } = options;
  return createKillable(
    name,
    () =>
      spawn(process.execPath, ['src/central/index.ts', '--data', folder, '--port', port], {
        cwd: tree,
        env: { ...process.env, DATABASE_URL: databaseUrl, HESHI_ADMIN_TOKEN: ADMIN_TOKEN },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    (said) => {
      const url = /Heshi centre at (\S+),/.exec(said)?.[1];
      if (url !== undefined) ({ port } = new URL(url));
      return url;
    },
  );
}

/** A workstation in the Node host, by the code of this tree or of another one. */
export function createWorkstationProcess(name: string, folder: string, tree = ROOT): Killable {
  return createKillable(
    name,
    () =>
      spawn(process.execPath, [WORKSTATION, join(folder, name)], {
        cwd: tree,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    (said) => /^(http:\/\/\S+)\n/m.exec(said)?.[1],
  );
}
