import { useEffect } from 'react';

export type Shortcuts = {
  newCase(): void;
  newReturn(): void;
  search(): void;
  help(): void;
};

/**
 * The desk's shortcuts. Browsers keep Ctrl+N to themselves, so Alt+N does the same there. Ctrl+Enter sends
 * the form that has the focus.
 */
export function useShortcuts({ newCase, newReturn, search, help }: Shortcuts): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const modifier = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      const act = (work: () => void): void => {
        event.preventDefault();
        work();
      };
      if (event.key === 'F1') act(help);
      else if (modifier && key === 'k') act(search);
      // With Alt, some keyboards type another letter: the key's place decides.
      else if ((modifier || event.altKey) && event.code === 'KeyN') act(event.shiftKey ? newReturn : newCase);
      else if (modifier && event.key === 'Enter') {
        const form = document.activeElement?.closest('form') ?? document.querySelector('form[data-primary]');
        if (form instanceof HTMLFormElement) act(() => form.requestSubmit());
      }
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [newCase, newReturn, search, help]);
}

/** Ctrl+↓ and Ctrl+↑ move through a list; Enter opens where one is. */
export function useListKeys(
  count: number,
  current: number,
  move: (to: number) => void,
  open: () => void,
): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const typing =
        event.target instanceof HTMLElement && event.target.closest('textarea, [role="dialog"]') !== null;
      if (typing || count === 0) return;
      if (event.ctrlKey && event.key === 'ArrowDown') move(Math.min(count - 1, current + 1));
      else if (event.ctrlKey && event.key === 'ArrowUp') move(Math.max(0, current - 1));
      else if (event.key === 'Enter' && !event.ctrlKey && event.target === document.body && current >= 0)
        open();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [count, current, move, open]);
}
