import { useSyncExternalStore } from 'react';

/** Drafts that could not be kept when it was last tried. */
const unkept = new Set<string>();
const listeners = new Set<() => void>();

/** Says of the draft under this key whether what is typed there is being kept. */
export function tellKept(key: string, kept: boolean): void {
  const before = unkept.size;
  if (kept) unkept.delete(key);
  else unkept.add(key);
  if (unkept.size !== before) for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True while something typed in this window is kept nowhere but in it. */
export function useUnkept(): boolean {
  return useSyncExternalStore(subscribe, () => unkept.size > 0);
}
