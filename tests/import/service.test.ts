import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  cautionsOf,
  type ImportPreview,
  type ImportProgress,
} from '../../src/contract/workstation/imports.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { openTestWorkstation, type TestWorkstation } from '../support/workstation.ts';
import { nycFile } from './helpers.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

let folder: string;
let remove: () => Promise<void>;
const open: TestWorkstation[] = [];

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(async () => {
  for (const { running } of open.splice(0)) await running.close();
  await remove();
});

async function workstation(
  options: Parameters<typeof openTestWorkstation>[1] = {},
): Promise<TestWorkstation> {
  const opened = await openTestWorkstation(folder, options);
  open.push(opened);
  return opened;
}

const preview = (
  api: WorkstationClient,
  content: string | Uint8Array,
  fileName = '名录.csv',
): Promise<ImportPreview> => api.imports.open({ fileName, base64: Buffer.from(content).toString('base64') });

type Finished = Extract<ImportProgress, { phase: 'finished' }>;

async function commit(
  api: WorkstationClient,
  importId: string,
  unitPath: string,
  cautionsConfirmed = false,
): Promise<{ finished: Finished; working: number[] }> {
  const working: number[] = [];
  for await (const progress of await api.imports.commit({ importId, unitPath, cautionsConfirmed })) {
    if (progress.phase === 'finished') return { finished: progress, working };
    working.push(progress.done);
  }
  throw new Error('The import ended without its figures');
}

const ROSTER = [
  '商户名称,统一社会信用代码,所属商场,承诺退货天数',
  '虚构服饰店,91330100799655058B,第一商场,7天',
  '虚构鞋店,,第一商场,',
  '虚构鞋店,,没有这个商场,',
  // The same again, by its name and by its code.
  '虚构鞋店,,第一商场,',
  '虚构服饰店（分号）,91330100799655058B,,',
  '虚构坏码店,91330100799655058A,第一商场,',
  '虚构无码店,办理中,第一商场,',
].join('\n');

describe('a roster', () => {
  it('makes merchants with their commitments in the units it names, each once', async () => {
    const { api } = await workstation({ unitPath: '/HS/C1', role: 'supervisor' });
    const first = await preview(api, ROSTER);
    expect(first).toMatchObject({
      rows: 7,
      accepted: 6,
      mappingFrom: 'known',
      mapping: { kind: 'merchants' },
    });
    expect(first.refused.map((one) => [one.row, one.rule])).toEqual([[8, 'credit-code-none']]);
    // A code that looks wrong is asked about once, and then kept as it is.
    expect(cautionsOf(first)).toMatchObject([{ note: 'credit-code-doubtful', count: 1, rows: ['7'] }]);
    await expect(commit(api, first.importId, '/HS/C1')).rejects.toMatchObject({
      code: 'RULE',
      data: { rule: 'import-cautions-unconfirmed', parameters: { count: 1 } },
    });
    expect((await api.merchants.list({ limit: 50 })).total).toBe(0);
    const { finished } = await commit(api, first.importId, '/HS/C1', true);
    expect(finished).toMatchObject({ imported: 4, existing: 2, refused: 1 });
    const { items } = await api.merchants.list({ limit: 50 });
    expect(
      items
        .map((one) => `${one.name} ${one.unitPath} ${one.commitmentDays}`)
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual([
      '虚构坏码店 /HS/C1/M01 null',
      '虚构服饰店 /HS/C1/M01 7',
      '虚构鞋店 /HS/C1 null',
      '虚构鞋店 /HS/C1/M01 null',
    ]);
    expect(finished.refusedFile?.fileName).toBe('名录-refused.csv');
    const file = Buffer.from(finished.refusedFile?.base64 ?? '', 'base64').toString('utf8');
    expect(file.startsWith('\ufeff')).toBe(true);
    expect(file).toContain('虚构无码店');
    expect(file).not.toContain('虚构鞋店');

    const again = await commit(api, (await preview(api, ROSTER)).importId, '/HS/C1', true);
    expect(again.finished).toMatchObject({ imported: 0, existing: 6 });
    expect((await api.merchants.list({ limit: 50 })).total).toBe(4);
  });

  it('is read by the mapping a person gave for its shape, then and later', async () => {
    const { api } = await workstation();
    const foreign = 'A,B\n虚构服饰店,x\n虚构鞋店,y\n';
    const first = await preview(api, foreign);
    expect(first).toMatchObject({ mappingFrom: 'guessed', accepted: 0 });
    const mapped = await api.imports.remap({
      importId: first.importId,
      mapping: { kind: 'merchants', columns: { name: 0 } },
    });
    expect(mapped).toMatchObject({ importId: first.importId, mappingFrom: 'given', accepted: 2 });
    expect(await preview(api, foreign.replace('鞋', '帽'))).toMatchObject({
      mappingFrom: 'remembered',
      accepted: 2,
    });
  });
});

describe('a register', () => {
  it('is saved at the desk’s own unit only, naming the field', async () => {
    const { api, unitPath } = await workstation();
    const { importId } = await preview(api, nycFile(), 'mediated-complaints.csv');
    await expect(commit(api, importId, '/HS')).rejects.toMatchObject({
      code: 'RULE',
      data: { rule: 'outside-scope', field: 'unitPath' },
    });
    expect((await api.cases.list({ limit: 1 })).total).toBe(0);
    const { finished, working } = await commit(api, importId, unitPath);
    expect(finished).toMatchObject({ imported: 2310, existing: 0, refused: 35 });
    expect(working).toEqual([0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000, 2250]);
  });

  it('may be broken off: the preview stays, and the rest is saved without doubling the first part', async () => {
    const { api, unitPath, running } = await workstation();
    const { importId } = await preview(api, nycFile(), 'mediated-complaints.csv');
    const { store } = running.parts;
    const write = store.write.bind(store);
    let writes = 0;
    store.write = (work) => {
      writes += 1;
      return writes === 3
        ? write(async (writer) => {
            await work(writer);
            throw Object.assign(new Error('SQLITE_FULL: database or disk is full'), { code: 'SQLITE_FULL' });
          })
        : write(work);
    };
    await expect(commit(api, importId, unitPath)).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    store.write = write;
    expect((await api.cases.list({ limit: 1 })).total).toBe(500);
    const { finished } = await commit(api, importId, unitPath);
    expect(finished).toMatchObject({ imported: 1810, existing: 500 });
    const numbers = await store.read.selectFrom('case_row').select('number').distinct().execute();
    expect(numbers).toHaveLength(2310);
  });

  it('is refused to a shop manager, who may not change past figures', async () => {
    const { api, unitPath } = await workstation({ unitPath: '/HS/C1/M01/S001', role: 'shop-manager' });
    const register =
      '投诉编号,被投诉商户,投诉时间,办结时间,处理结果\n1,虚构甲店,2026-03-01,2026-03-02,调解成功';
    const { importId } = await preview(api, register);
    await expect(commit(api, importId, unitPath)).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
      data: { capability: 'case.import' },
    });
  });
});

it('names what is wrong with a file, and knows no import that was not opened', async () => {
  const { api, unitPath } = await workstation();
  await expect(preview(api, '')).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    data: { rule: 'empty-file' },
  });
  await expect(commit(api, crypto.randomUUID(), unitPath)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
