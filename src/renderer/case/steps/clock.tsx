import { useTranslation } from 'react-i18next';
import { ClockStopCause } from '../../../domain/case/codes.ts';
import { SelectField } from '../../kernel/components/field.tsx';
import { defineStep, type FieldsOf } from './define-step.tsx';
import { choices, NoteField, ReasonField } from './step-fields.tsx';

// The clock of the statutory time limit.

function StopFields({ control }: FieldsOf<'clock-stopped'>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <SelectField
        control={control}
        name="cause"
        label={t('field.cause')}
        required
        options={choices(ClockStopCause.options, (value) => t(`clockStop.${value}`))}
      />
      <ReasonField control={control} name="reason" />
      <p className="heshi-hint">{t('page.clockStops')}</p>
    </>
  );
}

export const stopClock = defineStep({
  type: 'clock-stopped',
  group: 'move',
  defaults: () => ({ cause: null, reason: '' }),
  Fields: StopFields,
  payload: (values) => values,
});

function ResumeFields({ control }: FieldsOf<'clock-resumed'>) {
  return <NoteField control={control} name="note" />;
}

export const resumeClock = defineStep({
  type: 'clock-resumed',
  group: 'move',
  defaults: () => ({ note: '' }),
  Fields: ResumeFields,
  payload: (values) => values,
});
