import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { archiveClosed } from '../../src/central/archive/archive.ts';
import { createUnitCache } from '../../src/central/kernel/units.ts';
import { caseInput } from '../support/workstation.ts';
import { WORDS, type Language } from './pages/words.ts';
import { languagesOf } from './support/languages.ts';
import { expectAccessible } from './support/accessible.ts';
import { useStage, type OpenWorkstation } from './support/stage.ts';

const DAY = 86_400_000;
const MALL = '/HS/C1/M01';
const PHONE = '13812349876';
/** Where screenshots of each state go when somebody wants to look at them. */
const SHOTS = process.env['HESHI_SCREENSHOTS'];

const stage = useStage();
let number = '';

/** A case of the mall that was closed more than three years ago, and one of this week. */
beforeAll(async () => {
  number = await stage.prepare('旧台', {
    unitPath: MALL,
    staffId: 'mediator-mall',
    prepare: async (api) => {
      const old = await api.cases.register(
        caseInput({ consumer: { name: '欧阳娜娜', phone: PHONE, address: '虚构路 1 号' } }),
      );
      const { id } = old;
      await api.cases.act({
        id,
        revision: 1,
        action: { step: 'case-withdrawn', payload: { reason: '双方自行和解' } },
      });
      await api.cases.act({
        id,
        revision: 2,
        action: { step: 'case-closed', payload: { satisfaction: 'satisfied' } },
      });
      await api.sync.now();
      return old.number;
    },
  });
  const { database } = stage.centre.centre;
  // The day on which its period is over comes at the centre.
  const archived = await archiveClosed(database, createUnitCache(), new Date(Date.now() + 1100 * DAY));
  if (archived !== 1) throw new Error(`${archived} cases archived`);
});

const openWorkstation = (language: Language): Promise<OpenWorkstation<void>> =>
  stage.openWorkstation(`台-${language}`, {
    unitPath: MALL,
    staffId: 'mediator-mall',
    language,
    prepare: async (api) => {
      await api.cases.register(caseInput({ consumer: { name: '本周', phone: '10012345678' } }));
      await api.sync.now();
    },
  });

const told = languagesOf('archive');

describe.each(told)('cases closed long ago, in %s', (language) => {
  const words = WORDS[language];
  const { archive } = words;

  it('are not in the list, are found at the centre, and are opened to be read', async () => {
    const { workstation } = await openWorkstation(language);
    const { page } = workstation;
    const shot = async (name: string): Promise<void> => {
      if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/archive-${name}-${language}.png` });
    };
    await workstation.goTo('cases');
    await page.getByRole('link', { name: archive.link }).waitFor();
    expect(await page.getByRole('link', { name: number }).count()).toBe(0);
    await shot('list');
    await page.getByRole('link', { name: archive.link }).click();
    await page.getByRole('heading', { name: archive.title }).waitFor();
    await expectAccessible(page);
    await shot('begin');

    const look = async (by: keyof typeof archive.byOption, text: string): Promise<void> => {
      await page.getByText(archive.byOption[by], { exact: true }).click();
      await page.getByRole('textbox', { name: archive.byOption[by] }).fill(text);
      await page.getByRole('button', { name: archive.search, exact: true }).click();
    };
    await look('number', 'XYZ-0000');
    await page.getByText(archive.none).waitFor();
    await expectAccessible(page);
    await shot('empty');

    const table = page.getByRole('table', { name: archive.results });
    for (const [by, text] of [
      ['number', number.slice(0, 6)],
      ['merchant', '虚构'],
      ['consumer', '欧阳'],
      ['phone', PHONE.slice(-4)],
    ] as const) {
      await look(by, text);
      await expect.poll(() => new URLSearchParams(page.url().split('?')[1]).get('by')).toBe(by);
      await table.getByRole('link', { name: number }).waitFor();
    }
    // The name is masked until the file is opened, which is on record.
    expect(await page.getByText('欧阳娜娜').count()).toBe(0);
    await expectAccessible(page);
    await shot('results');

    await table.getByRole('link', { name: number }).click();
    await page.getByText(archive.readOnly, { exact: true }).waitFor();
    await page.getByText('欧阳娜娜').first().waitFor();
    await page.getByText('双方自行和解').first().waitFor();
    expect(await page.getByText(PHONE).count()).toBe(0);
    expect(await page.getByText('虚构路 1 号').count()).toBe(0);
    await workstation.caseStatus('closed');
    expect(await page.getByRole('button', { name: words.common.action.more, exact: true }).count()).toBe(0);
    await expectAccessible(page);
    await shot('opened');

    await page.getByRole('button', { name: archive.back }).click();
    await table.waitFor();
    await stage.centre.halt();
    await look('number', `${number.slice(0, 5)} `);
    await page.getByText(archive.offline).waitFor();
    await expectAccessible(page);
    await shot('offline');
    // When the line is back it is asked by itself.
    await stage.centre.resume();
    await table.getByRole('link', { name: number }).waitFor();
    await page.getByText(archive.offline).waitFor({ state: 'hidden' });
  });
});

it('every search and every opening is on record at the centre, without the words', async () => {
  const { rows } = await sql<{ action: string; what: string; found: number; staff: string }>`
    SELECT action, what, found, staff_id AS staff FROM archive_access ORDER BY position`.execute(
    stage.centre.centre.database,
  );
  expect(rows.filter((row) => row.action === 'open')).toHaveLength(told.length);
  expect(new Set(rows.map((row) => row.staff))).toEqual(new Set(['mediator-mall']));
  expect(rows.some((row) => row.what.includes('欧阳') || row.what.includes('9876'))).toBe(false);
});
