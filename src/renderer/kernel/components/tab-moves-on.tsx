import { useRef, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';

const isOpen = (target: EventTarget): boolean =>
  target instanceof HTMLElement && target.getAttribute('aria-expanded') === 'true';

/**
 * Around a list that opens under its field: Tab goes on to the next field, always. antd's own lists swallow it while they
 * are open, and a moment longer, and choose whatever is marked. Here it takes the marked choice along only when the
 * person has decided on it: by arrows, or, where `typed` says so, by the text that they typed. Ctrl+Enter, which saves,
 * does the same. A value is chosen, never assumed.
 */
export function TabMovesOn({ typed = false, children }: { typed?: boolean; children: ReactNode }) {
  const decided = useRef(false);
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') decided.current = true;
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      if (decided.current || !isOpen(event.target)) return;
      // The form is sent without the mark that nobody chose.
      event.stopPropagation();
      window.dispatchEvent(new KeyboardEvent('keydown', event.nativeEvent));
    } else if (event.key === 'Enter' || event.key === 'Escape') decided.current = false;
    else if (event.key === 'Tab' && isOpen(event.target)) {
      if (decided.current) event.nativeEvent.preventDefault = () => undefined;
      else event.stopPropagation();
    }
  };
  const type = (event: FormEvent): void => {
    decided.current = typed && event.target instanceof HTMLInputElement && event.target.value !== '';
  };
  return (
    <div
      role="presentation"
      className="heshi-contents"
      onFocusCapture={() => (decided.current = false)}
      onInputCapture={type}
      onKeyDownCapture={press}
    >
      {children}
    </div>
  );
}
