import { describe, expect, it } from 'vitest';
import english from '../../src/renderer/visit/locales/en.ts';
import chinese from '../../src/renderer/visit/locales/zh-CN.ts';
import { WORDS, type Language } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const VISITS = { 'zh-CN': chinese, en: english };

// Neither unit sees what the other records.
const WORKSTATIONS: [Language, { unitPath: string; staffId: string }][] = [
  ['zh-CN', { unitPath: '/HS/C1/M01', staffId: 'mediator-mall' }],
  ['en', { unitPath: '/HS/C1/M02', staffId: 'mediator-second' }],
];

describe.each(WORKSTATIONS)('visits, in %s', (language, place) => {
  it('are led to by the navigation, listed, and found', async () => {
    const visits = VISITS[language];
    const { workstation } = await stage.openWorkstation(`台-${language}`, {
      ...place,
      language,
      prepare: async (api) => {
        for (const shopName of ['虚构服饰店', '虚构鞋店'])
          await api.visits.record({ visitId: crypto.randomUUID(), shopName, note: '明码标价' });
      },
    });
    const { page } = workstation;
    const navigation = page.getByRole('navigation', { name: WORDS[language].common.nav.label });
    await navigation.getByRole('menuitem', { name: visits.title }).click();
    await page.getByRole('heading', { name: visits.title }).waitFor();
    const cell = (name: string) => page.getByRole('cell', { name, exact: true });
    await cell('虚构服饰店').waitFor();
    await cell('虚构鞋店').waitFor();
    await page.getByRole('columnheader', { name: visits.shop, exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByLabel(visits.search).fill('xgxd');
    await cell('虚构服饰店').waitFor({ state: 'detached' });
    expect(await cell('虚构鞋店').count()).toBe(1);
  });
});
