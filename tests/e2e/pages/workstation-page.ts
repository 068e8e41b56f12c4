import type { Locator, Page } from 'playwright-core';
import type { CaseAct } from '../../../src/contract/workstation/case.ts';
import type { Words } from './words.ts';

/** What a person does at a workstation, in their words: found by role and label only. */
export type WorkstationPage = {
  page: Page;
  enrol(centreUrl: string, code: string, name: string): Promise<void>;
  signIn(password: string): Promise<void>;
  goTo(
    section:
      | 'supervision'
      | 'today'
      | 'deadlines'
      | 'cases'
      | 'returns'
      | 'merchants'
      | 'rollup'
      | 'imports'
      | 'settings',
  ): Promise<void>;
  syncNow(): Promise<void>;
  /** The sync sign's state as the sign itself says it. */
  sign(): Locator;
  choose(label: string, option: string): Promise<void>;
  openCase(text: string, shows?: string): Promise<void>;
  /** Opens the form of a step: the primary button, or the menu of further steps. */
  openStep(step: CaseAct): Promise<void>;
  confirmStep(step: CaseAct): Promise<void>;
  caseStatus(status: keyof Words['cases']['status']): Promise<void>;
};

export function workstationPage(page: Page, words: Words): WorkstationPage {
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const workstation: WorkstationPage = {
    page,
    enrol: async (centreUrl, code, name) => {
      await page.getByLabel(words.session.enrol.centreUrl).fill(centreUrl);
      await page.getByLabel(words.session.enrol.code).fill(code);
      await page.getByLabel(words.session.enrol.deviceName).fill(name);
      await page.getByRole('button', { name: words.session.enrol.submit }).click();
      await page.getByLabel(words.session.signIn.password).waitFor();
    },
    signIn: async (password) => {
      await page.getByLabel(words.session.signIn.password).fill(password);
      await page.getByRole('button', { name: words.session.signIn.submit }).click();
      await page.getByRole('navigation', { name: words.common.nav.label }).waitFor();
    },
    goTo: async (section) => {
      const menu = page.getByRole('navigation', { name: words.common.nav.label });
      await menu.getByRole('menuitem', { name: words.common.nav[section] }).click();
    },
    syncNow: async () => {
      await workstation.sign().click();
      const drawer = page.getByRole('dialog', { name: words.common.sync.title });
      await drawer.getByRole('button', { name: words.common.sync.now }).click();
      await drawer.getByRole('button', { name: words.common.sync.now }).waitFor();
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'hidden' });
    },
    sign: () => page.getByRole('button', { name: new RegExp(`^${words.common.sync.title}`) }),
    choose: async (label, option) => {
      const box = page.getByRole('combobox', { name: label });
      await box.click();
      // Where nothing can be typed there is nothing to narrow: trying would wait for its whole patience.
      if (await box.isEditable()) await box.fill(option.slice(0, 6));
      await page.getByTitle(option, { exact: true }).last().click();
    },
    openCase: async (text, shows = text) => {
      await workstation.goTo('cases');
      await page.getByRole('searchbox', { name: words.cases.list.search }).fill(text);
      // Until what was searched for is there, the list shows what it showed before.
      const found = page.getByRole('table').first().getByRole('row').filter({ hasText: shows });
      await found.first().getByRole('link').first().click();
      await page.getByText(words.cases.page.next, { exact: true }).waitFor();
    },
    openStep: async (step) => {
      // What a case offers is known once its page is there.
      await page.getByText(words.cases.page.next, { exact: true }).first().waitFor();
      const name = words.cases.step[step];
      const primary = button(name);
      if (await primary.isVisible().catch(() => false)) await primary.click();
      else {
        await button(words.common.action.more).click();
        await page.getByRole('menuitem', { name, exact: true }).click();
      }
      await page.getByRole('dialog').waitFor();
    },
    confirmStep: async (step) => {
      const dialog = page.getByRole('dialog');
      // The panel's own way out may have the same name: "Close".
      await dialog.getByRole('button', { name: words.cases.step[step], exact: true }).last().click();
      await dialog.waitFor({ state: 'hidden' });
    },
    caseStatus: async (status) => {
      await page.getByText(words.cases.status[status], { exact: true }).first().waitFor();
    },
  };
  return workstation;
}
