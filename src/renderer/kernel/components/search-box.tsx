import { Input } from 'antd';
import { useEffect, useRef, useState } from 'react';

/**
 * A search whose text is also kept elsewhere, such as in the address. The text stands here at once and the other
 * follows: an input method may not be interrupted by a value that comes back later.
 */
export function SearchBox(props: {
  label: string;
  hint: string;
  value: string;
  onChange: (text: string) => void;
}) {
  const { value } = props;
  const [text, setText] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    // Only what this box did not send itself is somebody else's change.
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);
  return (
    <Input.Search
      allowClear
      aria-label={props.label}
      placeholder={props.hint}
      className="heshi-search"
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        sent.current = event.target.value;
        props.onChange(event.target.value);
      }}
    />
  );
}
