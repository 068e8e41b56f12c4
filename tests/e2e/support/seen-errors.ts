import fc from 'fast-check';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** What nobody should type, and what people type all the same. */
export const typed = fc.constantFrom(
  '',
  '   ',
  '25:99',
  '后天的后天',
  '2026-02-30',
  '2999-01-01',
  '约三百',
  '-5',
  '1e99',
  '138',
  '<b>加粗</b>',
  '长'.repeat(5000),
);

/** Types into everything of a form that can be typed into, sections unfolded for it and folded again. */
export async function fillAnything(form: Locator, texts: readonly string[]): Promise<void> {
  const folds = form.locator('.ant-collapse-header');
  for (const fold of await folds.all()) await fold.click();
  const fields = await form
    .locator(
      'input:not([type=search]):not([role=combobox]):not([type=checkbox]):not([type=radio]):visible, textarea:visible',
    )
    .all();
  for (const [index, field] of fields.entries()) await field.fill(texts[index % texts.length] ?? '');
  for (const fold of await folds.all()) await fold.click();
}

/** What the screen says after a press: the form is gone, or what is refused is seen and has the focus. */
export async function outcomeOf(
  page: Page,
  panel: Locator,
): Promise<'recorded' | 'at a field' | 'in a notice'> {
  const said = panel.locator('[role=alert]:visible').filter({ hasText: /\S/ });
  // A dialog goes with its form, a page stays without it; a form that asks nothing is never seen.
  const form = panel.locator('form').first();
  const gone = Promise.race([panel.waitFor({ state: 'hidden' }), form.waitFor({ state: 'detached' })]);
  gone.catch(() => undefined);
  await Promise.race([gone, said.first().waitFor()]);
  if (!(await panel.isVisible()) || (await form.count()) === 0) return 'recorded';
  const focused = (): Promise<boolean> =>
    page.evaluate(() => {
      const { activeElement: at } = document;
      const item = at?.closest('.ant-form-item-has-error, .heshi-group, [data-group]');
      return at !== null && item !== null && item !== undefined && at.getClientRects().length > 0;
    });
  if ((await panel.locator('.ant-form-item-has-error').count()) === 0) return 'in a notice';
  await expect.poll(focused).toBe(true);
  return 'at a field';
}
