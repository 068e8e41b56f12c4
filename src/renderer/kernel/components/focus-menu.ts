/** A menu is put into the page, measured and shown over some frames; so long the focus may be lost again. */
const FRAMES = 60;

/**
 * Puts the focus on the first item of a menu that has just been opened (`onOpenChange` of antd's Dropdown), so that arrows
 * and Enter choose at once. antd's own `autoFocus` tries a single time, and misses on a slow machine.
 */
export function focusOpenedMenu(open: boolean): void {
  if (!open) return;
  const trigger = document.activeElement;
  const hold = (framesLeft: number): void => {
    const { activeElement } = document;
    // Whoever has gone on to something else meanwhile is left there.
    if (activeElement === trigger || activeElement === document.body) {
      const items = document.querySelectorAll<HTMLElement>('.ant-dropdown [role="menuitem"]');
      [...items].find((one) => one.checkVisibility())?.focus({ preventScroll: true });
    }
    if (framesLeft > 0) requestAnimationFrame(() => hold(framesLeft - 1));
  };
  requestAnimationFrame(() => hold(FRAMES));
}
