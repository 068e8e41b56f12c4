import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { createNodeHost } from '../../../src/main/hosts/node.ts';
import { startWorkstation, type WorkstationClient } from '../../../src/main/workstation.ts';
import {
  codeFor,
  startDistrictCentre,
  startTestServer,
  type TestCentre,
  type TestCentreOptions,
  type TestServer,
} from '../../support/postgres.ts';
import { PASSWORD } from '../../support/workstation.ts';
import { workstationPage, type WorkstationPage } from '../pages/workstation-page.ts';
import { WORDS, type Language } from '../pages/words.ts';
import { launchBrowser, openWorkstationProcess, type WorkstationProcess } from './workstation.ts';
import { temporaryFolder } from '../../../tools/temporary-folder.ts';

export type OpenWorkstation<Prepared> = {
  workstation: WorkstationPage;
  process: WorkstationProcess;
  prepared: Prepared;
};

type OpenOptions<Prepared> = {
  unitPath: string;
  staffId: string;
  language?: Language;
  /** How long what is recorded stays before it is sent: long, where a test must not hurry. */
  undoMs?: number;
  /** True where the screen moves as it does for most people. */
  moving?: boolean;
  /** True where the test kills the workstation, which then runs in a process of its own. */
  killable?: boolean;
  /** What the workstation's clock says while it is prepared; this machine's unless told. */
  clock?: () => Date;
  /** When the person sits down, by the workstation's clock, which goes on from there. */
  now?: Date;
  /** What happened at the desk before the person sat down, done by the services, without the browser. */
  prepare: (api: WorkstationClient) => Promise<Prepared>;
};

export type Stage = {
  readonly centre: TestCentre;
  readonly folder: string;
  readonly browser: Browser;
  /** A workstation that is enrolled and prepared, closed again: only what it has on the disk. */
  prepare<Prepared>(name: string, options: OpenOptions<Prepared>): Promise<Prepared>;
  /** One that was prepared, running in a window with nobody signed in. */
  reopen(name: string): Promise<WorkstationProcess>;
  /** The same, then running, with the person signed in in the browser. */
  openWorkstation<Prepared>(name: string, options: OpenOptions<Prepared>): Promise<OpenWorkstation<Prepared>>;
};

/** A centre with the test district, and a connection to the run's browser, for a whole file. */
export function useStage({
  files = false,
  ...centreOptions
}: TestCentreOptions & { /** Whether the centre takes files. */ files?: boolean } = {}): Stage {
  let server: TestServer;
  let centre: TestCentre;
  let browser: Browser;
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
  const processes: WorkstationProcess[] = [];
  beforeAll(async () => {
    [temporary, server, browser] = await Promise.all([temporaryFolder(), startTestServer(), launchBrowser()]);
    centre = await startDistrictCentre(server.server, {
      ...(files ? { evidenceFolder: join(temporary.folder, 'centre') } : {}),
      ...centreOptions,
    });
  });
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.stop()));
    await browser.close();
    await centre.stop();
    await server.stop();
    await temporary.remove();
  });
  const stage: Stage = {
    get centre() {
      return centre;
    },
    get folder() {
      return temporary.folder;
    },
    get browser() {
      return browser;
    },
    prepare: async (name, { unitPath, staffId, clock, prepare }) => {
      const dataFolder = join(temporary.folder, name);
      const workstation = await startWorkstation({
        dataFolder,
        host: createNodeHost(dataFolder),
        automaticSync: false,
        ...(clock ? { clock } : {}),
      });
      try {
        const { api } = workstation.connect();
        const code = await codeFor(centre, unitPath);
        await api.session.enrol({ centreUrl: centre.url, code, deviceName: name });
        await api.session.signIn({ staffId, password: PASSWORD });
        return await prepare(api);
      } finally {
        await workstation.close();
      }
    },
    reopen: async (name) => {
      const process = await openWorkstationProcess(browser, temporary.folder, name);
      processes.push(process);
      return process;
    },
    openWorkstation: async (name, options) => {
      const prepared = await stage.prepare(name, options);
      const { language = 'zh-CN', undoMs, now, moving = false, killable = false } = options;
      const process = await openWorkstationProcess(browser, temporary.folder, name, {
        moving,
        killable,
        ...(undoMs === undefined ? {} : { undoMs }),
        ...(now === undefined ? {} : { now }),
      });
      processes.push(process);
      await workstationPage(process.page, WORDS['zh-CN']).signIn(PASSWORD);
      if (language === 'en')
        await process.page.getByText(WORDS['zh-CN'].common.language.en, { exact: true }).first().click();
      return { workstation: workstationPage(process.page, WORDS[language]), process, prepared };
    },
  };
  return stage;
}
