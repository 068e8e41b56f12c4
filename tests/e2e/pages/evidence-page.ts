import type { Locator, Page } from 'playwright-core';
import type { Words } from './words.ts';

type Payload = { name: string; mimeType: string; buffer: Buffer };

/** The evidence of the case on the screen. */
export type EvidencePage = {
  item(name: string | RegExp): Locator;
  choose(file: Payload): Promise<void>;
  drop(name: string, mediaType: string, bytes: Buffer): Promise<void>;
  paste(name: string, mediaType: string, bytes: Buffer): Promise<void>;
  /** Opens a piece of evidence large; the dialog. */
  open(name: string): Promise<Locator>;
  withdrawButton(name: string | RegExp): Locator;
  withdraw(name: string | RegExp, reason: string): Promise<void>;
};

export function evidencePage(page: Page, words: Words): EvidencePage {
  const item = (name: string | RegExp): Locator =>
    page
      .getByRole('list', { name: words.evidence.list })
      .getByRole('listitem')
      .filter({ has: page.locator('strong', { hasText: name }) });
  const withdrawButton = (name: string | RegExp): Locator =>
    item(name).getByRole('button', { name: words.evidence.withdraw });
  /** Hands a file over as the system would: in the event itself. */
  const hand = async (kind: 'drop' | 'paste', name: string, type: string, bytes: Buffer): Promise<void> => {
    const target = page.getByRole('button', { name: words.evidence.add });
    await target.evaluate(
      (element, { kind: event, name: fileName, type: mediaType, base64 }) => {
        const data = new DataTransfer();
        const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([content], fileName, { type: mediaType }));
        const init = { bubbles: true, cancelable: true };
        element.dispatchEvent(
          event === 'drop'
            ? new DragEvent('drop', { ...init, dataTransfer: data })
            : new ClipboardEvent('paste', { ...init, clipboardData: data }),
        );
      },
      { kind, name, type, base64: bytes.toString('base64') },
    );
  };
  return {
    item,
    withdrawButton,
    choose: async (file) => {
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: words.evidence.add }).click();
      await (await chooser).setFiles(file);
    },
    drop: (name, mediaType, bytes) => hand('drop', name, mediaType, bytes),
    paste: (name, mediaType, bytes) => hand('paste', name, mediaType, bytes),
    open: async (name) => {
      await item(name)
        .getByRole('button', { name: words.evidence.openNamed.replace('{{name}}', name) })
        .click();
      const dialog = page.getByRole('dialog', { name });
      await dialog.waitFor();
      return dialog;
    },
    withdraw: async (name, reason) => {
      await withdrawButton(name).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(words.evidence.withdrawReason).fill(reason);
      await dialog.getByRole('button', { name: words.evidence.withdraw, exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
    },
  };
}
