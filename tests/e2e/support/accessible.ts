import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Waits until nothing on the page moves or fades any more. */
export async function motionOver(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
        .map((one) => one.finished.catch(() => undefined)),
    ),
  );
}

/** Serious and critical accessibility violations on what is shown now: rule and place of each. */
export async function seriousViolations(page: Page): Promise<string[]> {
  // A dialog that is still fading in has colours of its own.
  await motionOver(page);
  // Axe stays in a page that it has looked at. Its source, which the builder else sends twice at each look, takes longer to
  // read than a look takes.
  const isThere = await page.evaluate(() => 'axe' in window);
  // All rules, in the page itself: there are no frames of others, for which a second page would be opened.
  const { violations } = await new AxeBuilder({ page, ...(isThere ? { axeSource: 'undefined' } : {}) })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .map((one) => `${one.id} at ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

/** No serious or critical accessibility violation on what is shown now. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await seriousViolations(page)).toEqual([]);
}
