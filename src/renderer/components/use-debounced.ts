import { useEffect, useState } from 'react';

/** The value once it has not changed for `milliseconds`. Compared by its JSON, so that equal values do not restart the wait. */
export function useDebounced<Value>(value: Value, milliseconds: number): Value {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    // Read back from the text: the value's own identity changes with every render.
    const timer = setTimeout(() => setSettled(JSON.parse(text) as Value), milliseconds);
    return () => clearTimeout(timer);
  }, [text, milliseconds]);
  return settled;
}
