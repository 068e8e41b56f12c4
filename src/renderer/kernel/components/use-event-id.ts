import { useState } from 'react';
import { uuidv7 } from 'uuidv7';

/**
 * The id under which a form without a draft records its fact: made once, so that the same save again, after a lost answer,
 * is the same fact. A form that stays for another one starts over by its key.
 */
export function useEventId(): string {
  const [id] = useState(() => uuidv7());
  return id;
}
