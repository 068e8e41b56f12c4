import { useTranslation } from 'react-i18next';
import { defineStep, type StepFieldsProps, type StepForm } from './define-step.tsx';
import { ReasonField } from './step-fields.tsx';

type TakeOverForm = Pick<StepForm<'case-taken-over'>, 'reason'>;

function Fields({ control, detail }: StepFieldsProps<TakeOverForm>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <p>{t('page.takeOver', { unit: detail.summary.handlingName })}</p>
      <ReasonField control={control} name="reason" />
    </>
  );
}

export const takeOver = defineStep({
  type: 'case-taken-over',
  group: 'move',
  likely: 100,
  defaults: () => ({ reason: '' }),
  Fields,
  // A case is taken over for the deadline that passed.
  payload: (values, { detail }) => ({ ...values, dueAt: detail.summary.deadline?.dueAt }),
});
