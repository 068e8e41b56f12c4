import type { Page, Request } from 'playwright-core';

/** Nothing moves on the page for so long once it is settled. */
const QUIET_MS = 100;
const PATIENCE_MS = 15_000;
/** The streams of changes, which stay open as long as their screen is shown. */
const STREAM = /\/rpc\/.*\/watch$/;

/** Waits until nothing of the page's document has changed for a while. */
async function quiet(page: Page): Promise<void> {
  await page.evaluate(
    (quietMs) =>
      new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(over, quietMs);
        });
        const over = (): void => {
          observer.disconnect();
          resolve();
        };
        let timer = setTimeout(over, quietMs);
        observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      }),
    QUIET_MS,
  );
}

/**
 * From now on knows what the page asks for. Resolves, when called, once no question is unanswered and the screen has not
 * changed for a tenth of a second. @throws when that takes longer than 15 seconds
 */
export function watchSettling(page: Page): () => Promise<void> {
  const asked = new Set<Request>();
  page.on('request', (request) => {
    if (!STREAM.test(new URL(request.url()).pathname)) asked.add(request);
  });
  page.on('requestfinished', (request) => asked.delete(request));
  page.on('requestfailed', (request) => asked.delete(request));
  return async () => {
    const until = Date.now() + PATIENCE_MS;
    do {
      if (Date.now() > until)
        throw new Error(`Still not settled: ${Array.from(asked, (one) => one.url()).join(', ')}`);
      await quiet(page);
    } while (asked.size > 0);
  };
}
