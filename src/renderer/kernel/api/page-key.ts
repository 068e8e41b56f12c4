import {
  PAGE_KEY_FRAGMENT,
  PAGE_KEY_HEADER,
  PAGE_KEY_QUERY,
} from '../../../contract/workstation/page-key.ts';

const KEPT = 'heshi-page-key';

/** Takes the key from the address that the person came by, and keeps it for other windows of this workstation. */
function takeKey(): string | null {
  if (location.protocol === 'app:') return null;
  if (location.hash.startsWith(PAGE_KEY_FRAGMENT)) {
    localStorage.setItem(KEPT, location.hash.slice(PAGE_KEY_FRAGMENT.length));
    history.replaceState(null, '', location.pathname);
  }
  return localStorage.getItem(KEPT);
}

const key = takeKey();

/** What every call of the page shows; nothing in Electron, which hands its page a port of its own. */
export const pageHeaders: Readonly<Record<string, string>> = key === null ? {} : { [PAGE_KEY_HEADER]: key };

/** An address of the workstation that an element loads by itself. */
export function withPageKey(address: string): string {
  return key === null ? address : `${address}?${PAGE_KEY_QUERY}=${encodeURIComponent(key)}`;
}
