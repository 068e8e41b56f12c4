import { extname, join, normalize, sep } from 'node:path';

/** The one origin of our own pages in Electron. */
export const APP_ORIGIN = 'app://heshi';

/** Sent with every page: nothing from elsewhere runs, loads or frames. */
export const CONTENT_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  // antd writes its styles at run time.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** True for our own pages and nothing that merely looks like them. */
export function isOwnUrl(url: string): boolean {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}` === APP_ORIGIN;
  } catch {
    return false;
  }
}

/** Sites a link may open in the system browser: the authorities whose rules we cite. */
const OUTSIDE = new Set(['www.samr.gov.cn', 'www.12315.cn', 'flk.npc.gov.cn', 'www.gov.cn']);

export function mayOpenOutside(url: string): boolean {
  try {
    const { protocol, host } = new URL(url);
    return protocol === 'https:' && OUTSIDE.has(host);
  } catch {
    return false;
  }
}

/** What a page may ask the system for; everything else is denied. */
const PERMISSIONS: Record<string, string> = {
  notifications: 'deadlines that pass while another window is in front',
  media: 'photographing evidence; pictures only, never sound',
  'clipboard-sanitized-write': 'copying a case number',
};

/** `media` says what a request for the camera or microphone is for. */
export function isPermitted(
  permission: string,
  requestingUrl: string,
  media: readonly string[] = [],
): boolean {
  if (!isOwnUrl(requestingUrl) || !Object.hasOwn(PERMISSIONS, permission)) return false;
  return permission !== 'media' || (media.length > 0 && media.every((one) => one === 'video'));
}

const MEDIA_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The built file an `app://` address names, or null when it points outside the renderer's folder. */
export function rendererFile(root: string, url: string): { file: string; mediaType: string } | null {
  if (!isOwnUrl(url)) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
  const file = normalize(join(root, path === '/' ? 'index.html' : path));
  if (!file.startsWith(root.endsWith(sep) ? root : root + sep)) return null;
  return { file, mediaType: MEDIA_TYPES[extname(file)] ?? 'application/octet-stream' };
}
