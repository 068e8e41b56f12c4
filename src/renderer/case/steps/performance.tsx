import { useTranslation } from 'react-i18next';
import { nextInstalment } from '../../../domain/case/performance.ts';
import { Money } from '../../kernel/components/money.tsx';
import { DayField } from '../../kernel/components/typed-field.tsx';
import { defineStep, type FieldsOf, type StepFieldsProps, type StepForm } from './define-step.tsx';
import { KeptField, NoteField } from './step-fields.tsx';

// What became of what was agreed: as a whole, or of one instalment.

function PerformanceFields({ control }: FieldsOf<'performance-recorded'>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <KeptField control={control} name="result" />
      <DayField control={control} name="on" label={t('field.on')} required />
      <NoteField control={control} name="note" />
    </>
  );
}

export const recordPerformance = defineStep({
  type: 'performance-recorded',
  group: 'course',
  likely: 50,
  // What came of it is said, never assumed: the roll-up counts it.
  defaults: ({ today }) => ({ result: null, on: today, note: '' }),
  Fields: PerformanceFields,
  payload: (values) => values,
});

type InstalmentForm = Omit<StepForm<'instalment-recorded'>, 'index'>;

function InstalmentFields({ control, detail }: StepFieldsProps<InstalmentForm>) {
  const { t } = useTranslation('cases');
  const due = nextInstalment(detail.state);
  return (
    <>
      {due ? (
        <p>
          {t('instalment.nth', { place: due.index + 1 })} · {due.dueOn} · <Money fen={due.amountFen} />
        </p>
      ) : null}
      <KeptField control={control} name="result" />
      <DayField control={control} name="on" label={t('field.on')} required />
      <NoteField control={control} name="note" />
    </>
  );
}

export const recordInstalment = defineStep({
  type: 'instalment-recorded',
  group: 'beside',
  likely: 40,
  defaults: ({ today }) => ({ result: null, on: today, note: '' }),
  Fields: InstalmentFields,
  // Always the next one: while a draft was kept, another may have been recorded.
  payload: ({ result, on, note }, { detail }) => ({
    index: nextInstalment(detail.state)?.index ?? 0,
    result,
    on,
    note,
  }),
});
