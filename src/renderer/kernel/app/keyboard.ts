import { useEffect } from 'react';
import type { CommandEntry } from '../kit/manifest.ts';

export type Shortcuts = {
  /** What their keys begin, from anywhere. */
  commands: readonly CommandEntry[];
  begin(path: string): void;
  search(): void;
  help(): void;
  /** Closes the window to all eyes; `shift` where somebody takes over. */
  lock(shift: boolean): void;
};

/** The panel or dialog in front, which hides the page from the keyboard as it does from the eye; null without one. */
function dialogInFront(): Element | null {
  const dialogs = [...document.querySelectorAll('[role="dialog"]')].filter((one) => one.checkVisibility());
  return dialogs.at(-1) ?? null;
}

/** The form that Ctrl+Enter sends: the one with the focus, or the only one of the panel or page in front. */
function formInFront(): HTMLFormElement | null {
  const dialog = dialogInFront();
  const form = document.activeElement?.closest('form');
  if (form && (dialog === null || dialog.contains(form))) return form;
  // A dialog has one form, which may ask for nothing and so never have the focus.
  return dialog === null
    ? document.querySelector<HTMLFormElement>('form[data-primary]')
    : dialog.querySelector('form');
}

/** The button of the page in front that names these keys as its own. */
function buttonWith(keys: string): HTMLElement | null {
  if (dialogInFront() !== null) return null;
  return document.querySelector<HTMLElement>(`button[aria-keyshortcuts="${keys}"]:not(:disabled)`);
}

const POPUPS = '.ant-select-dropdown, .ant-picker-dropdown, .ant-dropdown, .ant-popover, .ant-popconfirm';

/**
 * Esc closes the panel in front even where a hint is shown under the resting mouse: the component library lets the
 * last layer that opened take the key, be it only a hint. Lists and pickers that are open close first, as ever.
 */
function closePanelUnderHint(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.isComposing) return;
  const shown = (selector: string): boolean =>
    [...document.querySelectorAll(selector)].some((one) => one.checkVisibility());
  if (!shown('[role="tooltip"]') || shown(POPUPS)) return;
  const close = dialogInFront()?.querySelector<HTMLElement>('.ant-drawer-close, .ant-modal-close');
  if (!close) return;
  event.preventDefault();
  event.stopPropagation();
  close.click();
}

/**
 * The workstation's shortcuts. Browsers keep Ctrl+N to themselves, so Alt+N does the same there. Ctrl+Enter sends the form in
 * front, and where there is none presses the page's primary button; Alt and a letter presses the button that names
 * them. A key that is held down does nothing twice.
 */
export function useShortcuts({ commands, begin, search, help, lock }: Shortcuts): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      // While an input method composes, its keys are its own.
      if (event.isComposing) return;
      const modifier = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      const act = (work: () => void): void => {
        event.preventDefault();
        if (!event.repeat) work();
      };
      const press = (keys: string): void => {
        const button = buttonWith(keys);
        if (button === null) return;
        act(() => {
          button.focus();
          button.click();
        });
      };
      const command = commands.find(
        ({ shortcut: { code, shift } }) => code === event.code && shift === event.shiftKey,
      );
      if (event.key === 'F1') act(help);
      else if (modifier && key === 'k') act(search);
      else if (modifier && key === 'l') act(() => lock(event.shiftKey));
      // With Alt, some keyboards type another letter: the key's place decides.
      else if ((modifier || event.altKey) && command) act(() => begin(command.path));
      else if (modifier && event.key === 'Enter') {
        const form = formInFront();
        if (form) act(() => form.requestSubmit());
        else press('Control+Enter');
      } else if (event.altKey && !modifier && !event.shiftKey && /^Key[A-Z]$/.test(event.code)) {
        press(`Alt+${event.code.slice(3)}`);
      }
    };
    window.addEventListener('keydown', listen);
    window.addEventListener('keydown', closePanelUnderHint, { capture: true });
    return () => {
      window.removeEventListener('keydown', listen);
      window.removeEventListener('keydown', closePanelUnderHint, { capture: true });
    };
  }, [commands, begin, search, help, lock]);
}

const within = (target: EventTarget | null, selector: string): boolean =>
  target instanceof HTMLElement && target.closest(selector) !== null;

/** Which way a key moves through a list: J and K while nobody types, Ctrl+↓ and Ctrl+↑ also from a field. */
function direction(event: KeyboardEvent): 1 | -1 | 0 {
  if (event.ctrlKey && event.key === 'ArrowDown') return 1;
  if (event.ctrlKey && event.key === 'ArrowUp') return -1;
  if (event.ctrlKey || event.metaKey || event.altKey) return 0;
  if (within(event.target, 'input, textarea, select, [contenteditable="true"], [role="combobox"]')) return 0;
  if (event.key === 'j' || event.key === 'J') return 1;
  if (event.key === 'k' || event.key === 'K') return -1;
  return 0;
}

/**
 * J and K, or Ctrl+↓ and Ctrl+↑, move through a list whose current row has the class `heshi-record-current`; the
 * row's link takes the focus, so that Enter opens it and a screen reader says it.
 */
export function useListKeys(
  count: number,
  current: number,
  move: (to: number) => void,
  open: () => void,
): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (count === 0 || event.isComposing || within(event.target, 'textarea, [role="dialog"]')) return;
      const step = direction(event);
      if (step !== 0) move(Math.max(0, Math.min(count - 1, current + step)));
      else if (event.key === 'Enter' && !event.ctrlKey && event.target === document.body && current >= 0)
        open();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [count, current, move, open]);

  useEffect(() => {
    if (current < 0) return;
    const row = document.querySelector('.heshi-record-current');
    row?.scrollIntoView({ block: 'nearest' });
    row?.querySelector('a')?.focus({ preventScroll: true });
  }, [current]);
}
