import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportProgress } from '../../src/contract/workstation/imports.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { startWorkstation, type Workstation } from '../../src/main/workstation.ts';
import { nycFigures } from '../import/nyc-independent.ts';
import {
  codeFor,
  startTestCentre,
  startTestServer,
  type TestCentre,
  type TestServer,
} from '../support/postgres.ts';
import { PASSWORD } from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const FILE = fileURLToPath(new URL('../../data/nyc-mediated/mediated-complaints.csv', import.meta.url));
const PERIOD = { from: '2017-01-01', to: '2022-12-31' };

let server: TestServer;
let centre: TestCentre;
let workstation: Workstation;
let remove: () => Promise<void>;

beforeAll(async () => {
  server = await startTestServer();
  centre = await startTestCentre(server.server);
  const unit = { path: '/NY', name: '第二演示区', level: 4, party: 'regulator', disputePoint: true } as const;
  await centre.admin.admin.createUnits({ units: [unit] });
  const passwordHash = await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 });
  await centre.admin.admin.addStaff({
    staff: [{ id: 'supervisor-ny', name: '督导（虚构）', role: 'supervisor', unitPath: '/NY', passwordHash }],
  });
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  workstation = await startWorkstation({
    dataFolder: temporary.folder,
    host: createNodeHost(temporary.folder),
    automaticSync: false,
  });
});
afterAll(async () => {
  await workstation.close();
  await centre.stop();
  await server.stop();
  await remove();
});

describe('a real register of 2,345 mediated complaints', () => {
  it('counts in the district’s roll-up as an independent script counts it, and only once', async () => {
    const { api } = workstation.connect();
    await api.session.enrol({
      centreUrl: centre.url,
      code: await codeFor(centre, '/NY'),
      deviceName: '督导台',
    });
    await api.session.signIn({ staffId: 'supervisor-ny', password: PASSWORD });
    const bytes = await readFile(FILE);
    const importFile = async () => {
      const preview = await api.imports.open({
        fileName: 'mediated-complaints.csv',
        base64: bytes.toString('base64'),
      });
      expect(preview.accepted + preview.refused.length).toBe(2345);
      let last: ImportProgress | undefined;
      for await (const progress of await api.imports.commit({
        importId: preview.importId,
        unitPath: '/NY',
      })) {
        last = progress;
      }
      const refused = new Set(preview.refused.map((one) => one.row));
      return { last, refused };
    };
    const first = await importFile();
    expect(first.last).toMatchObject({ phase: 'finished', imported: 2310, existing: 0, refused: 35 });
    expect(await api.sync.now()).toMatchObject({ sign: 'proved', waiting: 0 });

    const expected = nycFigures(first.refused);
    const view = await centre.admin.admin.rollup({ path: '/NY', ...PERIOD });
    const { totals } = view.all;
    expect({
      settled: totals.settled,
      failed: totals['ended-failed'],
      withdrawn: totals.withdrawn,
      terminated: totals.terminated,
      refused: totals.refused,
      transferred: totals.transferred,
    }).toEqual(expected.counts);
    expect(totals['recovered-fen']).toBe(expected.restitutionFen);
    expect(view.all.caseHandling.medianDays).toBe(expected.medianDays);

    const second = await importFile();
    expect(second.last).toMatchObject({ imported: 0, existing: 2310 });
    expect(await api.sync.now()).toMatchObject({ sign: 'proved', waiting: 0 });
    expect((await centre.admin.admin.rollup({ path: '/NY', ...PERIOD })).all.totals).toEqual(totals);
    const { invariants } = await centre.admin.admin.verify();
    expect(invariants.some((one) => one.checked >= 2310)).toBe(true);
    expect(invariants.reduce((sum, one) => sum + one.broken, 0)).toBe(0);
  });
});
