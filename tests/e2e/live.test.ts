import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { caseInput } from '../support/workstation.ts';
import { WORDS, type Language } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const MALL = '/HS/C1/M01';
const SHOP = '/HS/C1/M01/S001';

/** A picture for whoever wants to look at it. */
const picture = (name: string): string | null => {
  const folder = process.env['HESHI_PICTURES'];
  return folder === undefined ? null : join(folder, `${name}.png`);
};

const words = (language: Language, name: string, unit: string): string => {
  const { presence } = WORDS[language].cases;
  const person = presence.person.replace('{{name}}', name).replace('{{unit}}', unit);
  return presence.open.replace('{{names}}', person);
};

describe('two people at one case', () => {
  it('see each other while both have it open, and each other’s steps without asking', async () => {
    const shop = await stage.openWorkstation('shop', {
      unitPath: SHOP,
      staffId: 'manager-shop',
      undoMs: 0,
      prepare: async (api) => {
        const { id } = await api.cases.register(caseInput());
        await api.sync.now();
        return id;
      },
    });
    const id = shop.prepared;
    const mall = await stage.openWorkstation('mall', {
      unitPath: MALL,
      staffId: 'mediator-mall',
      language: 'en',
      prepare: async (api) => {
        await api.sync.now();
      },
    });
    const [atShop, atMall] = [shop.process.page, mall.process.page];
    const show = (page: typeof atShop) => page.evaluate((to) => (location.hash = to), `#/cases/${id}`);
    await show(atShop);
    await atShop.getByRole('button', { name: WORDS['zh-CN'].cases.step['case-accepted'] }).waitFor();
    await show(atMall);
    const seenAtMall = atMall.getByText(words('en', '测试员', 'S001（测试）'));
    const seenAtShop = atShop.getByText(words('zh-CN', '测试员', 'M01（测试）'));
    await seenAtMall.waitFor();
    await seenAtShop.waitFor();
    await expectAccessible(atShop);
    await expectAccessible(atMall);
    for (const [page, name] of [
      [atShop, 'presence.zh'],
      [atMall, 'presence.en'],
    ] as const) {
      const path = picture(name);
      if (path !== null) await page.screenshot({ path });
    }

    await atShop.getByRole('button', { name: WORDS['zh-CN'].cases.step['case-accepted'] }).click();
    await shop.workstation.confirmStep('case-accepted');
    await mall.workstation.caseStatus('accepted');

    await atMall.evaluate(() => (location.hash = '#/cases'));
    await seenAtShop.waitFor({ state: 'detached' });
    expect(await atShop.getByText(WORDS['zh-CN'].cases.status.accepted).count()).toBeGreaterThan(0);
  });
});
