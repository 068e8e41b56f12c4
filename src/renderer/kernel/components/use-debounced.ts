import { useEffect, useRef, useState } from 'react';

/** The value once it has not changed for `milliseconds`. Compared by its JSON, so that equal values do not restart the wait. */
export function useDebounced<Value>(value: Value, milliseconds: number): Value {
  const [settled, setSettled] = useState(value);
  const latest = useRef(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    latest.current = value;
  }, [value]);
  useEffect(() => {
    // The value's own identity changes with every render; its text restarts the wait.
    const timer = setTimeout(() => setSettled(() => latest.current), text === undefined ? 0 : milliseconds);
    return () => clearTimeout(timer);
  }, [text, milliseconds]);
  return settled;
}
