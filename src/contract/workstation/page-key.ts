/**
 * What a page shows besides its cookie in a browser on this machine. A browser sends cookies to whatever listens on any port of the same
 * address; the key stands in the page's own storage, which belongs to one port, and is sent only where the page asks.
 */
export const PAGE_KEY_HEADER = 'x-heshi-page';
/** The same in the address of what an element of the page loads by itself, such as a picture. */
export const PAGE_KEY_QUERY = 'page';
/** How the page is told its key, once: behind `#`, which no browser sends anywhere. */
export const PAGE_KEY_FRAGMENT = '#page=';
