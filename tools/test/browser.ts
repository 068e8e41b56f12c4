import { existsSync } from 'node:fs';
import { run } from './command.ts';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** The browser the tests drive: `CHROMIUM_PATH`, or one found in the usual places. */
export function chromiumPath(): string | null {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined) return existsSync(given) ? given : null;
  return PLACES.find((place) => existsSync(place)) ?? null;
}

async function missing(): Promise<string[]> {
  const absent: string[] = [];
  if (chromiumPath() === null) absent.push('chromium');
  if ((await run('sh', ['-c', 'command -v pdftotext >/dev/null'])) !== 0) absent.push('poppler-utils');
  const fonts = ['sh', ['-c', 'fc-list :lang=zh 2>/dev/null | grep -q .']] as const;
  if (process.platform === 'linux' && (await run(fonts[0], fonts[1])) !== 0) absent.push('fonts-noto-cjk');
  return absent;
}

/**
 * Makes sure that a browser, a Chinese font and the PDF tools are there. As root on Debian they are
 * installed; elsewhere it says what to install and returns false.
 */
export async function prepareBrowser(): Promise<boolean> {
  let absent = await missing();
  if (absent.length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const environment = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], environment);
    await run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'fontconfig', ...absent],
      environment,
    );
    absent = await missing();
  }
  if (absent.length > 0) {
    process.stdout.write(
      `The browser tests need what is missing here: ${absent.join(', ')}.\n` +
        'On Debian: sudo apt-get install chromium fonts-noto-cjk poppler-utils. Elsewhere install Chrome or ' +
        'Chromium (or set CHROMIUM_PATH), poppler and a Chinese font.\n',
    );
  }
  return absent.length === 0;
}
