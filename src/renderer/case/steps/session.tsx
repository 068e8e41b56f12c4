import { Button } from 'antd';
import { useFieldArray } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Attendance } from '../../../domain/case/events.ts';
import { SelectField, TextField } from '../../kernel/components/field.tsx';
import { FoldedSection } from '../../kernel/components/folded-section.tsx';
import { AmountField, DayField } from '../../kernel/components/typed-field.tsx';
import { defineStep, type StepFieldsProps, type StepForm } from './define-step.tsx';
import { choices } from './step-fields.tsx';

type Proposal = { by: string | null; amountFen: number | null; text: string };

/** The record first; what is more rarely written down stands folded below it, under `more`. */
type SessionForm = Pick<
  StepForm<'session-recorded'>,
  'heldOn' | 'place' | 'attendance' | 'record' | 'proposalFen'
> & {
  more: {
    startedAt: string;
    mediator: string;
    consumer: string;
    merchant: string;
    proposals: Proposal[];
  };
};
type Part = StepFieldsProps<SessionForm>;

const NO_PROPOSAL: Proposal = { by: null, amountFen: null, text: '' };
const MOST_PROPOSALS = 20;
/** What of the payload stands under `more` in the form, and the group that it does not have there. */
const MORE = /^(startedAt|mediator|statements|proposals)(\.|$)/;
const STATEMENTS = /^statements\./;

function Fields({ control, detail }: Part) {
  const { t } = useTranslation('cases');
  return (
    <>
      <DayField control={control} name="heldOn" label={t('field.heldOn')} required />
      <TextField control={control} name="place" label={t('field.place')} required />
      <SelectField
        control={control}
        name="attendance"
        label={t('field.attendance')}
        required
        options={choices(Attendance.options, (value) => t(`attendance.${value}`))}
      />
      <TextField control={control} name="record" label={t('field.record')} rows={5} required />
      <AmountField control={control} name="proposalFen" label={t('field.proposal')} />
      <FoldedSection label={t('session.more')}>
        <MoreFields control={control} detail={detail} />
      </FoldedSection>
    </>
  );
}

/** Hour, mediator, what each side said, and the proposals in the order in which they were made. */
function MoreFields({ control }: Part) {
  const { t } = useTranslation('cases');
  const { fields, append, remove } = useFieldArray({ control, name: 'more.proposals' });
  return (
    <>
      <TextField control={control} name="more.startedAt" label={t('session.startedAt')} placeholder="14:30" />
      <TextField control={control} name="more.mediator" label={t('session.mediator')} />
      <TextField control={control} name="more.consumer" label={t('session.consumer')} rows={3} />
      <TextField control={control} name="more.merchant" label={t('session.merchant')} rows={3} />
      {fields.map((field, index) => (
        <fieldset key={field.id} className="heshi-group">
          <legend>{t('session.proposal', { place: index + 1 })}</legend>
          <SelectField
            control={control}
            name={`more.proposals.${index}.by`}
            label={t('session.by')}
            required
            options={choices(['consumer', 'merchant', 'mediator'] as const, (value) =>
              t(`session.side.${value}`),
            )}
          />
          <AmountField
            control={control}
            name={`more.proposals.${index}.amountFen`}
            label={t('session.amount')}
          />
          <TextField control={control} name={`more.proposals.${index}.text`} label={t('session.text')} />
          <Button size="small" onClick={() => remove(index)}>
            {t('session.removeProposal', { place: index + 1 })}
          </Button>
        </fieldset>
      ))}
      <Button size="small" disabled={fields.length >= MOST_PROPOSALS} onClick={() => append(NO_PROPOSAL)}>
        {t('session.addProposal')}
      </Button>
    </>
  );
}

export const recordSession = defineStep({
  type: 'session-recorded',
  group: 'course',
  likely: 20,
  defaults: ({ today }) => ({
    heldOn: today,
    place: '',
    attendance: 'both' as const,
    record: '',
    proposalFen: null,
    more: { startedAt: '', mediator: '', consumer: '', merchant: '', proposals: [] },
  }),
  Fields,
  fieldOf: (path) => (MORE.test(path) ? `more.${path.replace(STATEMENTS, '')}` : path),
  // What was left empty is left out.
  payload: ({ more: { startedAt, mediator, consumer, merchant, proposals }, ...record }) => {
    const statements = {
      ...(consumer.trim() === '' ? {} : { consumer }),
      ...(merchant.trim() === '' ? {} : { merchant }),
    };
    return {
      ...record,
      ...(startedAt.trim() === '' ? {} : { startedAt: startedAt.trim() }),
      ...(mediator.trim() === '' ? {} : { mediator }),
      ...(Object.keys(statements).length === 0 ? {} : { statements }),
      ...(proposals.length === 0 ? {} : { proposals }),
    };
  },
});
