import type { Locator, Page } from 'playwright-core';

/** Controls that a page has at most: one that Tab does not reach in so many steps it does not reach. */
const MOST_STEPS = 120;

/** A person without a mouse: Tab and its way back, arrows, Space, Enter and the shortcuts, and nothing else. */
export type ByKeyboard = {
  page: Page;
  /** Goes on by Tab until the control has the focus. @throws where it cannot be reached */
  to(control: Locator): Promise<void>;
  /** Goes to a button or a link and presses it. */
  press(control: Locator): Promise<void>;
  /** Goes to a room by Ctrl+K and its name. */
  room(name: string): Promise<void>;
  /** Types into a field in place of what stands there. */
  type(control: Locator, text: string): Promise<void>;
  /** Chooses of a list that is typed into. */
  choose(box: Locator, option: string): Promise<void>;
  /** Chooses one of a few that stand side by side, by its name. */
  pick(within: Locator, group: string, option: string): Promise<void>;
  /** Puts a tick, or turns a switch. */
  tick(control: Locator): Promise<void>;
  /** Ctrl+Enter: sends the form in front. */
  send(): Promise<void>;
};

const hasFocus = (control: Locator): Promise<boolean> =>
  control.evaluate((element) => {
    const { activeElement } = document;
    return element === activeElement || (activeElement !== null && element.contains(activeElement));
  });

export function byKeyboard(page: Page): ByKeyboard {
  const keyboard: ByKeyboard = {
    page,
    to: async (control) => {
      await control.waitFor();
      for (let step = 0; step < MOST_STEPS; step += 1) {
        if (await hasFocus(control)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Not reached by Tab: ${String(control)}`);
    },
    press: async (control) => {
      await keyboard.to(control);
      await page.keyboard.press('Enter');
    },
    room: async (name) => {
      await page.keyboard.press('Control+k');
      const palette = page.getByRole('dialog').filter({ has: page.getByRole('listbox') });
      await palette.getByRole('combobox').and(page.locator(':focus')).waitFor();
      await page.keyboard.insertText(name);
      await palette.getByRole('option', { name, exact: true, selected: true }).waitFor();
      await page.keyboard.press('Enter');
      await palette.waitFor({ state: 'hidden' });
    },
    type: async (control, text) => {
      await keyboard.to(control);
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText(text);
    },
    choose: async (box, option) => {
      await keyboard.to(box);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.insertText(option);
      await page
        .locator('.ant-select-item-option-active')
        .filter({ hasText: option, visible: true })
        .waitFor();
      await page.keyboard.press('Enter');
    },
    pick: async (within, group, option) => {
      const choices = within.getByRole('radiogroup', { name: group, exact: true });
      await keyboard.to(choices);
      const wanted = choices.getByRole('radio', { name: option, exact: true });
      // Of a group of which none is chosen the first has the focus, and is chosen by Space.
      if ((await choices.getByRole('radio', { checked: true }).count()) === 0)
        await page.keyboard.press('Space');
      for (let step = 0; step < 9 && !(await wanted.isChecked()); step += 1)
        await page.keyboard.press('ArrowRight');
    },
    tick: async (control) => {
      await keyboard.to(control);
      await page.keyboard.press('Space');
    },
    send: async () => {
      await page.keyboard.press('Control+Enter');
    },
  };
  return keyboard;
}
