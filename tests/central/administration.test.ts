import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { readXlsx } from 'hucre/xlsx';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Terminal } from '../../src/central/command/call.ts';
import { runCommand } from '../../src/central/command/index.ts';
import { runLocal } from '../../src/central/command/local.ts';
import { ADMIN_TOKEN } from '../support/postgres.ts';
import { enrolTestDevice } from '../support/device.ts';
import { CIRCLE, MALL, mallMediator, newCase, refusal, steps, useCentre } from './setting.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const setting = useCentre();

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

type Said = { code: number; out: string; error: string };

type Run = (given: readonly string[], terminal: Terminal) => Promise<number>;

/** Runs a command as `npm run central -- …` does, in this process; `command.test.ts` and `process.test.ts` start it. */
async function run(command: Run, args: string[], env: Record<string, string>): Promise<Said> {
  const said = { out: '', error: '' };
  const into = (name: 'out' | 'error'): Writable =>
    new Writable({
      decodeStrings: false,
      write: (chunk: string | Buffer, _encoding, done) => {
        said[name] += chunk.toString();
        done();
      },
    });
  const code = await command(args, { stdout: into('out'), stderr: into('error'), env });
  return { code, ...said };
}
const ask = (...args: string[]): Promise<Said> =>
  run(runCommand, [...args, '--url', setting.centre.url], { HESHI_ADMIN_TOKEN: ADMIN_TOKEN });
const local = (...args: string[]): Promise<Said> =>
  run(runLocal, args, { DATABASE_URL: setting.centre.databaseUrl });

