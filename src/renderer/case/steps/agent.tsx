import { useTranslation } from 'react-i18next';
import { AgentAuthority, CaseSide } from '../../../domain/case/codes.ts';
import { SelectField, TextField } from '../../kernel/components/field.tsx';
import { defineStep, type FieldsOf } from './define-step.tsx';
import { choices, ReasonField } from './step-fields.tsx';

// Those who act for a party.

function AppointFields({ control }: FieldsOf<'agent-appointed'>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <SelectField
        control={control}
        name="side"
        label={t('agent.side')}
        required
        options={choices(CaseSide.options, (value) => t(`session.side.${value}`))}
      />
      <TextField control={control} name="name" label={t('agent.name')} required />
      <TextField control={control} name="phone" label={t('agent.phone')} />
      <SelectField
        control={control}
        name="authority"
        label={t('agent.authority')}
        required
        options={choices(AgentAuthority.options, (value) => t(`agent.${value}`))}
      />
      <p className="heshi-hint">{t('agent.hint')}</p>
    </>
  );
}

export const appointAgent = defineStep({
  type: 'agent-appointed',
  group: 'beside',
  defaults: () => ({ agentId: crypto.randomUUID(), side: null, name: '', phone: '', authority: null }),
  Fields: AppointFields,
  payload: (values) => values,
});

function EndFields({ control, detail }: FieldsOf<'agent-ended'>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <SelectField
        control={control}
        name="agentId"
        label={t('agent.name')}
        required
        options={(detail.state.agents ?? []).map(({ agentId, name }) => ({ value: agentId, label: name }))}
      />
      <ReasonField control={control} name="reason" />
    </>
  );
}

export const endAgent = defineStep({
  type: 'agent-ended',
  group: 'beside',
  defaults: () => ({ agentId: null, reason: '' }),
  Fields: EndFields,
  payload: (values) => values,
});
