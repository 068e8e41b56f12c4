import { join } from 'node:path';
import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/central/kernel/db/database.ts';
import { createDeltaSum, prepareDeltas, ROLLUP_TABLES, writeDeltas } from '../../src/central/rollup/index.ts';
import { restorationDeltas } from '../../src/domain/restoration/deltas.ts';
import { creditLineDeltas } from '../../src/domain/finance/deltas.ts';
import en from '../../src/renderer/figures/locales/en.ts';
import zh from '../../src/renderer/figures/locales/zh-CN.ts';
import { DEPARTMENTS as NAMES } from '../../tools/demo/department-names.ts';
import { application, live, rules } from '../support/lived-restorations.ts';
import { expectAccessible } from './support/accessible.ts';
import { languagesOf } from './support/languages.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const NOW = new Date('2026-05-20T02:00:00Z');
const MARCH = 'period=custom&from=2026-03-01&to=2026-03-31';
const departmentAt = (place: number): string => `/HS/D${String(place + 1).padStart(2, '0')}`;

let made = false;
/** Thirty departments, and a spring of applications and lines of credit as their counters have them. */
async function prepareDistrict(): Promise<void> {
  if (made) return;
  made = true;
  stage.centre.setNow(NOW);
  await stage.centre.admin.admin.createUnits({
    units: [
      ...NAMES.map((name, place) => ({
        path: departmentAt(place),
        body: 'department' as const,
        name: `${name}（虚构）`,
        disputePoint: false,
      })),
      ...['/HS/D01/D01W1', '/HS/D01/D01W2', '/HS/D02/D02W1'].map((path) => ({
        path,
        body: 'window' as const,
        name: `${path.slice(-5)}窗（虚构）`,
        disputePoint: false,
      })),
    ],
  });
  const [drawn = []] = fc.sample(fc.array(application, { minLength: 120, maxLength: 120 }), {
    numRuns: 1,
    seed: 16,
  });
  const sum = createDeltaSum();
  for (const { before, fact, after } of drawn.flatMap(live))
    sum.add(restorationDeltas(before, fact, after, { rules }));
  const [fact] = live(drawn[0] ?? fc.sample(application, 1)[0]!, 0);
  if (fact === undefined) throw new Error('Nothing was lived');
  sum.add(
    creditLineDeltas(
      undefined,
      { ...fact.fact, type: 'credit-line-granted' },
      {
        id: 'line',
        merchantId: 'm-1',
        merchantPath: '/HS/C1/M01/S001',
        merchantName: '虚构服饰店',
        category: 'individual-business',
        lender: { unitPath: '/HS/B01', name: '虚构银行' },
        consentId: 'consent',
        product: 'haige',
        fen: 30_000_000,
        on: '2026-03-10',
        until: '2027-03-10',
        reference: 'HT-1',
        drawnFen: 0,
        repaidFen: 0,
        entries: [],
        closedOn: null,
        revision: 1,
      },
    ),
  );
  const { database } = openDatabase(stage.centre.databaseUrl);
  await writeDeltas(database, prepareDeltas(sum), ROLLUP_TABLES).finally(() => database.destroy());
}

/** Pictures for whoever wants to look at them. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['HESHI_PICTURES'];
  if (folder === undefined) return;
  for (const [width, height] of [
    [1024, 700],
    [1920, 1080],
    [1366, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(folder, `${name}.${width}.png`), fullPage: true });
  }
}

describe.each(languagesOf('figures'))('figures by department, in %s', (language) => {
  const words = { 'zh-CN': zh, en }[language];

  it('are sorted, looked into and printed, add up, and stay as a copy while the centre is away', async () => {
    await prepareDistrict();
    const { workstation } = await stage.openWorkstation(`区台-${language}`, {
      unitPath: '/HS',
      staffId: 'supervisor-district',
      language,
      clock: () => NOW,
      now: NOW,
      prepare: async (api) => {
        await api.sync.now();
      },
    });
    const { page } = workstation;
    const goTo = (hash: string): Promise<void> =>
      page.evaluate((next) => {
        location.hash = `#/${next}`;
      }, hash);
    await goTo(`figures?period=custom&from=2025-03-01&to=2025-03-31`);
    await page.getByText(words.departments.nothing).waitFor();
    await goTo(`figures?${MARCH}`);
    const table = page.getByRole('table', { name: words.departments.label });
    await page.getByText(words.departments.reconciles).waitFor();
    await table.getByText(`${NAMES[0]}（虚构）`).waitFor();
    await expectAccessible(page);
    await picture(page, `figures.${language}`);

    // The most asked first, by keyboard.
    const asks = table.getByRole('columnheader', { name: words.short.asks, exact: true });
    await asks.focus();
    await page.keyboard.press('Enter');
    const rows = await table.locator('tbody tr.ant-table-row').allInnerTexts();
    const asked = rows.map((row) => Number(row.split('\t')[1]));
    expect(asked).toHaveLength(NAMES.length);
    expect(asked).toEqual(asked.toSorted((a, b) => b - a));
    expect(asked[0]).toBeGreaterThan(0);

    // What is behind a figure, and that none of it is in sight here.
    await table
      .getByRole('button', { name: new RegExp(words.columns.asks) })
      .first()
      .click();
    await page.getByText(words.applications.empty).waitFor();
    await picture(page, `figures-looked.${language}`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });

    const finance = page.getByRole('table', {
      name: words.finance.label.replace('{{by}}', words.finance.by.byProduct),
    });
    await finance.getByText('¥300,000').first().waitFor();
    const popup = page.waitForEvent('popup');
    await page.getByRole('button', { name: words.report }).click();
    await (await popup).close();

    await stage.centre.halt();
    try {
      await page.reload();
      await page.getByText(words.stale.title).waitFor();
      await goTo(`figures?period=custom&from=2026-03-02&to=2026-03-05`);
      await page.getByText(words.offline.title).waitFor();
    } finally {
      await stage.centre.resume();
    }
  });
});
