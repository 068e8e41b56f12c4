import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openTestWorkstation, PASSWORD } from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TOOL = join(ROOT, 'tools/import.ts');
const REGISTER = join(ROOT, 'data/nyc-mediated/mediated-complaints.csv');

/** Exactly what the dry run may print, and nothing more. */
const Message = z.string().min(1);
const Verdict = z.strictObject({
  accepted: z.int(),
  refused: z.array(
    z.strictObject({
      row: z.int(),
      sheet: z.string().optional(),
      field: z.string(),
      rule: z.string(),
      message: Message,
    }),
  ),
  notes: z.array(
    z.strictObject({
      field: z.string(),
      note: z.string(),
      message: Message,
      count: z.int(),
      rows: z.array(z.string()),
    }),
  ),
  remarks: z.array(z.strictObject({ remark: z.string(), message: Message })),
  sheets: z.array(
    z.strictObject({ name: z.string(), rows: z.int(), read: z.boolean(), hidden: z.boolean() }),
  ),
  blocked: z.array(z.strictObject({ field: z.string(), rule: z.string(), message: Message })),
});

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterAll(() => remove());

/** Runs the command in an empty folder, so that whatever it left there would be seen. */
async function run(...given: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [TOOL, ...given], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test('a dry run judges every row of the register and prints nothing but the verdict', async () => {
  const { code, out } = await run(REGISTER, '--dry-run', '--json', '--language', 'en');
  expect(code).toBe(0);
  const { accepted, refused } = Verdict.parse(JSON.parse(out));
  expect(accepted + refused.length).toBe(2345);
  expect(accepted).toBe(2310);
  expect(new Set(refused.map((one) => one.row)).size).toBe(refused.length);
  expect(refused.find((one) => one.row === 189)).toEqual({
    row: 189,
    field: 'closedOn',
    rule: 'closed-before-start',
    message: expect.stringContaining('Mediation Close Date'),
  });
});

test('--today decides what lies in the future', async () => {
  const { out } = await run(REGISTER, '--dry-run', '--json', '--today', '2018-12-31');
  const { accepted, refused } = Verdict.parse(JSON.parse(out));
  expect(accepted + refused.length).toBe(2345);
  expect(refused.filter((one) => one.rule === 'date-in-future').length).toBeGreaterThan(100);
});

test('--kind and --mapping say what the headers do not', async () => {
  const path = await file('foreign.csv', 'A,B\n虚构服饰店,x\n虚构鞋店,y\n');
  const complaints = Verdict.parse(
    JSON.parse((await run(path, '--dry-run', '--json', '--kind', 'complaints')).out),
  );
  expect(complaints.refused.map((one) => one.rule)).toEqual(['column-missing', 'column-missing']);
  // As many verdicts as rows, and yet one message where all of them say the same.
  expect(complaints.blocked.map((one) => one.field)).toEqual([
    'merchantName',
    'startedOn',
    'closedOn',
    'outcome',
  ]);
  const told = await run(path, '--dry-run', '--kind', 'complaints', '--language', 'en');
  expect(told.out.split('\n').filter((line) => /No column is chosen/.test(line))).toHaveLength(4);
  expect(told.out).toMatch(/\n0 accepted, 2 refused\n$/);
  const mapping = await file('mapping.json', JSON.stringify({ kind: 'merchants', columns: { name: 0 } }));
  const given = Verdict.parse(JSON.parse((await run(path, '--dry-run', '--json', '--mapping', mapping)).out));
  expect(given).toMatchObject({ accepted: 2, refused: [], blocked: [] });
});

test('sheets are listed, chosen by name, and what is not read is said', async () => {
  const workbook = fileURLToPath(new URL('fixtures/x09-twelve-month-sheets.xlsx', import.meta.url));
  const order = ['--dry-run', '--json', '--today', '2026-12-31', '--sheet', '2月', '--sheet', '3月'];
  const { accepted, refused, sheets, remarks } = Verdict.parse(
    JSON.parse((await run(workbook, ...order)).out),
  );
  expect({ accepted, refused }).toEqual({ accepted: 2, refused: [] });
  expect(sheets.filter(({ read }) => read).map(({ name }) => name)).toEqual(['2月', '3月']);
  expect(remarks.map(({ remark }) => remark)).toEqual(Array.from({ length: 9 }, () => 'sheet-not-read'));
});

test('what cannot be done is said on standard error, naming what is wrong', async () => {
  const broken = await file('broken.json', '{');
  const wrong: [string[], RegExp][] = [
    [[], /Name a file/],
    [[join(folder, 'missing.csv'), '--dry-run'], /missing\.csv/],
    [[REGISTER, '--dry-run', '--today', '2018-02-30'], /--today/],
    [[REGISTER, '--dry-run', '--language', 'fr'], /--language/],
    [[REGISTER, '--dry-run', '--kind', 'people'], /--kind/],
    [[REGISTER, '--dry-run', '--mapping', broken], /broken\.json/],
    [[REGISTER, '--today', '2018-12-31'], /--today/],
    [[REGISTER, '--data', join(folder, 'nowhere')], /not enrolled/],
  ];
  for (const [given, reason] of wrong) {
    const { code, out, err } = await run(...given);
    expect({ given, code, out }).toEqual({ given, code: 2, out: '' });
    expect(err).toMatch(reason);
    expect(err).not.toMatch(/\n {4}at /);
  }
});

test('a real import saves through the workstation once, writes the refused rows, and says that they wait', async () => {
  const data = join(folder, 'workstation');
  await (await openTestWorkstation(data)).running.close();
  const password = await file('password.txt', `${PASSWORD}\n`);
  const into = ['--data', data, '--as', '测试员'];
  const roster = await file('名录.csv', '商户名称,承诺退货天数\n虚构鞋店,七天\n虚构帽店,七百天\n');
  const first = await run(roster, ...into, '--password-file', password, '--json', '--language', 'en');
  expect(first).toMatchObject({ code: 0 });
  expect(JSON.parse(first.out)).toEqual({
    imported: 1,
    updated: 0,
    existing: 0,
    refused: 1,
    refusedFile: '名录-refused.csv',
  });
  expect(first.err).toMatch(/Kept here; 2 not sent yet/);
  const refused = await readFile(join(folder, '名录-refused.csv'), 'utf8');
  expect(refused).toContain('is not a number of days');
  expect(refused).toContain('虚构帽店');

  const elsewhere = join(folder, 'elsewhere.csv');
  const second = await run(roster, ...into, '--password-file', password, '--refused', elsewhere);
  expect(second.err).toMatch(/0 imported, 0 changed, 1 there already, 1 refused/);
  expect(second.out).toBe('');
  expect(await readdir(folder)).toContain('elsewhere.csv');

  const wrong = await file('wrong.txt', 'not the password');
  const refusedSignIn = await run(roster, ...into, '--password-file', wrong);
  expect(refusedSignIn).toMatchObject({ code: 2, err: expect.stringContaining('SIGN_IN_FAILED') });
  expect((await run(roster, ...into)).err).toMatch(/No password was given/);
  expect((await run(roster, '--data', data, '--as', '别人')).err).toMatch(/--as NAME: 测试员/);

  const running = await openTestWorkstation(data, { signIn: false });
  const inUse = await run(roster, ...into, '--password-file', password);
  await running.running.close();
  expect(inUse).toMatchObject({ code: 2, err: expect.stringContaining('import on its screen') });
});
