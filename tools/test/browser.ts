import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run } from './command.ts';

/** Debian's packages of the browser, the better one first: without windows of its own it takes a sixth less of the processor. */
const PACKAGES = ['chromium-headless-shell', 'chromium'] as const;

const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
  'C:/Program Files (x86)/Google/Chrome/Application/chrome.exe',
];

/** The browser the tests drive: `CHROMIUM_PATH`, or one found in the usual places. */
export function chromiumPath(): string | null {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined) return existsSync(given) ? given : null;
  return PLACES.find((place) => existsSync(place)) ?? null;
}

/** Debian's names of the packages that are not here; `browser` where there is none. */
function missing(browser: (typeof PACKAGES)[number] = 'chromium'): string[] {
  const absent: string[] = [];
  if (chromiumPath() === null) absent.push(browser);
  const poppler = spawnSync('pdftotext', ['-v'], { stdio: 'ignore' });
  if (poppler.error !== undefined) absent.push('poppler-utils');
  const qpdf = spawnSync('qpdf', ['--version'], { stdio: 'ignore' });
  if (qpdf.error !== undefined) absent.push('qpdf');
  // Elsewhere than on Linux the system brings Chinese fonts along.
  if (process.platform === 'linux') {
    const fonts = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' });
    if (fonts.error !== undefined || fonts.stdout.trim() === '') absent.push('fonts-noto-cjk');
    // Ideographs of the supplementary planes on papers; elsewhere the system's own font shows them.
    if (!existsSync('/usr/share/fonts/truetype/hanazono/HanaMinB.ttf')) absent.push('fonts-hanazono');
  }
  return absent;
}

/**
 * Makes sure that a browser, a Chinese font and the PDF tools are there. As root on Debian they are
 * installed; elsewhere it says what to install and returns false.
 */
export async function prepareBrowser(): Promise<boolean> {
  const installs = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  // Not every release of Debian has the first: then the second.
  for (const browser of installs ? PACKAGES : []) {
    const wanted = missing(browser);
    if (wanted.length === 0) break;
    const environment = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], environment);
    await run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'fontconfig', ...wanted],
      environment,
    );
  }
  const absent = missing();
  if (absent.length > 0) {
    process.stdout.write(
      `The browser tests need what is missing here: ${absent.join(', ')}.\n` +
        'On Debian: sudo apt-get install chromium fonts-noto-cjk fonts-hanazono poppler-utils qpdf. Elsewhere install ' +
        'Chrome or Chromium (or set CHROMIUM_PATH), poppler, qpdf and a Chinese font.\n',
    );
  }
  return absent.length === 0;
}
