import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { printedCode } from '../../src/domain/document/index.ts';
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
    // The page as it will be, drawn; what it lacks is said, and seen before it has a number.
    const drawn = (of: string) =>
      dialog.getByRole('region', { name: of }).locator('.heshi-sheet[data-drawn=true]').first().waitFor();
    await drawn(words.documents.preview);
    const numbering = dialog.getByRole('button', { name: words.documents.issueAndPrint, exact: true });
    const { missing, part } = words.documents.checks;
    await dialog.getByText(missing.replace('{{part}}', part['merchant-address'])).waitFor();
    await expectAccessible(page);
    const issued = await openedPdf(page, () => numbering.click());
    await dialog.waitFor({ state: 'hidden' });
    const text = await textOf(issued);
    const number = /编号：(\S+?号)/.exec(text)?.[1] ?? '';
    const code = /校验码：([0-9A-F-]{14})/.exec(text)?.[1] ?? '';
    expect(number).toMatch(/〔\d{4}〕第\d{4}号$/);
    const list = page.getByRole('list', { name: words.documents.list });
    await list.getByText(number).waitFor();
    await expectAccessible(page);

    // The consumer signs over the page, with the amount in sight; the mediator by the keyboard.
    await page.getByRole('button', { name: words.documents.signNamed.replace('{{number}}', number) }).click();
    await drawn(words.documents.toSign);
    await dialog.getByText('¥1,280', { exact: true }).waitFor();
    const consumer = words.documents.signer.consumer;
    const field = page.getByRole('img', { name: words.documents.inkField.replace('{{name}}', consumer) });
    await field.scrollIntoViewIfNeeded();
    const box = await field.boundingBox();
    if (!box) throw new Error('The field to sign in is not on the screen');
    await page.mouse.move(box.x + 40, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + 90, box.y + 30, { steps: 6 });
    await page.mouse.move(box.x + 160, box.y + 12, { steps: 6 });
    await page.mouse.up();
    await dialog.getByText(words.documents.given.drawn).waitFor();
    const mediator = dialog.getByRole('region', { name: words.documents.signer.mediator, exact: true });
    await mediator.getByRole('textbox').fill('周明');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await mediator.getByText(words.documents.given.typed).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: words.documents.recordSignature, exact: true }).click();
    await list.getByText(words.documents.signed['on-screen']).waitFor();
    const signed = await openedPdf(page, () =>
      page
        .getByRole('button', { name: words.documents.openSignedNamed.replace('{{number}}', number) })
        .click(),
    );
    expect(Buffer.from(signed).equals(Buffer.from(issued))).toBe(false);
    expect(await textOf(signed)).toContain('周明（键入姓名确认）');
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
    await page.getByLabel(words.documents.verify.code).fill('');
    await page.keyboard.press('Enter');
    await page.getByText(words.documents.verify.verdict['code-not-given']).waitFor();
    await page.getByLabel(words.documents.verify.code).fill(code);
    await page.keyboard.press('Enter');
    await page.getByText(words.documents.verify.verdict.agrees, { exact: true }).waitFor();
    await choose(Buffer.from('%PDF-1.4'));
    await page.getByText(words.documents.verify.verdict.foreign, { exact: true }).waitFor();
    // A hand scanner types the QR code and presses Enter.
    await page.getByLabel(words.documents.verify.number).fill(printedCode({ number, code }));
    await page.keyboard.press('Enter');
    await page.getByText(words.documents.verify.verdict.agrees, { exact: true }).waitFor();
    expect(await page.getByLabel(words.documents.verify.code).inputValue()).toBe(code);
    await page.getByRole('link', { name: words.documents.verify.openCase }).click();
    await page.getByText(caseNumber).first().waitFor();
  });
});