describe('the command line', () => {
  it('makes what stands outside the hierarchy, and says in words what cannot stand there', async () => {
    const add = (path: string, ...more: string[]): Promise<Said> =>
      ask('units', 'add', '--unit', path, '--name', '虚构局', ...more);
    expect(await add('/HS/D01', '--body', 'department')).toMatchObject({ code: 0 });
    expect(await add('/HS/D01/D01W1', '--body', 'window', '--address', '一号')).toMatchObject({ code: 0 });
    expect((await ask('units', 'list', '--unit', '/HS/D01')).out).toContain(
      '/HS/D01/D01W1\t虚构局\t0\tregulator\tfalse\t0\t0\twindow\n',
    );
    const refused = await add('/HS/C1/B01', '--body', 'bank');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.error).toContain('a department or a bank stands right below a district');
    expect((await add('/HS/B01', '--body', 'bank', '--level', '3')).error).toContain('has no level');
    expect(await add('/HS/B01', '--body', 'school')).toMatchObject({ code: 2 });
    const person = await ask('staff', 'add', '--unit', '/HS/D01', '--name', '王某', '--role', 'mediator');
    expect(person.error).toContain('reviewers of a department');
  });

  it('makes units, people and codes, and a workstation that one of them enrols', async () => {
    expect(
      await ask(
        'units',
        'add',
        '--unit',
        '/HS/C2',
        '--name',
        '鼓楼商圈',
        '--level',
        '3',
        '--party',
        'operator',
      ),
    ).toMatchObject({ code: 0, out: '1 units created, 0 were there already.\n' });
    const file = join(folder, 'units.json');
    const more = [
      { path: '/HS/C2/M09', name: '九号商场', level: 2, party: 'operator', disputePoint: true },
      { path: '/HS/C2', name: '鼓楼商圈', level: 3, party: 'operator', disputePoint: true },
    ];
    await writeFile(file, JSON.stringify(more));
    expect(await ask('units', 'add', file)).toMatchObject({
      out: '1 units created, 1 were there already.\n',
    });
    const added = await ask('staff', 'add', '--unit', '/HS/C2/M09', '--name', '王某', '--role', 'mediator');
    expect(added.out).toMatch(/^Password of 王某, shown once: \S{12}\n1 accounts added: \S+\n$/);
    const id = added.out.trim().split(' ').at(-1) ?? '';
    const codes = JSON.parse((await ask('enrol', '/HS/C2/M09', '--minutes', '5', '--json')).out) as {
      code: string;
    }[];
    const device = await enrolTestDevice({ url: setting.centre.url, code: codes[0]?.code ?? '' });
    expect(device.unitPath).toBe('/HS/C2/M09');

    expect((await ask('units', 'list', '--unit', '/HS/C2')).out).toBe(
      'path\tname\tlevel\tparty\tdisputePoint\tworkstations\tstaff\tbody\n' +
        '/HS/C2\t鼓楼商圈\t3\toperator\ttrue\t0\t0\t-\n/HS/C2/M09\t九号商场\t2\toperator\ttrue\t1\t1\t-\n',
    );
    expect(await ask('staff', 'assign', id, '--unit', '/HS/C2', '--role', 'supervisor')).toMatchObject({
      code: 0,
    });
    expect(await ask('staff', 'password', id)).toMatchObject({ code: 0 });
    expect(await ask('staff', 'deactivate', id)).toMatchObject({ code: 0 });
    expect(JSON.parse((await ask('staff', 'list', '--unit', '/HS/C2', '--json')).out)).toEqual([
      { staffId: id, name: '王某', role: 'supervisor', unitPath: '/HS/C2', active: false },
    ]);
    // The workstation where the person was hears of it by its feed.
    const types = (await device.feed()).items.filter((item) => item.event.stream.id === id);
    expect(types.map((item) => item.event.type)).toEqual([
      'staff-added',
      'staff-assigned',
      'password-changed',
      'staff-deactivated',
    ]);

    expect(await ask('revoke', device.deviceId, '--reason', '设备报废')).toMatchObject({ code: 0 });
    expect(await refusal(device.feed())).toMatchObject({ code: 'DEVICE_REVOKED' });
  });

  it('says what is wrong with what was typed, and changes nothing', async () => {
    const wrong: [string[], number, RegExp][] = [
      [['enrol'], 2, /More is needed: enrol UNIT/],
      [['enrol', '/HS/NONE'], 1, /UNIT_UNKNOWN: No such unit: \/HS\/NONE/],
      // A level that the district does not have, and one that is not below the parent's: nothing of the list is made.
      [
        ['units', 'add', join(import.meta.dirname, '../import/fixtures/t-units-level-12.json')],
        1,
        /unit-level-unknown/,
      ],
      [
        ['units', 'add', '--unit', '/HS/C1/C9', '--name', 'x', '--level', '3', '--party', 'operator'],
        1,
        /unit-not-below-parent/,
      ],
      [['enrol', 'mall'], 1, /unitPaths\.0: invalid_format/],
      [['enrol', MALL, '--minutes', 'soon'], 2, /--minutes takes a whole number from 1 to 43200, not soon/],
      [['revoke', 'x'], 2, /--reason is missing/],
      [['revoke', 'x', '--reason', 'y'], 1, /DEVICE_UNKNOWN/],
      [['units', 'add', '--unit', '/HS/C3'], 2, /--name is missing/],
      [
        ['units', 'add', '--unit', '/HS/C3', '--name', 'x', '--level', '3', '--party', 'z'],
        2,
        /--party takes merchant, operator, regulator, not z/,
      ],
      [['staff', 'assign', 'nobody', '--unit', MALL, '--role', 'mediator'], 1, /staffId: staff-missing/],
      [['staff', 'sack', 'x'], 2, /There is no command staff sack/],
      [['units', 'list', 'all'], 2, /Not understood: all/],
    ];
    const said = await Promise.all(wrong.map(([args]) => ask(...args)));
    for (const [index, [args, code, text]] of wrong.entries()) {
      expect(said[index], args.join(' ')).toMatchObject({ code, out: '' });
      expect(said[index]?.error, args.join(' ')).toMatch(text);
    }
    expect((await setting.centre.admin.admin.units({})).units).toHaveLength(5);
  });
});

