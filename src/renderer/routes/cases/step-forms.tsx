import type { Control, FieldValues } from 'react-hook-form';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { CaseAct, CaseDetail } from '../../../contract/workstation/cases.ts';
import { businessDay } from '../../../domain/calendar/index.ts';
import { Satisfaction } from '../../../domain/case/codes.ts';
import { Attendance } from '../../../domain/case/events.ts';
import { useRules } from '../../app/rules.tsx';
import { useCodeWords } from '../../components/code-words.ts';
import { SelectField, TextField } from '../../components/field.tsx';
import { AmountField, DayField } from '../../components/typed-field.tsx';
import { deskDefaults, DeskFields, deskPayload, isDeskAct } from './desk-forms.tsx';
import { isMediationAct, mediationDefaults, MediationFields, mediationPayload } from './mediation-forms.tsx';
import { Instalments, performancePayload, type PerformanceValues } from './performance-fields.tsx';
import { NO_MORE, SessionMore, sessionPayload } from './session-more.tsx';
import { isMove, moveDefaults, MoveFields, movePayload } from './move-forms.tsx';

export type Step = CaseAct | 'note-added';
export type StepValues = FieldValues;

/** What a step's form begins with; the keys are those of the step's payload. */
export function stepDefaults(step: Step, detail: CaseDetail): StepValues {
  if (isMove(step)) return moveDefaults(step, detail);
  if (isMediationAct(step)) return mediationDefaults(step, detail);
  if (isDeskAct(step)) return deskDefaults(step, detail);
  const today = businessDay(new Date().toISOString());
  switch (step) {
    case 'case-accepted':
      return { note: '' };
    case 'case-refused':
      return { ground: null, text: '' };
    case 'session-recorded':
      return {
        heldOn: today,
        place: '',
        attendance: 'both',
        record: '',
        proposalFen: null,
        more: { ...NO_MORE },
      };
    case 'case-settled':
      return {
        instrument:
          ['administrative-mediation' as const, 'settlement-agreement' as const].find((one) =>
            detail.instruments.includes(one),
          ) ??
          detail.instruments[0] ??
          null,
        terms: '',
        amountFen: detail.state.amountFen ?? 0,
        performance: { kind: 'at-once', dueOn: '', manner: '', instalments: [] },
      };
    case 'mediation-failed':
    case 'case-withdrawn':
      return { reason: '' };
    case 'mediation-terminated':
      return { ground: null, text: '' };
    case 'case-escalated':
      return { reason: '' };
    case 'performance-recorded':
      // What came of it is said, never assumed: the roll-up counts it.
      return { result: null, on: today, note: '' };
    case 'case-closed':
      return { satisfaction: null, note: '' };
    case 'note-added':
      return { text: '' };
  }
}

/** The payload from the form: what does not belong to the choice made is left out, the target of an escalation put in. */
export function stepPayload(step: Step, values: StepValues, detail: CaseDetail): unknown {
  if (isMove(step)) return movePayload(step, values, detail);
  if (isMediationAct(step)) return mediationPayload(step, values, detail);
  if (isDeskAct(step)) return deskPayload(step, values, detail);
  if (step === 'session-recorded') return sessionPayload(values);
  if (step === 'case-escalated') return { ...values, toPath: detail.escalationTarget?.path ?? '' };
  if (step !== 'case-settled') return values;
  return { ...values, performance: performancePayload(values['performance'] as PerformanceValues) };
}

