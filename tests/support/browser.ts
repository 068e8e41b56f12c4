import { chromium } from 'playwright-core';
import { chromiumPath } from '../../tools/test/browser.ts';
import { shared } from './shared.ts';

/** Names, in a run of tests, where the browser that it has started for all of them takes connections. */
export const BROWSER_AT = 'HESHI_TEST_BROWSER';

/**
 * Starts, once for a whole run, the browser in which each window of a test is one of its own. Nothing is fetched from
 * outside. Where there is no browser none is started, and what needs it says so. A run within a test of another run has its
 * windows in that one's.
 */
export function setup(): Promise<() => Promise<void>> {
  return shared('browser', async () => {
    if (process.env[BROWSER_AT] !== undefined) return async () => undefined;
    const executablePath = chromiumPath();
    if (executablePath === null) return async () => undefined;
    const server = await chromium.launchServer({
      executablePath,
      host: '127.0.0.1',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // A window lives for seconds: what the optimizing compilers make of its code is thrown away before it pays, and its memory
        // need not be tidied so often. A sixth less of the processor.
        '--js-flags=--no-opt --no-maglev --min-semi-space-size=32',
        // A camera that shows a moving test picture, and no question about it.
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
      ],
    });
    process.env[BROWSER_AT] = server.wsEndpoint();
    return () => server.close();
  });
}
