import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createCentralClient, type CentralClient } from '../../src/protocol/central-client.ts';
import { ADMIN_TOKEN, Told, type Order } from './centre-orders.ts';

/**
 * As in the command `central`: batches of a megabyte come and go in the young space, and where it is smaller part of each is
 * carried into the old one (330 MB at the most under ingest instead of 400).
 */
const CENTRE_FLAGS = ['--max-semi-space-size=32'];

export type RunningCentre = {
  url: string;
  admin: CentralClient;
  /** The centre's process, for whoever measures it. */
  pid: number | undefined;
  /** Puts the centre's clock on this day of its simulated year, or with null on the system's time. */
  setDay(day: number | null): Promise<void>;
  /** Has one of its jobs done now. */
  runJob(name: string): Promise<void>;
  stop(): Promise<void>;
};

/**
 * A real centre in a process of its own, on a real PostgreSQL: the one `DATABASE_URL` names, or an embedded one
 * in `folder`. With `simulated` its clock starts on the morning of `firstDay`, and a device's session may last so
 * many days; otherwise both are the real ones.
 * @throws when the process ends before it can listen
 */
export async function startCentre(options: {
  folder: string;
  simulated?: {
    firstDay: string;
    sessionDays?: number;
    /** Where it listens; anywhere unless told. */ port?: number;
  };
  /** A server to use instead of the environment's or an embedded one. */
  databaseUrl?: string;
}): Promise<RunningCentre> {
  const { firstDay, sessionDays, port } = options.simulated ?? {};
  const { databaseUrl } = options;
  const child = fork(
    fileURLToPath(new URL('./centre-process.ts', import.meta.url)),
    [options.folder, ...[firstDay, sessionDays, port].filter((one) => one !== undefined).map(String)],
    {
      execArgv: CENTRE_FLAGS,
      ...(databaseUrl === undefined ? {} : { env: { ...process.env, DATABASE_URL: databaseUrl } }),
    },
  );
  let ended = false;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      ended = true;
      resolve();
    });
  });
  const answer = (wanted: Told['told']): Promise<Told> =>
    new Promise((resolve, reject) => {
      const hear = (message: unknown): void => {
        const told = Told.safeParse(message);
        if (!told.success || told.data.told !== wanted) return;
        child.off('message', hear);
        resolve(told.data);
      };
      child.on('message', hear);
      void gone.then(() => reject(new Error('The centre’s process ended; what it wrote stands above')));
    });
  const order = (message: Order): void => void child.send(message);
  const listening = await answer('listening');
  const url = listening.told === 'listening' ? listening.url : '';
  return {
    url,
    pid: child.pid,
    admin: createCentralClient({ baseUrl: url, token: () => ADMIN_TOKEN }),
    setDay: async (day) => {
      const set = answer('day-set');
      order({ order: 'day', day });
      await set;
    },
    runJob: async (name) => {
      const done = answer('job-done');
      order({ order: 'job', name });
      await done;
    },
    stop: async () => {
      if (!ended) order({ order: 'stop' });
      await gone;
    },
  };
}
