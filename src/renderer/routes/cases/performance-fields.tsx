import { Button } from 'antd';
import { get, useFieldArray, useFormState, type Control, type FieldErrors } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useWording } from '../../components/wording.ts';
import { AmountField, DayField } from '../../components/typed-field.tsx';
import type { StepValues } from './step-forms.tsx';

type Instalment = { dueOn: string; amountFen: number | null };
export type PerformanceValues = { kind: string; dueOn: string; manner: string; instalments: Instalment[] };

/** The performance from the form: what does not belong to the choice made is left out. */
export function performancePayload({ instalments, ...performance }: PerformanceValues): unknown {
  if (performance.kind === 'at-once') return { kind: 'at-once' };
  return instalments.length === 0 ? performance : { ...performance, instalments };
}

/** The rule that the instalments break together, rather than one of them. */
function groupRule(errors: FieldErrors<StepValues>): string | null {
  const found = get(errors, 'performance.instalments') as
    | { type?: unknown; root?: { type?: unknown } }
    | undefined;
  const type = found?.root?.type ?? found?.type;
  return typeof type === 'string' ? type : null;
}

/** Payment in parts: none to begin with, two at least once there are any. */
export function Instalments({ control }: { control: Control<StepValues> }) {
  const { t } = useTranslation('cases');
  const { fields, append, remove } = useFieldArray({ control, name: 'performance.instalments' });
  const { errors } = useFormState({ control });
  const rule = groupRule(errors);
  const word = useWording();
  const empty: Instalment = { dueOn: '', amountFen: null };
  return (
    <>
      {fields.map((field, index) => (
        <fieldset key={field.id} className="heshi-group">
          <legend>{t('instalment.nth', { place: index + 1 })}</legend>
          <DayField
            control={control}
            name={`performance.instalments.${index}.dueOn`}
            label={t('instalment.dueOn', { place: index + 1 })}
            lean="future"
            required
          />
          <AmountField
            control={control}
            name={`performance.instalments.${index}.amountFen`}
            label={t('instalment.amount', { place: index + 1 })}
            required
          />
          <Button size="small" onClick={() => remove(index)}>
            {t('instalment.remove', { place: index + 1 })}
          </Button>
        </fieldset>
      ))}
      {rule ? (
        <p role="alert" style={{ color: 'var(--ant-color-error)' }}>
          {word({ rule })}
        </p>
      ) : null}
      <Button
        size="small"
        disabled={fields.length >= 36}
        onClick={() => append(fields.length === 0 ? [empty, empty] : empty)}
      >
        {t('instalment.add')}
      </Button>
    </>
  );
}