/** A few days of a case that settles, one that waits, and one that is refused by its rule. */
async function someFacts(): Promise<void> {
  const device = await setting.device(MALL);
  const by = { actor: mallMediator };
  const [first, other] = [newCase(), newCase()];
  await device.push(
    [
      { stream: first, ...steps.register(), ...by },
      { stream: first, ...steps.accept(), ...by },
      { stream: first, ...steps.settle(), ...by },
      { stream: other, ...steps.register(), ...by },
      { stream: newCase(), ...steps.accept(), ...by },
    ].map((draft) => device.event(draft)),
  );
}

describe('rebuild', () => {
  it('makes from the log exactly what was added up event by event, and mends what is not', async () => {
    await someFacts();
    const { database } = setting.centre.centre;
    const dump = async (): Promise<unknown> => {
      const counters = await sql`SELECT * FROM rollup_counter ORDER BY 1, 2, 3, 4, 5, 6`.execute(database);
      const handling = await sql`SELECT * FROM rollup_handling ORDER BY 1, 2, 3, 4, 5, 6`.execute(database);
      const states = await sql`SELECT kind, id, state FROM stream ORDER BY 1, 2`.execute(database);
      const credit = await sql`SELECT * FROM credit_fact ORDER BY 1, 2`.execute(database);
      const tasks = await sql`SELECT * FROM task ORDER BY 1, 2, 3, 4`.execute(database);
      return [counters.rows, handling.rows, states.rows, credit.rows, tasks.rows];
    };
    const before = await dump();
    expect((await local('rebuild')).out).toMatch(
      /^states: \d+ made anew, 0 had been otherwise\ncounters: \d+ made anew, 0 had .*\nhandling times: \d+ made anew, 0 had .*\ncredit: \d+ made anew, 0 had .*\npublic codes: \d+ made anew, 0 had .*\ntasks: \d+ made anew, 0 had .*\nDone\.\n$/,
    );
    expect(await dump()).toEqual(before);

    await sql`UPDATE rollup_counter SET settled = settled + 5 WHERE unit_path = ${CIRCLE} AND facet = ''`.execute(
      database,
    );
    await sql`DELETE FROM rollup_handling WHERE unit_path = ${MALL}`.execute(database);
    await sql`UPDATE credit_fact SET good = NOT good`.execute(database);
    await sql`UPDATE task SET since = '2020-01-01T00:00:00.000Z'`.execute(database);
    await sql`UPDATE stream SET state = replace(state, '"settled"', '"failed"') WHERE kind = 'case'`.execute(
      database,
    );
    const looked = JSON.parse((await local('rebuild', '--dry-run', '--json')).out) as {
      rebuilt: { what: string; mended: number }[];
    };
    // No merchant here has a public code; `public.test.ts` damages those.
    const untouched = looked.rebuilt.filter(({ mended }) => mended === 0).map(({ what }) => what);
    expect(untouched).toEqual(['public codes']);
    expect(await dump()).not.toEqual(before);
    await local('rebuild');
    expect(await dump()).toEqual(before);
    const verified = await local('verify');
    expect(verified).toMatchObject({ code: 0 });
    // A centre that runs beside it goes on counting on what was rebuilt.
    await someFacts();
    expect(await local('verify')).toMatchObject({ code: 0 });
  });

  it('gives a record that is gone its state and its sight back', async () => {
    await someFacts();
    const { database } = setting.centre.centre;
    const cases = async () =>
      (
        await sql`SELECT id, state, sight::jsonb AS sight FROM stream WHERE kind = 'case' ORDER BY id`.execute(
          database,
        )
      ).rows;
    const before = await cases();
    await sql`DELETE FROM stream WHERE kind = 'case'`.execute(database);
    await local('rebuild');
    expect(await cases()).toEqual(before);
    expect(await local('verify')).toMatchObject({ code: 0 });
  });
});

