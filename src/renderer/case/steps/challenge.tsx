import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { CaseSide } from '../../../domain/case/codes.ts';
import { openChallenge } from '../../../domain/case/mediation.ts';
import { FormField, SelectField, TextField } from '../../kernel/components/field.tsx';
import { defineStep, type FieldsOf } from './define-step.tsx';
import { choices, ReasonField } from './step-fields.tsx';

// A party asks for another mediator, and what was decided.

function ChallengeFields({ control }: FieldsOf<'mediator-challenged'>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <SelectField
        control={control}
        name="by"
        label={t('challenge.by')}
        required
        options={choices(CaseSide.options, (value) => t(`session.side.${value}`))}
      />
      <TextField control={control} name="mediator" label={t('challenge.mediator')} required />
      <ReasonField control={control} name="reason" />
      <p className="heshi-hint">{t('challenge.hint')}</p>
    </>
  );
}

export const challengeMediator = defineStep({
  type: 'mediator-challenged',
  group: 'beside',
  defaults: () => ({ by: null, mediator: '', reason: '' }),
  Fields: ChallengeFields,
  payload: (values) => values,
});

function DecideFields({ control, detail }: FieldsOf<'challenge-decided'>) {
  const { t } = useTranslation('cases');
  const challenge = openChallenge(detail.state);
  return (
    <>
      <p>
        {challenge?.mediator}: {challenge?.reason}
      </p>
      <FormField control={control} name="upheld" label={t('challenge.decision')}>
        {({ id, value, onChange }) => (
          <Checkbox id={id} checked={value === true} onChange={(event) => onChange(event.target.checked)}>
            {t('challenge.upheld')}
          </Checkbox>
        )}
      </FormField>
      <TextField control={control} name="successor" label={t('challenge.successor')} />
      <ReasonField control={control} name="reason" />
    </>
  );
}

export const decideChallenge = defineStep({
  type: 'challenge-decided',
  group: 'beside',
  likely: 30,
  defaults: () => ({ upheld: false, successor: '', reason: '' }),
  Fields: DecideFields,
  payload: (values) => values,
});
