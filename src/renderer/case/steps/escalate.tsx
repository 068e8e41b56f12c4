import { useTranslation } from 'react-i18next';
import { defineStep, type StepFieldsProps, type StepForm } from './define-step.tsx';
import { ReasonField } from './step-fields.tsx';

type EscalateForm = Pick<StepForm<'case-escalated'>, 'reason'>;

function Fields({ control, detail }: StepFieldsProps<EscalateForm>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <p>
        {t('field.target')} <strong>{detail.escalationTarget?.name}</strong>
      </p>
      <ReasonField control={control} name="reason" />
    </>
  );
}

export const escalate = defineStep({
  type: 'case-escalated',
  group: 'course',
  // Where mediation failed, the unit above is the way on.
  likely: ({ detail }) => (detail.state.status === 'failed' ? 3 : 80),
  defaults: () => ({ reason: '' }),
  Fields,
  payload: (values, { detail }) => ({ ...values, toPath: detail.escalationTarget?.path ?? '' }),
});
