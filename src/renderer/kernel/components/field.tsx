import { Form, Input, InputNumber, Select, Switch } from 'antd';
import type { ReactNode } from 'react';
import { use, useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useController, type Control, type FieldPath } from 'react-hook-form';
import { useFieldPlace } from './field-places.ts';
import { OpenSection } from './folded-section.tsx';
import { TabMovesOn } from './tab-moves-on.tsx';
import { useWording } from './wording.ts';

/** What any form of ours holds: names and values, each form's own type saying which. */
export type FormValues = Record<string, unknown>;

export type FieldProps<Values extends FormValues> = {
  control: Control<Values>;
  name: FieldPath<Values>;
  label: string;
  required?: boolean;
  help?: string;
};

export type FoundRule = { rule: string; parameters?: Record<string, string | number> };

type Slot = {
  id: string;
  value: unknown;
  onChange: (value: unknown) => void;
  onBlur: () => void;
  ref: (instance: unknown) => void;
  status: 'error' | '';
  /** Tells a screen reader that the value is refused, and where the reason stands. */
  aria: { 'aria-invalid'?: true; 'aria-describedby'?: string };
};

/**
 * One labelled field of a form: react-hook-form's value, antd's look, and the error worded by its rule.
 * A rule's code travels as the error's `type` (from a server) or `message` (from zod).
 */
export function FormField<Values extends FormValues>({
  control,
  name,
  label,
  required,
  help,
  children,
  ruleOf,
  cautionOf,
}: FieldProps<Values> & {
  children: (slot: Slot) => ReactNode;
  /** A more exact rule than the schema's, where the field knows one of the value typed. */
  ruleOf?: (value: unknown) => FoundRule | null;
  /** What looks wrong about a value that may be saved all the same; said once the field is left. */
  cautionOf?: (value: unknown) => FoundRule | null;
}) {
  const id = useId();
  const problemId = `${id}-problem`;
  const word = useWording();
  const { t } = useTranslation('common');
  const {
    field,
    fieldState: { error, isTouched },
  } = useController({ control, name });
  useFieldPlace(control, name, id);
  const openSection = use(OpenSection);
  useEffect(() => {
    if (error !== undefined) openSection();
  }, [error, openSection]);
  const rule = error ? (ruleOf?.(field.value) ?? plainRule(firstRule(error), field.value)) : null;
  const caution = rule === null && isTouched ? (cautionOf?.(field.value) ?? null) : null;
  const problem = rule ? word(rule) : caution ? t('fieldCaution', { reason: word(caution) }) : null;
  return (
    <Form.Item
      label={label}
      htmlFor={id}
      required={required ?? false}
      validateStatus={rule ? 'error' : caution ? 'warning' : ''}
      help={
        problem ? (
          <span id={problemId} role={rule ? 'alert' : 'status'}>
            {problem}
          </span>
        ) : undefined
      }
      extra={help}
      className="heshi-below-m"
    >
      {children({
        id,
        value: field.value,
        onChange: field.onChange,
        onBlur: field.onBlur,
        ref: field.ref,
        status: rule ? 'error' : '',
        aria: rule ? { 'aria-invalid': true, 'aria-describedby': problemId } : {},
      })}
    </Form.Item>
  );
}

/** An error's rule; of a group (an array or object) the first one inside. */
function firstRule(error: object): FoundRule | null {
  if ('type' in error && typeof error.type === 'string') {
    const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
    // zod's own English words are of no use to a person; its code is.
    return { rule: /^[a-z][a-z0-9-]*$/.test(message) ? message : error.type };
  }
  for (const inner of Object.values(error)) {
    if (typeof inner === 'object' && inner !== null) {
      const found = firstRule(inner as object);
      if (found) return found;
    }
  }
  return null;
}

const FORM_RULES = new Set(['too_small', 'invalid_type', 'invalid_format', 'invalid_value', 'invalid_union']);

/** Nothing typed is "required", whichever way a schema puts it. */
function plainRule(found: FoundRule | null, value: unknown): FoundRule | null {
  const empty =
    value === null ||
    value === undefined ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0);
  return found !== null && empty && FORM_RULES.has(found.rule) ? { rule: 'required' } : found;
}

export function TextField<Values extends FormValues>({
  rows,
  placeholder,
  ...props
}: FieldProps<Values> & { rows?: number; placeholder?: string }) {
  return (
    <FormField {...props}>
      {({ value, onChange, status, id, onBlur, ref, aria }) => {
        const shared = {
          ...aria,
          id,
          onBlur,
          ref,
          status,
          placeholder,
          value: typeof value === 'string' ? value : '',
          'aria-required': props.required ?? false,
          onChange: (event: { target: { value: string } }) => onChange(event.target.value),
        };
        return rows ? <Input.TextArea {...shared} rows={rows} /> : <Input {...shared} />;
      }}
    </FormField>
  );
}

export type Option<Value extends string = string> = { value: Value; label: string };

export function SelectField<Values extends FormValues>({
  options,
  multiple,
  ...props
}: FieldProps<Values> & { options: Option[]; multiple?: boolean }) {
  return (
    <FormField {...props}>
      {({ id, value, onChange, onBlur, ref, status, aria }) => (
        <TabMovesOn typed>
          <Select
            {...aria}
            id={id}
            ref={ref}
            status={status}
            onBlur={onBlur}
            value={value}
            onChange={onChange}
            options={options}
            aria-label={props.label}
            showSearch={{ optionFilterProp: 'label' }}
            {...(multiple ? { mode: 'multiple' as const } : {})}
          />
        </TabMovesOn>
      )}
    </FormField>
  );
}

export function SwitchField<Values extends FormValues>(props: FieldProps<Values>) {
  return (
    <FormField {...props}>
      {({ id, value, onChange, ref }) => (
        <Switch id={id} ref={ref} checked={value === true} onChange={onChange} aria-label={props.label} />
      )}
    </FormField>
  );
}

export function NumberField<Values extends FormValues>({
  min,
  max,
  ...props
}: FieldProps<Values> & { min: number; max: number }) {
  return (
    <FormField {...props}>
      {({ id, value, onChange, onBlur, ref, status, aria }) => (
        <InputNumber
          {...aria}
          id={id}
          ref={ref}
          status={status}
          onBlur={onBlur}
          min={min}
          max={max}
          value={typeof value === 'number' ? value : null}
          onChange={onChange}
          className="heshi-wide"
        />
      )}
    </FormField>
  );
}
