import { useTranslation } from 'react-i18next';
import { SelectField, TextField, type FieldProps, type FormValues } from '../../kernel/components/field.tsx';

type Field<Values extends FormValues> = Pick<FieldProps<Values>, 'control' | 'name'>;

/** Why a step is taken; no step that asks for it goes through without. */
export function ReasonField<Values extends FormValues>(props: Field<Values> & { rows?: number }) {
  const { t } = useTranslation('cases');
  return <TextField rows={3} label={t('field.reason')} required {...props} />;
}

/** A remark that may be left out. */
export function NoteField<Values extends FormValues>(props: Field<Values>) {
  const { t } = useTranslation('cases');
  return <TextField rows={2} label={t('field.note')} {...props} />;
}

/** Whether what was agreed was done. */
export function KeptField<Values extends FormValues>(props: Field<Values>) {
  const { t } = useTranslation('cases');
  return (
    <SelectField
      label={t('field.result')}
      required
      options={choices(['kept', 'broken'] as const, (value) => t(`performanceResult.${value}`))}
      {...props}
    />
  );
}

/** The options of a list of codes, each in words. */
export function choices<Value extends string>(
  values: readonly Value[],
  label: (value: Value) => string,
): { value: Value; label: string }[] {
  return values.map((value) => ({ value, label: label(value) }));
}
