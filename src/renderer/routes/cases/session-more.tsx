import { Button, Collapse } from 'antd';
import { useFieldArray, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { SelectField, TextField } from '../../components/field.tsx';
import { AmountField } from '../../components/typed-field.tsx';
import type { StepValues } from './step-forms.tsx';

type Proposal = { by: string | null; amountFen: number | null; text: string };
type More = {
  startedAt: string;
  mediator: string;
  consumer: string;
  merchant: string;
  proposals: Proposal[];
};

/** What a session's form begins with beyond the record itself. */
export const NO_MORE: More = { startedAt: '', mediator: '', consumer: '', merchant: '', proposals: [] };

/** The payload from the form: what was left empty is left out. */
export function sessionPayload({ more, ...values }: StepValues): unknown {
  const { startedAt, mediator, consumer, merchant, proposals } = { ...NO_MORE, ...(more as Partial<More>) };
  const said = {
    ...(consumer.trim() === '' ? {} : { consumer }),
    ...(merchant.trim() === '' ? {} : { merchant }),
  };
  return {
    ...values,
    ...(startedAt.trim() === '' ? {} : { startedAt: startedAt.trim() }),
    ...(mediator.trim() === '' ? {} : { mediator }),
    ...(Object.keys(said).length === 0 ? {} : { statements: said }),
    ...(proposals.length === 0 ? {} : { proposals }),
  };
}

/** Hour, mediator, what each side said, and the proposals in the order in which they were made. */
export function SessionMore({ control }: { control: Control<StepValues> }) {
  const { t } = useTranslation('cases');
  const { fields, append, remove } = useFieldArray({ control, name: 'more.proposals' });
  return (
    <Collapse
      ghost
      size="small"
      items={[
        {
          key: 'more',
          label: t('session.more'),
          forceRender: true,
          children: (
            <>
              <TextField
                control={control}
                name="more.startedAt"
                label={t('session.startedAt')}
                placeholder="14:30"
              />
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
                    options={(['consumer', 'merchant', 'mediator'] as const).map((value) => ({
                      value,
                      label: t(`session.side.${value}`),
                    }))}
                  />
                  <AmountField
                    control={control}
                    name={`more.proposals.${index}.amountFen`}
                    label={t('session.amount')}
                  />
                  <TextField
                    control={control}
                    name={`more.proposals.${index}.text`}
                    label={t('session.text')}
                  />
                  <Button size="small" onClick={() => remove(index)}>
                    {t('session.removeProposal', { place: index + 1 })}
                  </Button>
                </fieldset>
              ))}
              <Button
                size="small"
                disabled={fields.length >= 20}
                onClick={() => append({ by: null, amountFen: null, text: '' } satisfies Proposal)}
              >
                {t('session.addProposal')}
              </Button>
            </>
          ),
        },
      ]}
    />
  );
}
