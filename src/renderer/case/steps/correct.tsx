import { useController } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { CaseSource, IdType } from '../../../domain/case/codes.ts';
import { registeredOf, type CorrectableField } from '../../../domain/case/correction.ts';
import { useRules } from '../../kernel/app/rules.tsx';
import { ChipsField } from '../../kernel/components/chips-field.tsx';
import { useCodeWords } from '../../kernel/components/code-words.ts';
import { SelectField, SwitchField, TextField } from '../../kernel/components/field.tsx';
import { AmountField, DayField, PhoneField } from '../../kernel/components/typed-field.tsx';
import { MerchantChoice } from '../merchant-choice.tsx';
import { defineStep, type FieldsOf, type StepContext } from './define-step.tsx';
import { choices, ReasonField } from './step-fields.tsx';

function Fields({ control, detail }: FieldsOf<'case-corrected'>) {
  const { t } = useTranslation('cases');
  const codes = useCodeWords(useRules().of(detail.state.procedure));
  const { field: merchantId } = useController({ control, name: 'merchantId' });
  const { consumer, source } = detail.state;
  return (
    <>
      <p className="heshi-hint">{t('page.correctHint')}</p>
      <ReasonField control={control} name="reason" rows={2} />
      <TextField control={control} name="consumerName" label={t('form.consumerName')} required />
      <PhoneField
        control={control}
        name="consumerPhone"
        label={t('form.consumerPhone')}
        placeholder={consumer.phone}
        help={t('correct.maskedHint')}
      />
      <SelectField
        control={control}
        name="consumerIdType"
        label={t('correct.idType')}
        options={choices(IdType.options, (value) => t(`idType.${value}`))}
      />
      <TextField
        control={control}
        name="consumerIdNumber"
        label={t('correct.idNumber')}
        placeholder={consumer.idNumber ?? ''}
        help={t('correct.maskedHint')}
      />
      <TextField
        control={control}
        name="consumerAddress"
        label={t('form.consumerAddress')}
        placeholder={consumer.address ?? ''}
        help={t('correct.maskedHint')}
      />
      <MerchantChoice
        control={control}
        name="merchantName"
        onChosen={(chosen) => merchantId.onChange(chosen?.id ?? null)}
      />
      <TextField control={control} name="merchantContact" label={t('form.merchantContact')} />
      <TextField control={control} name="merchantPhone" label={t('form.merchantPhone')} />
      <TextField control={control} name="merchantAddress" label={t('form.merchantAddress')} />
      <TextField control={control} name="factsText" label={t('form.factsText')} rows={3} required />
      <DayField control={control} name="occurredOn" label={t('form.occurredOn')} required />
      <TextField control={control} name="place" label={t('form.place')} />
      <AmountField control={control} name="amountFen" label={t('form.amount')} />
      <SelectField
        control={control}
        name="object"
        label={t('form.object')}
        options={codes.options('object')}
        required
      />
      <SelectField
        control={control}
        name="problem"
        label={t('form.problem')}
        options={codes.options('problem')}
        required
      />
      <ChipsField
        control={control}
        name="claims"
        label={t('form.claims')}
        options={codes.options('claim')}
        required
      />
      <TextField control={control} name="claimText" label={t('form.claimText')} />
      {/* A case that came from a return keeps coming from it. */}
      {source === 'return' ? null : (
        <SelectField
          control={control}
          name="source"
          label={t('form.source')}
          options={choices(
            CaseSource.options.filter((value) => value !== 'return'),
            (value) => t(`source.${value}`),
          )}
          required
        />
      )}
      <SwitchField control={control} name="publication" label={t('form.publication')} />
      <SwitchField control={control} name="delegatedMediation" label={t('form.delegated')} />
    </>
  );
}

/** Shown masked: their fields begin empty, and what is not typed again stays. */
const MASKED = { consumerPhone: '', consumerIdNumber: '', consumerAddress: '' };
/** Texts that were left out when the case was registered. */
const NO_TEXT = {
  merchantContact: '',
  merchantPhone: '',
  merchantAddress: '',
  place: '',
  claimText: '',
};

/** What the form begins with: what is registered now. */
function present({ detail: { state } }: StepContext) {
  const { consumerIdType = null, ...registered } = registeredOf(state);
  return { reason: '', ...NO_TEXT, ...withoutUndefined(registered), consumerIdType, ...MASKED };
}

const withoutUndefined = <Values extends object>(values: Values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Values]-?: NonNullable<Values[Key]> | Extract<Values[Key], null>;
  };

export const correct = defineStep({
  type: 'case-corrected',
  group: 'move',
  defaults: present,
  Fields,
  // What is as it was is not named.
  payload: ({ reason, ...values }, context) => {
    const before: Partial<Record<CorrectableField, unknown>> = present(context);
    const changed = Object.entries(values).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field as CorrectableField]),
    );
    return { reason, ...Object.fromEntries(changed) };
  },
});
