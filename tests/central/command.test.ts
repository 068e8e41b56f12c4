import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Procedure } from '../../src/domain/procedure/procedure.ts';
import { ADMIN_TOKEN } from '../support/postgres.ts';
import { procedureFrom, settleWithin, YEAR_2027 } from '../support/procedures.ts';
import { useCentre } from './setting.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const setting = useCentre();

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

type Said = { code: number; out: string; error: string };

/** What a centre has to say of the tests' token, which is of the kind of releases before. */
const NOTICE =
  'This token has neither name nor end: make administrators by name (administrator add), then: administrator revoke unnamed\n';
let noticed = 0;

/** Runs `npm run central -- …` as an administrator would, in a process of its own. */
function run(args: string[], env: Record<string, string | undefined> = {}): Promise<Said> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['src/central/index.ts', ...args, '--url', setting.centre.url],
      { env: { ...process.env, HESHI_ADMIN_TOKEN: ADMIN_TOKEN, ...env } },
      (_failure, out, error) => {
        if (error.includes(NOTICE)) noticed += 1;
        resolve({ code: child.exitCode ?? -1, out, error: error.replace(NOTICE, '') });
      },
    );
  });
}

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const versions = async (): Promise<number[]> =>
  (await setting.centre.admin.admin.procedures({})).versions.map(({ version }) => version);

describe('the procedure command', () => {
  it('shows what is in force as a file that can be edited, checked and published', async () => {
    setting.centre.setNow(new Date('2026-03-10T02:00:00Z'));
    const shown = await run(['procedure', 'show']);
    expect(shown).toMatchObject({ code: 0 });
    expect(noticed).toBeGreaterThan(0);
    expect(shown.error).toContain('1: in-force, from 2000-01-01');
    const procedure = Procedure.parse(JSON.parse(shown.out));
    procedure.effectiveFrom = '2026-04-01';
    settleWithin(procedure, 2, 8);
    const path = await file('procedure.json', procedure);

    const checked = await run(['procedure', 'check', path]);
    expect(checked).toMatchObject({ code: 0, error: '' });
    expect(checked.out.split('\n')).toEqual([
      'Would become version 2 of /HS, from 2026-04-01, for 5 units.',
      'Against version 1, 2 fields change:',
      '  effectiveFrom: 2000-01-01 → 2026-04-01',
      '  levels.2.settleWorkingDays.value: 10 → 8',
      'Nothing was published.',
      '',
    ]);
    expect(await versions()).toEqual([1]);

    const published = await run(['procedure', 'publish', path]);
    expect(published).toMatchObject({ code: 0, error: '' });
    expect(published.out).toContain('Published as version 2 of /HS');
    expect(await versions()).toEqual([2, 1]);
    const again = await run(['procedure', 'show', '--version', '2']);
    expect(JSON.parse(again.out)).toEqual(procedure);

    const late = await file('late.json', procedureFrom('2026-03-20'));
    const refused = await run(['procedure', 'publish', late]);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.error).toContain(
      'effectiveFrom: procedure-dates-overlap: must begin later than the version before it, version 2, day 2026-04-01',
    );
    const replaced = await run(['procedure', 'publish', late, '--replaces', '2']);
    expect(replaced.out).toContain('Published as version 3');
  });

  it('names every field of a bad file and its rule, and publishes nothing', async () => {
    const bad = procedureFrom('2099-01-01', (one) => {
      one.levels[1]!.settleWorkingDays.value = 0;
      one.refusalGrounds[0]!.name.en = ' ';
    });
    const refused = await run(['procedure', 'publish', await file('bad.json', bad)]);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.error).toContain('Refused, nothing was changed:');
    expect(refused.error).toMatch(/ {2}levels\.1\.settleWorkingDays\.value: too_small/);
    expect(refused.error).toMatch(/ {2}refusalGrounds\.0\.name\.en: too_small/);
    const broken = await run(['procedure', 'check', await file('broken.json', '{"levels": [')]);
    expect(broken).toMatchObject({ code: 1, out: '' });
    expect(broken.error).toContain('broken.json is not JSON');
    const none = await run(['procedure', 'check', join(folder, 'none.json')]);
    expect(none.error).toContain('none.json cannot be read');
    expect(await versions()).toEqual([1]);
  });

  it('says what it needs', async () => {
    const token = await run(['procedure', 'show'], { HESHI_ADMIN_TOKEN: undefined });
    expect(token).toMatchObject({ code: 2 });
    expect(token.error).toContain('HESHI_ADMIN_TOKEN is not set');
    expect(await run(['procedure', 'delete'])).toMatchObject({ code: 2 });
    expect(await run(['procedure', 'publish'])).toMatchObject({ code: 2 });
    expect(await run(['procedure', 'show', '--version', 'two'])).toMatchObject({ code: 2 });
    const wrong = await run(['procedure', 'show'], { HESHI_ADMIN_TOKEN: 'not-this-one-at-all' });
    expect(wrong).toMatchObject({ code: 1 });
    expect(wrong.error).toContain('NOT_AUTHENTICATED');
    const help = await run(['procedure', '--help'], { HESHI_ADMIN_TOKEN: undefined });
    expect(help).toMatchObject({ code: 0 });
    expect(help.out).toContain('calendar import FILE');
    await setting.centre.halt();
    const away = await run(['procedure', 'show']);
    expect(away).toMatchObject({ code: 1 });
    expect(away.error).toContain(`The centre at ${setting.centre.url} cannot be reached`);
    await setting.centre.resume();
  });
});

describe('the calendar command', () => {
  it('imports a year as it is published, and a corrected one over it', async () => {
    // A shipped file as it stands: what an administrator downloads has the same members.
    const shipped = JSON.parse(
      await readFile('src/domain/kernel/calendar/holidays/2026.json', 'utf8'),
    ) as Record<string, unknown>;
    const first = await run(['calendar', 'import', await file('2026.json', shipped)]);
    expect(first).toMatchObject({ code: 0, error: '' });
    expect(first.out).toContain('Imported 2026 for /HS and 5 units: 33 days off, 6 make-up workdays');
    expect(first.out).toContain('It takes the place of: shipped. Both stay on record.');
    const next = { ...YEAR_2027, papers: [] };
    const bare = await run(['calendar', 'import', await file('2027.json', next)]);
    expect(bare).toMatchObject({ code: 1, out: '' });
    expect(bare.error).toContain('source: calendar-source-missing');
    const sourced = await run([
      'calendar',
      'import',
      await file('2027.json', next),
      '--source',
      '通知（虚构）',
    ]);
    expect(sourced).toMatchObject({ code: 0, error: '' });
    const shown = await run(['calendar', 'show']);
    expect(shown.out).toMatch(/^2027: 4 days off, 1 make-up workdays, imported .*, 通知（虚构）\n2026: /);
    const empty = await run(['calendar', 'import', 'src/domain/kernel/calendar/holidays/2027.json']);
    expect(empty.error).toContain('days: calendar-year-empty: the file has no day');
  });
});
