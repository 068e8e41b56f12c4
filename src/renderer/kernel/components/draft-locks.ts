/** Keys let go of in this window, until the browser has taken note. */
const leaving = new Map<string, Promise<unknown>>();

/**
 * Takes a draft for this form alone, over all windows of this browser: what another window is filling in is not brought back
 * here. The browser lets go of it when the window closes or dies.
 * @returns what lets go of it; null while another form has it
 */
export async function holdDraft(key: string): Promise<(() => void) | null> {
  await leaving.get(key);
  // A browser without locks brings every draft back, as if no other window had it.
  if (!('locks' in navigator)) return () => undefined;
  return new Promise((resolve) => {
    const held = navigator.locks
      .request(`heshi-draft:${key}`, { ifAvailable: true }, (lock) => {
        if (lock === null) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>((release) => {
          resolve(() => {
            leaving.set(key, held);
            release();
          });
        });
      })
      .catch(() => resolve(() => undefined));
  });
}