/** The fields of one step. */
export function StepFields({
  step,
  control,
  detail,
}: {
  step: Step;
  control: Control<StepValues>;
  detail: CaseDetail;
}) {
  const { t } = useTranslation('cases');
  const codes = useCodeWords(useRules().of(detail.state.procedure));
  const options = <Value extends string>(values: readonly Value[], label: (value: Value) => string) =>
    values.map((value) => ({ value, label: label(value) }));
  if (isMove(step)) return <MoveFields step={step} control={control} detail={detail} />;
  if (isMediationAct(step)) return <MediationFields step={step} control={control} detail={detail} />;
  if (isDeskAct(step)) return <DeskFields step={step} control={control} detail={detail} />;
  switch (step) {
    case 'case-accepted':
      return <TextField control={control} name="note" label={t('field.note')} rows={2} />;
    case 'case-refused':
      return (
        <>
          <SelectField
            control={control}
            name="ground"
            label={t('field.ground')}
            required
            options={codes.options('refusalGrounds')}
          />
          <TextField control={control} name="text" label={t('field.text')} rows={3} required />
        </>
      );
    case 'session-recorded':
      return (
        <>
          <DayField control={control} name="heldOn" label={t('field.heldOn')} required />
          <TextField control={control} name="place" label={t('field.place')} required />
          <SelectField
            control={control}
            name="attendance"
            label={t('field.attendance')}
            required
            options={options(Attendance.options, (value) => t(`attendance.${value}`))}
          />
          <TextField control={control} name="record" label={t('field.record')} rows={5} required />
          <AmountField control={control} name="proposalFen" label={t('field.proposal')} />
          <SessionMore control={control} />
        </>
      );
    case 'case-settled':
      return <SettleFields control={control} detail={detail} />;
    case 'mediation-failed':
    case 'case-withdrawn':
      return <TextField control={control} name="reason" label={t('field.reason')} rows={3} required />;
    case 'mediation-terminated':
      return (
        <>
          <SelectField
            control={control}
            name="ground"
            label={t('field.ground')}
            required
            options={codes.options('terminationGrounds')}
          />
          <TextField control={control} name="text" label={t('field.text')} rows={3} required />
        </>
      );
    case 'case-escalated':
      return (
        <>
          <p>
            {t('field.target')} <strong>{detail.escalationTarget?.name}</strong>
          </p>
          <TextField control={control} name="reason" label={t('field.reason')} rows={3} required />
        </>
      );
    case 'performance-recorded':
      return (
        <>
          <SelectField
            control={control}
            name="result"
            label={t('field.result')}
            required
            options={options(['kept', 'broken'] as const, (value) => t(`performanceResult.${value}`))}
          />
          <DayField control={control} name="on" label={t('field.on')} required />
          <TextField control={control} name="note" label={t('field.note')} rows={2} />
        </>
      );
    case 'case-closed':
      return (
        <>
          <SelectField
            control={control}
            name="satisfaction"
            label={t('field.satisfaction')}
            required
            options={options(Satisfaction.options, (value) => t(`satisfaction.${value}`))}
          />
          <TextField control={control} name="note" label={t('field.note')} rows={2} />
        </>
      );
    case 'note-added':
      return <TextField control={control} name="text" label={t('field.text')} rows={4} required />;
  }
}

function SettleFields({ control, detail }: { control: Control<StepValues>; detail: CaseDetail }) {
  const { t } = useTranslation('cases');
  const kind = useWatch({ control, name: 'performance.kind' }) as string;
  return (
    <>
      <SelectField
        control={control}
        name="instrument"
        label={t('field.instrument')}
        required
        options={detail.instruments.map((value) => ({ value, label: t(`instrument.${value}`) }))}
      />
      <TextField control={control} name="terms" label={t('field.terms')} rows={5} required />
      <AmountField control={control} name="amountFen" label={t('field.amount')} required />
      <SelectField
        control={control}
        name="performance.kind"
        label={t('field.performance')}
        required
        options={(['at-once', 'by'] as const).map((value) => ({
          value,
          label: t(`performanceKind.${value}`),
        }))}
      />
      {kind === 'by' ? (
        <>
          <DayField
            control={control}
            name="performance.dueOn"
            label={t('field.dueOn')}
            lean="future"
            required
          />
          <TextField control={control} name="performance.manner" label={t('field.manner')} required />
          <Instalments control={control} />
        </>
      ) : null}
    </>
  );
}
