import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { asStaff, type StaffContext } from '../../src/main/kernel/parts.ts';
import {
  startWorkstation,
  type Workstation,
  type WorkstationClient,
  type WorkstationOptions,
} from '../../src/main/workstation.ts';
import {
  codeFor,
  startDistrictCentre,
  startTestServer,
  type TestCentre,
  type TestServer,
} from './postgres.ts';
import { PASSWORD } from './workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

export type LiveWorkstation = {
  running: Workstation;
  api: WorkstationClient;
  /** The same person's, for services that are not called through the contract. */
  context: StaffContext;
  deviceId: string;
};

export type Workstations = {
  readonly server: TestServer;
  readonly centre: TestCentre;
  /** A folder for each test: a workstation's data under its name, the centre's evidence under `centre`. */
  readonly folder: string;
  /** Of everybody's password. */
  readonly passwordHash: string;
  /** A workstation at the unit under that name, enrolled on first use, with that person signed in. */
  open(
    name: string,
    unitPath: string,
    staffId: string,
    more?: Partial<WorkstationOptions> & { code?: string },
  ): Promise<LiveWorkstation>;
  /** The same without anybody who signs in: shut, where somebody has been in before. */
  opened(name: string, more?: Partial<WorkstationOptions>): Promise<{ running: Workstation }>;
  close(workstation: LiveWorkstation): Promise<void>;
};

/** Real workstations on a real centre, fresh for each test; `jobs` where what the centre does by itself is tried. */
export function useWorkstations({ jobs = false }: { jobs?: boolean } = {}): Workstations {
  let server: TestServer | undefined;
  let centre: TestCentre | undefined;
  let folder = '';
  let remove: () => Promise<void> = async () => undefined;
  let passwordHash = '';
  const open = new Set<Workstation>();
  const there = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('Outside a test');
    return value;
  };
  const start = async (name: string, more: Partial<WorkstationOptions>): Promise<Workstation> => {
    const dataFolder = join(folder, name);
    const running = await startWorkstation({
      dataFolder,
      host: createNodeHost(dataFolder),
      automaticSync: false,
      leasesNumbers: false,
      ...more,
    });
    open.add(running);
    return running;
  };
  beforeAll(async () => {
    server = await startTestServer();
    passwordHash = await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 });
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
    centre = await startDistrictCentre(there(server).server, {
      evidenceFolder: join(folder, 'centre'),
      jobs,
    });
  });
  afterEach(async () => {
    for (const running of open) await running.close();
    open.clear();
    await centre?.stop();
    await remove();
  });
  return {
    get server() {
      return there(server);
    },
    get centre() {
      return there(centre);
    },
    get folder() {
      return folder;
    },
    get passwordHash() {
      return passwordHash;
    },
    opened: async (name, more = {}) => ({ running: await start(name, more) }),
    open: async (name, unitPath, staffId, { code: given, ...more } = {}) => {
      const running = await start(name, more);
      const { api, client } = running.connect();
      // One that is shut has been enrolled before.
      if (running.gate.parts()?.identity() === null) {
        const code = given ?? (await codeFor(there(centre), unitPath));
        const centreUrl = more.centreUrl ?? there(centre).url;
        await api.session.enrol({ centreUrl, code, deviceName: name });
      }
      await api.session.signIn({ staffId, password: PASSWORD });
      return {
        running,
        api,
        context: asStaff(running.contextOf(client)),
        deviceId: running.parts.identity()?.deviceId ?? '',
      };
    },
    close: async (workstation) => {
      open.delete(workstation.running);
      await workstation.running.close();
    },
  };
}
