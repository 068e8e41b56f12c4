import { useSyncExternalStore } from 'react';

const ASKED = '(prefers-reduced-motion: reduce)';

function subscribe(changed: () => void): () => void {
  const query = matchMedia(ASKED);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** True when the person has asked their system to move nothing on the screen (WCAG 2.2, 2.3.3). */
export function useStill(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(ASKED).matches);
}