describe('export', () => {
  it('takes a scope’s facts out as lines, without texts and names, and keeps who did it', async () => {
    await someFacts();
    const done = await local('export', 'facts', '--unit', CIRCLE);
    expect(done).toMatchObject({ code: 0 });
    const rows = done.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const facts = rows.filter((row) => row['streamKind'] === 'case');
    expect(facts.map((row) => [row['type'], row['status'], row['rule']])).toEqual([
      ['case-registered', 'accepted', null],
      ['case-accepted', 'accepted', null],
      ['case-settled', 'accepted', null],
      ['case-registered', 'accepted', null],
      ['case-accepted', 'rejected', 'case-missing'],
    ]);
    expect(rows.every((row) => String(row['unitPath']).startsWith(CIRCLE))).toBe(true);
    for (const secret of ['张三', '10012345678', '虚构', 'argon2id']) expect(done.out).not.toContain(secret);
    expect(JSON.parse(String(facts[2]?.['payload']))).toMatchObject({ amountFen: 80_000, terms: '…' });

    const open = await local('export', 'facts', '--unit', CIRCLE, '--unmasked', '--reason', '移交档案');
    expect(open.out).toContain('10012345678');
    expect(open.out).not.toContain('argon2id');
    const { rows: kept } = await sql<{ what: string; masked: boolean; reason: string }>`
      SELECT what, masked, reason FROM export_log ORDER BY position`.execute(setting.centre.centre.database);
    expect(kept).toEqual([
      { what: 'facts', masked: true, reason: '' },
      { what: 'facts', masked: false, reason: '移交档案' },
    ]);
  });

  it('takes the roll-up out as a sheet that adds up, whole or not at all', async () => {
    await someFacts();
    const file = join(folder, 'rollup.xlsx');
    const order = ['export', 'rollup', '--unit', '/HS', '--format', 'xlsx', '--out', file];
    expect(await local(...order)).toMatchObject({ code: 0 });
    const { sheets } = await readXlsx(await readFile(file));
    const [heads = [], ...rows] = sheets.find((sheet) => sheet.name === 'export')?.rows ?? [];
    const column = heads.indexOf('registered');
    const registered = new Map(rows.map((row) => [String(row[0]), Number(row[column])]));
    expect(registered).toEqual(
      new Map([
        ['/HS', 2],
        [CIRCLE, 2],
        [MALL, 2],
      ]),
    );
    const again = await local(...order);
    expect(again).toMatchObject({ code: 1 });
    expect(again.error).toContain(`${file} is there already; nothing was written`);
    const lines = join(folder, 'rollup.ndjson');
    await local('export', 'rollup', '--unit', MALL, '--out', lines);
    expect(JSON.parse(await readFile(lines, 'utf8'))).toMatchObject({
      unitPath: MALL,
      registered: 2,
      settled: 1,
    });
  });

  it('says what is wrong before it looks at anything', async () => {
    const wrong: [string[], RegExp][] = [
      [['export', 'cases', '--unit', '/HS'], /facts, rollup/],
      [['export', 'facts'], /--unit takes a path such as/],
      [['export', 'facts', '--unit', '/HS', '--from', '1.3.2026'], /--from takes a day/],
      [['export', 'facts', '--unit', '/HS', '--from', '2026-03-02', '--to', '2026-03-01'], /is before/],
      [['export', 'rollup', '--unit', '/HS', '--format', 'xlsx'], /--out names the .xlsx file/],
      [['export', 'facts', '--unit', '/HS', '--unmasked'], /--unmasked needs a --reason/],
      [['rebuild', 'all'], /Not understood: all/],
    ];
    const said = await Promise.all(wrong.map(([args]) => local(...args)));
    for (const [index, [args, text]] of wrong.entries()) {
      expect(said[index], args.join(' ')).toMatchObject({ code: 2, out: '' });
      expect(said[index]?.error, args.join(' ')).toMatch(text);
    }
    const none = await local('export', 'facts', '--unit', '/XX');
    expect(none).toMatchObject({ code: 1, out: '' });
    expect(none.error).toMatch(/--unit \/XX: no such unit[^]*units list/);
  });
});
