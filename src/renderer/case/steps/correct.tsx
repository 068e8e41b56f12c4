import { useTranslation } from 'react-i18next';
import { useRules } from '../../kernel/app/rules.tsx';
import { useCodeWords } from '../../kernel/components/code-words.ts';
import { SelectField, TextField } from '../../kernel/components/field.tsx';
import { AmountField, DayField, PhoneField } from '../../kernel/components/typed-field.tsx';
import { defineStep, type FieldsOf } from './define-step.tsx';
import { ReasonField } from './step-fields.tsx';

function Fields({ control, detail }: FieldsOf<'case-corrected'>) {
  const { t } = useTranslation('cases');
  const codes = useCodeWords(useRules().of(detail.state.procedure));
  return (
    <>
      <p className="heshi-hint">{t('page.correctHint')}</p>
      <ReasonField control={control} name="reason" rows={2} />
      <TextField control={control} name="consumerName" label={t('form.consumerName')} />
      <PhoneField control={control} name="consumerPhone" label={t('form.consumerPhone')} />
      <AmountField control={control} name="amountFen" label={t('form.amount')} />
      <SelectField
        control={control}
        name="object"
        label={t('form.object')}
        options={codes.options('object')}
      />
      <SelectField
        control={control}
        name="problem"
        label={t('form.problem')}
        options={codes.options('problem')}
      />
      <DayField control={control} name="occurredOn" label={t('form.occurredOn')} />
      <TextField control={control} name="factsText" label={t('form.factsText')} rows={3} />
    </>
  );
}

export const correct = defineStep({
  type: 'case-corrected',
  group: 'move',
  defaults: () => ({
    reason: '',
    consumerName: '',
    consumerPhone: '',
    amountFen: null,
    object: null,
    problem: null,
    occurredOn: '',
    factsText: '',
  }),
  Fields,
  // A field left empty is right as it stands.
  payload: (values) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== '')),
});
