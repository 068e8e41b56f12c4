import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { textOf } from '../support/poppler.ts';
import { caseInput } from '../support/workstation.ts';
import { WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { languagesOf } from './support/languages.ts';
import { useStage } from './support/stage.ts';

const MALL = '/HS/C1/M01';

const stage = useStage();

/** A settled case at a workstation that has its numbers; the case's own number. */
async function settledCase(api: WorkstationClient): Promise<string> {
  const { id, number } = await api.cases.register(caseInput());
  await api.cases.act({ id, revision: 1, action: { step: 'case-accepted', payload: {} } });
  await api.cases.act({
    id,
    revision: 2,
    action: {
      step: 'case-settled',
      payload: {
        instrument: 'settlement-agreement',
        terms: '退还货款',
        amountFen: 128_000,
        performance: { kind: 'by', dueOn: '2027-01-15', manner: '原路退回' },
      },
    },
  });
  await api.sync.now();
  await api.sync.now();
  return number;
}

/** The PDF that a press opens in a window of its own. */
async function openedPdf(page: Page, press: () => Promise<void>): Promise<Uint8Array> {
  const opened = page.context().waitForEvent('page');
  await page.evaluate(() => {
    const make = URL.createObjectURL.bind(URL);
    const kept = window as unknown as { pdf?: Promise<number[]> };
    URL.createObjectURL = (blob) => {
      if (blob instanceof Blob) kept.pdf = blob.arrayBuffer().then((buffer) => [...new Uint8Array(buffer)]);
      return make(blob);
    };
  });
  await press();
  await (await opened).close();
  const bytes = await page.evaluate(() => (window as unknown as { pdf: Promise<number[]> }).pdf);
  return Uint8Array.from(bytes);
}

describe.each(languagesOf('documents'))('documents on the case page, in %s', (language) => {
  const words = WORDS[language];

  it('are previewed without a number, issued with one, signed on screen, and verified by file and by number', async () => {
    const { workstation, prepared: caseNumber } = await stage.openWorkstation(`台-${language}`, {
      unitPath: MALL,
      staffId: 'mediator-mall',
      language,
      prepare: settledCase,
    });
    const { page } = workstation;
    await workstation.openCase(caseNumber);
    await page.getByText(words.documents.empty).waitFor();

    await page.getByRole('button', { name: words.documents.issue, exact: true }).click();
    await page
      .getByRole('menuitem', { name: words.documents.kind['settlement-agreement'], exact: true })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(words.documents.numberHint).waitFor();
    await expectAccessible(page);
    const preview = await openedPdf(page, () =>
      dialog.getByRole('button', { name: words.documents.preview, exact: true }).click(),
    );
    expect(await textOf(preview)).toContain('退还货款');
    const issued = await openedPdf(page, () =>
      dialog.getByRole('button', { name: words.documents.issueAndPrint, exact: true }).click(),
    );
    await dialog.waitFor({ state: 'hidden' });
    const text = await textOf(issued);
    const number = /编号：(\S+?号)/.exec(text)?.[1] ?? '';
    const code = /校验码：([0-9A-F-]{14})/.exec(text)?.[1] ?? '';
    expect(number).toMatch(/〔\d{4}〕第\d{4}号$/);
    const list = page.getByRole('list', { name: words.documents.list });
    await list.getByText(number).waitFor();
    await expectAccessible(page);

    // The consumer and the mediator sign on the screen.
    await page.getByRole('button', { name: words.documents.signNamed.replace('{{number}}', number) }).click();
    for (const signer of ['consumer', 'mediator'] as const) {
      const name = words.documents.signer[signer];
      const field = page.getByRole('img', { name: words.documents.inkField.replace('{{name}}', name) });
      const box = await field.boundingBox();
      if (!box) throw new Error('The field to sign in is not on the screen');
      await page.mouse.move(box.x + 40, box.y + 40);
      await page.mouse.down();
      await page.mouse.move(box.x + 120, box.y + 90, { steps: 6 });
      await page.mouse.move(box.x + 200, box.y + 50, { steps: 6 });
      await page.mouse.up();
    }
    await expectAccessible(page);
    await page.getByRole('button', { name: words.documents.recordSignature, exact: true }).click();
    await list.getByText(words.documents.signed['on-screen']).waitFor();
    const signed = await openedPdf(page, () =>
      page
        .getByRole('button', { name: words.documents.openSignedNamed.replace('{{number}}', number) })
        .click(),
    );
    expect(Buffer.from(signed).equals(Buffer.from(issued))).toBe(false);
    // What was issued stays what it was.
    const again = await openedPdf(page, () =>
      page
        .getByRole('button', { name: words.documents.openNamed.replace('{{number}}', number), exact: true })
        .click(),
    );
    expect(Buffer.from(again).equals(Buffer.from(issued))).toBe(true);

    // Later, the paper is checked: the very file, one changed by a byte, and the number with its code.
    await page.getByRole('link', { name: words.documents.verify.link }).click();
    const choose = async (bytes: Uint8Array): Promise<void> => {
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: words.documents.verify.choose }).click();
      await (
        await chooser
      ).setFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from(bytes) });
    };
    await choose(signed);
    await page.getByText(words.documents.verify.verdict.unchanged).waitFor();
    await expectAccessible(page);
    const changed = Uint8Array.from(issued);
    changed[changed.length - 3] = (changed[changed.length - 3] ?? 0) ^ 1;
    await choose(changed);
    await page.getByText(words.documents.verify.verdict.altered, { exact: true }).waitFor();
    await page.getByLabel(words.documents.verify.number).fill(number);
    await page.getByLabel(words.documents.verify.code).fill('0000-0000-0000');
    await page.keyboard.press('Enter');
    await page.getByText(words.documents.verify.verdict['code-differs']).waitFor();
    await page.getByLabel(words.documents.verify.code).fill(code);
    await page.keyboard.press('Enter');
    await page.getByText(words.documents.verify.verdict.known, { exact: true }).waitFor();
    await page.getByRole('link', { name: words.documents.verify.openCase }).click();
    await page.getByText(caseNumber).first().waitFor();
  });
});
