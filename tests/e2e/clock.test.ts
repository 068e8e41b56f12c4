import { describe, expect, it } from 'vitest';
import { caseInput } from '../support/workstation.ts';
import { WORDS } from './pages/words.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
/** Years away from the machine's own clock, so that no word or day below can come from there. */
const AFTERNOON = new Date('2031-03-10T14:05:00+08:00');
const BEFORE_MIDNIGHT = new Date('2031-03-10T23:56:00+08:00');
/** Sooner than a window locks itself that nobody has touched. */
const AFTER_MIDNIGHT = new Date('2031-03-11T00:04:00+08:00');

describe('the day on the screen', () => {
  it('is that of the workstation, and changes with it while the screen stays open', async () => {
    // It would not take what is dated years ahead of it.
    stage.centre.setNow(BEFORE_MIDNIGHT);
    const { process, prepared } = await stage.openWorkstation('时钟台', {
      unitPath: '/HS/C1/M01',
      staffId: 'mediator-mall',
      clock: () => AFTERNOON,
      now: BEFORE_MIDNIGHT,
      prepare: async (api) => {
        const { id } = await api.cases.register({
          ...caseInput(),
          facts: { ...caseInput().facts, occurredOn: '2031-03-01' },
        });
        await api.cases.act({ id, revision: 1, action: { step: 'case-accepted', payload: {} } });
        return id;
      },
    });
    const { page } = process;
    const { cases, common } = WORDS['zh-CN'];
    await page.evaluate((id) => {
      location.hash = `#/cases/${id}`;
    }, prepared);
    const spoken = page.getByText(common.time.today.replace('{{time}}', '14:05')).first();
    await spoken.waitFor();
    await page.getByRole('button', { name: cases.step['session-recorded'] }).first().click();
    const heldOn = page.getByLabel(cases.field.heldOn);
    expect(await heldOn.inputValue()).toBe('2031-03-10');
    await page.keyboard.press('Escape');
    await heldOn.waitFor({ state: 'detached' });

    process.setClock(AFTER_MIDNIGHT);
    // The screen asks again when the person comes back to it, and otherwise every minute.
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    await page.getByText(common.time.yesterday.replace('{{time}}', '14:05')).first().waitFor();
    expect(await spoken.count()).toBe(0);
    await page.getByRole('button', { name: cases.step['session-recorded'] }).first().click();
    await expect.poll(() => heldOn.inputValue()).toBe('2031-03-11');
    await heldOn.fill('昨天');
    await heldOn.blur();
    expect(await heldOn.inputValue()).toBe('2031-03-10');
  });
});
