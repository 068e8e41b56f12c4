import { useTranslation } from 'react-i18next';
import { SelectField, TextField } from '../../kernel/components/field.tsx';
import { defineStep, type StepFieldsProps, type StepForm } from './define-step.tsx';
import { choices } from './step-fields.tsx';

type ReviewForm = Pick<StepForm<'case-reviewed'>, 'result' | 'text'>;

function Fields({ control }: StepFieldsProps<ReviewForm>) {
  const { t } = useTranslation('supervision');
  return (
    <>
      <SelectField
        control={control}
        name="result"
        label={t('review.chooseResult')}
        required
        options={choices(['sound', 'remarks'] as const, (value) => t(`review.${value}`))}
      />
      <TextField control={control} name="text" label={t('review.text')} rows={4} />
      <p className="heshi-hint">{t('review.hint')}</p>
    </>
  );
}

export const review = defineStep({
  type: 'case-reviewed',
  group: 'team',
  // What it was opened for, as long as that sample's review of it is missing.
  likely: ({ detail: { state }, sampleId }) =>
    sampleId === null || state.reviews?.some((one) => one.sampleId === sampleId) === true ? null : 1,
  defaults: () => ({ result: null, text: '' }),
  Fields,
  payload: ({ result, text }, { sampleId }) => ({ result, text, sampleId }),
});
