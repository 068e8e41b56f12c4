import { Button } from 'antd';
import { useId } from 'react';
import { get, useFieldArray, useFormState, useWatch, type FieldErrors } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { SelectField, TextField } from '../../kernel/components/field.tsx';
import { useFieldPlace } from '../../kernel/components/field-places.ts';
import { yuan } from '../../kernel/components/money.tsx';
import { AmountField, DayField } from '../../kernel/components/typed-field.tsx';
import { useWording } from '../../kernel/components/wording.ts';
import { defineStep, type StepFieldsProps, type StepForm } from './define-step.tsx';
import { choices } from './step-fields.tsx';

type Instalment = { dueOn: string; amountFen: number | null };

/** All fields of a performance side by side; those of the kind not chosen stay empty. */
type SettleForm = Pick<StepForm<'case-settled'>, 'instrument' | 'terms' | 'amountFen'> & {
  performance: { kind: 'at-once' | 'by'; dueOn: string; manner: string; instalments: Instalment[] };
};
type Part = Pick<StepFieldsProps<SettleForm>, 'control'>;

const NO_INSTALMENT: Instalment = { dueOn: '', amountFen: null };
const MOST_INSTALMENTS = 36;
/** The instruments that a workstation chooses most, the usual one first. */
const USUAL_INSTRUMENTS = ['administrative-mediation', 'settlement-agreement'] as const;

function Fields({ control, detail }: StepFieldsProps<SettleForm>) {
  const { t } = useTranslation('cases');
  const kind = useWatch({ control, name: 'performance.kind' });
  return (
    <>
      <SelectField
        control={control}
        name="instrument"
        label={t('field.instrument')}
        required
        options={choices(detail.instruments, (value) => t(`instrument.${value}`))}
      />
      <TextField control={control} name="terms" label={t('field.terms')} rows={5} required />
      <AmountField control={control} name="amountFen" label={t('field.amount')} required />
      <SelectField
        control={control}
        name="performance.kind"
        label={t('field.performance')}
        required
        options={choices(['at-once', 'by'] as const, (value) => t(`performanceKind.${value}`))}
      />
      {kind === 'by' ? (
        <>
          <DayField
            control={control}
            name="performance.dueOn"
            label={t('field.dueOn')}
            lean="future"
            required
          />
          <TextField control={control} name="performance.manner" label={t('field.manner')} required />
          <Instalments control={control} />
        </>
      ) : null}
    </>
  );
}

/** The rule that the instalments break together, rather than one of them. */
function groupRule(errors: FieldErrors<SettleForm>): string | null {
  const found = get(errors, 'performance.instalments') as
    | { type?: unknown; root?: { type?: unknown } }
    | undefined;
  const type = found?.root?.type ?? found?.type;
  return typeof type === 'string' ? type : null;
}

/** What the instalments come to beside what was agreed, while they are typed. */
function Sum({ control }: Part) {
  const { t } = useTranslation('cases');
  const [amountFen, instalments] = useWatch({ control, name: ['amountFen', 'performance.instalments'] });
  // What cannot be read stays in its field as it was typed.
  const fen = (typed: unknown): number => (typeof typed === 'number' ? typed : 0);
  const sum = instalments.reduce((all, one) => all + fen(one.amountFen), 0);
  return (
    <p className="heshi-hint">
      {sum === fen(amountFen)
        ? t('instalment.sumRight')
        : t('instalment.sum', { sum: yuan(sum), amount: yuan(fen(amountFen)) })}
    </p>
  );
}

/** Payment in parts: none to begin with, two at least once there are any. */
function Instalments({ control }: Part) {
  const { t } = useTranslation('cases');
  const { fields, append, remove } = useFieldArray({ control, name: 'performance.instalments' });
  const id = useId();
  useFieldPlace(control, 'performance.instalments', id);
  const { errors } = useFormState({ control });
  const rule = groupRule(errors);
  const word = useWording();
  return (
    <div id={id}>
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
      {fields.length > 0 ? <Sum control={control} /> : null}
      {rule ? (
        <p role="alert" className="heshi-error">
          {word({ rule })}
        </p>
      ) : null}
      <Button
        size="small"
        disabled={fields.length >= MOST_INSTALMENTS}
        onClick={() => append(fields.length === 0 ? [NO_INSTALMENT, NO_INSTALMENT] : NO_INSTALMENT)}
      >
        {t('instalment.add')}
      </Button>
    </div>
  );
}

export const settle = defineStep({
  type: 'case-settled',
  group: 'course',
  // Once the parties have met, an agreement is what the workstation works towards.
  likely: ({ detail: { state } }) => (state.status === 'mediating' && state.sessionCount > 0 ? 2 : 90),
  defaults: ({ detail: { instruments, state } }) => ({
    instrument: USUAL_INSTRUMENTS.find((one) => instruments.includes(one)) ?? instruments[0] ?? null,
    terms: '',
    amountFen: state.amountFen ?? 0,
    performance: { kind: 'at-once' as const, dueOn: '', manner: '', instalments: [] },
  }),
  Fields,
  // What does not belong to the kind of performance chosen is left out.
  payload: ({ performance: { instalments, ...performance }, ...values }) => ({
    ...values,
    performance:
      performance.kind === 'at-once'
        ? { kind: 'at-once' }
        : instalments.length === 0
          ? performance
          : { ...performance, instalments },
  }),
});
