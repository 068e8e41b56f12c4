import { useEffect, type RefObject } from 'react';

const FIELDS = 'input:not([type="hidden"]):not(:disabled), textarea:not(:disabled), [tabindex="0"]';

/** Panels are put into the page, and shown, some frames after they are drawn. */
const FRAMES = 30;

/**
 * Puts the focus into a form's first field as soon as its panel opens, so that typing begins at once, and back to where
 * it was when the panel goes. The panel itself must not take it (`autoFocus={false}`).
 */
export function useFieldFocus(form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const before = document.activeElement;
    let frame = 0;
    const attempt = (triesLeft: number): void => {
      const field = form.current?.querySelector<HTMLElement>(FIELDS);
      // A panel that is still sliding in must not be scrolled to.
      field?.focus({ preventScroll: true });
      const taken = field !== undefined && field !== null && document.activeElement === field;
      if (!taken && triesLeft > 0) frame = requestAnimationFrame(() => attempt(triesLeft - 1));
    };
    attempt(FRAMES);
    return () => {
      cancelAnimationFrame(frame);
      requestAnimationFrame(() => {
        const lost = document.activeElement === document.body;
        if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
      });
    };
  }, [form]);
}
