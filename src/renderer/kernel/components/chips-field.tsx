import { Tag } from 'antd';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { FormField, type FieldProps, type FormValues, type Option } from './field.tsx';

/** 1 to 9, then 0 for the tenth: the keys that put a chip on or take it off. */
function keyOf(place: number): string | null {
  return place < 9 ? String(place + 1) : place === 9 ? '0' : null;
}

/**
 * Several of a short list, all in sight: each a chip that one press puts on or takes off. One stop for the Tab
 * key; arrows move among the chips, their figures choose them.
 */
export function ChipsField<Values extends FormValues>({
  options,
  ...props
}: FieldProps<Values> & { options: Option[] }) {
  return (
    <FormField {...props}>
      {({ id, value, onChange, ref, aria }) => (
        <Chips
          id={id}
          aria={aria}
          label={props.label}
          options={options}
          value={Array.isArray(value) ? (value as string[]) : []}
          onChange={onChange}
          fieldRef={ref}
        />
      )}
    </FormField>
  );
}

function Chips({
  id,
  aria,
  label,
  options,
  value,
  onChange,
  fieldRef,
}: {
  id: string;
  aria: { 'aria-invalid'?: true; 'aria-describedby'?: string };
  label: string;
  options: Option[];
  value: string[];
  onChange: (value: string[]) => void;
  fieldRef: (instance: unknown) => void;
}) {
  const group = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const chips = (): HTMLElement[] => [
    ...(group.current?.querySelectorAll<HTMLElement>('[role="checkbox"]') ?? []),
  ];
  useLayoutEffect(() => {
    chips().forEach((chip, place) => {
      // antd makes every chip a stop of its own.
      chip.tabIndex = place === current ? 0 : -1;
      const key = keyOf(place);
      if (key) chip.setAttribute('aria-keyshortcuts', key);
    });
  });
  const goTo = (place: number): void => {
    const to = (place + options.length) % options.length;
    setCurrent(to);
    chips()[to]?.focus();
  };
  const toggle = (option: string): void => {
    onChange(value.includes(option) ? value.filter((one) => one !== option) : [...value, option]);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = options.findIndex((_, place) => keyOf(place) === event.key);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key] ?? 0;
    if (chosen < 0 && step === 0) return;
    event.preventDefault();
    if (step !== 0) goTo(current + step);
    else {
      goTo(chosen);
      const option = options[chosen];
      if (option) toggle(option.value);
    }
  };
  return (
    <div
      {...aria}
      ref={(element) => {
        group.current = element;
        fieldRef(element === null ? null : { focus: () => chips()[current]?.focus() });
      }}
      id={id}
      role="group"
      aria-label={label}
      className="heshi-chips"
      onKeyDown={press}
      onFocus={(event) => setCurrent(Math.max(0, chips().indexOf(event.target)))}
    >
      {options.map((option, place) => (
        <Tag.CheckableTag
          key={option.value}
          checked={value.includes(option.value)}
          onChange={() => toggle(option.value)}
        >
          {keyOf(place) ? (
            <small aria-hidden="true" className="heshi-key">
              {keyOf(place)}
            </small>
          ) : null}
          {option.label}
        </Tag.CheckableTag>
      ))}
    </div>
  );
}
