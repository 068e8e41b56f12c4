import { Input } from 'antd';
import { useEffect, useState } from 'react';
import {
  formatYuan,
  parseAmount,
  parseDay,
  parsePhone,
  type DayLean,
} from '../../../domain/kernel/text/index.ts';
import { FormField, type FieldProps, type FormValues, type FoundRule } from './field.tsx';
import { useToday } from '../kit/now.tsx';

type Reading<Value> = { value: Value; shown: string } | { rule: string };

/** Text as people type it, read when the field is left; what cannot be read stays as typed, with its rule. */
function TypedInput<Value>({
  id,
  value,
  onChange,
  onBlur,
  inputRef,
  status,
  aria,
  read,
  show,
  placeholder,
  inputMode,
}: {
  id: string;
  value: unknown;
  onChange: (value: unknown) => void;
  onBlur: () => void;
  inputRef: (instance: unknown) => void;
  status: 'error' | '';
  aria: { 'aria-invalid'?: true; 'aria-describedby'?: string };
  read: (text: string) => Reading<Value>;
  show: (value: unknown) => string;
  placeholder?: string | undefined;
  inputMode?: 'numeric' | 'tel' | 'text';
}) {
  const [text, setText] = useState(() => show(value));
  const [editing, setEditing] = useState(false);
  useEffect(() => {
    if (!editing) setText(show(value));
  }, [value, editing, show]);
  const settle = (typed: string): void => {
    const reading = typed.trim() === '' ? null : read(typed);
    // An unreadable text goes into the form as it is: the form's own rule then names it, and nothing is lost.
    onChange(reading === null ? null : 'rule' in reading ? typed : reading.value);
  };
  return (
    <Input
      {...aria}
      id={id}
      ref={inputRef}
      value={text}
      status={status}
      inputMode={inputMode}
      placeholder={placeholder}
      autoComplete="off"
      onFocus={() => setEditing(true)}
      onChange={(event) => {
        setText(event.target.value);
        settle(event.target.value);
      }}
      onBlur={() => {
        setEditing(false);
        onBlur();
      }}
    />
  );
}

type TypedProps<Values extends FormValues> = FieldProps<Values> & { placeholder?: string };

const showText = (value: unknown): string => (typeof value === 'string' ? value : '');
const showAmount = (value: unknown): string =>
  typeof value === 'number' ? formatYuan(value) : showText(value);

/** Why text cannot be read, once the form refuses it; null when the text reads well or nothing is there. */
function misread(
  parse: (text: string) => { kind: string } | ({ kind: 'refused' } & FoundRule),
): (value: unknown) => FoundRule | null {
  return (value) => {
    if (typeof value !== 'string' || value.trim() === '') return null;
    const parsed = parse(value);
    return 'rule' in parsed ? parsed : null;
  };
}

const misreadAmount = misread(parseAmount);
const misreadPhone = misread(parsePhone);

/** Money as typed (`1.5万`, `¥1,280`), kept as fen. */
export function AmountField<Values extends FormValues>({ placeholder, ...props }: TypedProps<Values>) {
  return (
    <FormField {...props} ruleOf={misreadAmount}>
      {({ ref, ...slot }) => (
        <TypedInput<number>
          {...slot}
          inputRef={ref}
          placeholder={placeholder}
          show={showAmount}
          read={(text) => {
            const parsed = parseAmount(text);
            return parsed.kind === 'amount'
              ? { value: parsed.fen, shown: formatYuan(parsed.fen) }
              : { rule: parsed.rule };
          }}
        />
      )}
    </FormField>
  );
}

/** A phone as typed (`138 0000 0000`), kept as digits. */
export function PhoneField<Values extends FormValues>({ placeholder, ...props }: TypedProps<Values>) {
  return (
    <FormField {...props} ruleOf={misreadPhone} cautionOf={misreadPhone}>
      {({ ref, ...slot }) => (
        <TypedInput<string>
          {...slot}
          inputRef={ref}
          placeholder={placeholder}
          inputMode="tel"
          show={showText}
          read={(text) => {
            const digits = text.replaceAll(/[\s()-]/g, '');
            const parsed = parsePhone(text);
            // What the parser knows is normalised; a number it does not know but the contract allows passes.
            if (parsed.kind === 'phone') return { value: parsed.phone, shown: parsed.phone };
            return { value: digits, shown: digits };
          }}
        />
      )}
    </FormField>
  );
}

/** A day as typed (`昨天`, `11-20`), kept as `YYYY-MM-DD`. */
export function DayField<Values extends FormValues>({
  placeholder,
  lean = 'past',
  ...props
}: TypedProps<Values> & { lean?: DayLean }) {
  const today = useToday();
  return (
    <FormField {...props} ruleOf={misread((text) => parseDay(text, today, 'past'))}>
      {({ ref, ...slot }) => (
        <TypedInput<string>
          {...slot}
          inputRef={ref}
          placeholder={placeholder}
          show={showText}
          read={(text) => {
            const parsed = parseDay(text, today, lean);
            return parsed.kind === 'day' ? { value: parsed.day, shown: parsed.day } : { rule: parsed.rule };
          }}
        />
      )}
    </FormField>
  );
}
