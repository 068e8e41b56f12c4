import { Checkbox } from 'antd';
import type { Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../contract/workstation/cases.ts';
import { businessDay } from '../../../domain/calendar/index.ts';
import { AgentAuthority, CaseSide, TestingFees } from '../../../domain/case/codes.ts';
import { openChallenge } from '../../../domain/case/mediation.ts';
import { nextInstalment } from '../../../domain/case/performance.ts';
import { FormField, SelectField, TextField } from '../../components/field.tsx';
import { Money } from '../../components/money.tsx';
import { DayField } from '../../components/typed-field.tsx';
import type { StepValues } from './step-forms.tsx';

export const MEDIATION_ACTS = [
  'agent-appointed',
  'agent-ended',
  'mediator-challenged',
  'challenge-decided',
  'testing-ordered',
  'testing-reported',
  'unit-joined',
  'instalment-recorded',
  'satisfaction-recorded',
  'confirmation-applied',
] as const;
export type MediationAct = (typeof MEDIATION_ACTS)[number];

export function isMediationAct(step: string): step is MediationAct {
  return (MEDIATION_ACTS as readonly string[]).includes(step);
}

/** What the form of such an act begins with; nothing that decides anything is chosen in advance. */
export function mediationDefaults(step: MediationAct, detail: CaseDetail): StepValues {
  const today = businessDay(new Date().toISOString());
  switch (step) {
    case 'agent-appointed':
      return { agentId: crypto.randomUUID(), side: null, name: '', phone: '', authority: null };
    case 'agent-ended':
      return { agentId: null, reason: '' };
    case 'mediator-challenged':
      return { by: null, mediator: '', reason: '' };
    case 'challenge-decided':
      return { upheld: false, successor: '', reason: '' };
    case 'testing-ordered':
      return { subject: '', institution: '', fees: null };
    case 'testing-reported':
      return { on: today, finding: '' };
    case 'unit-joined':
      return { path: null, reason: '' };
    case 'instalment-recorded':
      return { index: nextInstalment(detail.state)?.index ?? 0, result: null, on: today, note: '' };
    case 'satisfaction-recorded':
      return { satisfaction: null, on: today, note: '' };
    case 'confirmation-applied':
      return { court: '', on: today };
  }
}

/** The payload from the form; a draft kept since may be of an instalment recorded meanwhile. */
export function mediationPayload(step: MediationAct, values: StepValues, detail: CaseDetail): unknown {
  return step === 'instalment-recorded'
    ? { ...values, index: nextInstalment(detail.state)?.index ?? 0 }
    : values;
}

type Part = { control: Control<StepValues>; detail: CaseDetail };

/** The fields of what belongs to mediation and performance beside the steps that move a case on. */
export function MediationFields({ step, control, detail }: Part & { step: MediationAct }) {
  const { t } = useTranslation('cases');
  const sides = CaseSide.options.map((value) => ({ value, label: t(`session.side.${value}`) }));
  const reason = <TextField control={control} name="reason" label={t('field.reason')} rows={3} required />;
  switch (step) {
    case 'agent-appointed':
      return (
        <>
          <SelectField control={control} name="side" label={t('agent.side')} required options={sides} />
          <TextField control={control} name="name" label={t('agent.name')} required />
          <TextField control={control} name="phone" label={t('agent.phone')} />
          <SelectField
            control={control}
            name="authority"
            label={t('agent.authority')}
            required
            options={AgentAuthority.options.map((value) => ({ value, label: t(`agent.${value}`) }))}
          />
          <p className="heshi-hint">{t('agent.hint')}</p>
        </>
      );
    case 'agent-ended':
      return (
        <>
          <SelectField
            control={control}
            name="agentId"
            label={t('agent.name')}
            required
            options={(detail.state.agents ?? []).map(({ agentId, name }) => ({
              value: agentId,
              label: name,
            }))}
          />
          {reason}
        </>
      );
    case 'mediator-challenged':
      return (
        <>
          <SelectField control={control} name="by" label={t('challenge.by')} required options={sides} />
          <TextField control={control} name="mediator" label={t('challenge.mediator')} required />
          {reason}
          <p className="heshi-hint">{t('challenge.hint')}</p>
        </>
      );
    case 'challenge-decided':
      return (
        <>
          <p>
            {openChallenge(detail.state)?.mediator}: {openChallenge(detail.state)?.reason}
          </p>
          <FormField control={control} name="upheld" label={t('challenge.decision')}>
            {({ id, value, onChange }) => (
              <Checkbox id={id} checked={value === true} onChange={(event) => onChange(event.target.checked)}>
                {t('challenge.upheld')}
              </Checkbox>
            )}
          </FormField>
          <TextField control={control} name="successor" label={t('challenge.successor')} />
          {reason}
        </>
      );
    case 'testing-ordered':
      return (
        <>
          <TextField control={control} name="subject" label={t('testing.subject')} rows={2} required />
          <TextField control={control} name="institution" label={t('testing.institution')} required />
          <SelectField
            control={control}
            name="fees"
            label={t('testing.fees')}
            required
            options={TestingFees.options.map((value) => ({ value, label: t(`testing.pays.${value}`) }))}
          />
          <p className="heshi-hint">{t('testing.hint')}</p>
        </>
      );
    case 'testing-reported':
      return (
        <>
          <DayField control={control} name="on" label={t('testing.on')} required />
          <TextField control={control} name="finding" label={t('testing.finding')} rows={4} required />
        </>
      );
    case 'unit-joined':
      return (
        <>
          <SelectField
            control={control}
            name="path"
            label={t('joint.unit')}
            required
            options={detail.joinTargets.map(({ path, name }) => ({ value: path, label: name }))}
          />
          {reason}
          <p className="heshi-hint">{t('joint.hint')}</p>
        </>
      );
    case 'instalment-recorded':
      return <InstalmentFields control={control} detail={detail} />;
    case 'satisfaction-recorded':
      return (
        <>
          <SelectField
            control={control}
            name="satisfaction"
            label={t('field.satisfaction')}
            required
            options={(['satisfied', 'dissatisfied'] as const).map((value) => ({
              value,
              label: t(`satisfaction.${value}`),
            }))}
          />
          <DayField control={control} name="on" label={t('field.on')} required />
          <TextField control={control} name="note" label={t('field.note')} rows={2} />
        </>
      );
    case 'confirmation-applied':
      return (
        <>
          <TextField control={control} name="court" label={t('confirmation.court')} required />
          <DayField control={control} name="on" label={t('field.on')} required />
        </>
      );
  }
}

function InstalmentFields({ control, detail }: Part) {
  const { t } = useTranslation('cases');
  const due = nextInstalment(detail.state);
  return (
    <>
      {due ? (
        <p>
          {t('instalment.nth', { place: due.index + 1 })} · {due.dueOn} · <Money fen={due.amountFen} />
        </p>
      ) : null}
      <SelectField
        control={control}
        name="result"
        label={t('field.result')}
        required
        options={(['kept', 'broken'] as const).map((value) => ({
          value,
          label: t(`performanceResult.${value}`),
        }))}
      />
      <DayField control={control} name="on" label={t('field.on')} required />
      <TextField control={control} name="note" label={t('field.note')} rows={2} />
    </>
  );
}
