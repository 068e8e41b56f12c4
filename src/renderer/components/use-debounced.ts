import { useEffect, useState } from 'react';

/** The value once it has not changed for `milliseconds`. Compared by its JSON, so that equal values do not restart the wait. */
export function useDebounced<Value>(value: Value, milliseconds: number): Value {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
    // `text` stands for `value`: its identity changes with every render.
  }, [text, milliseconds]);
  return settled;
}
