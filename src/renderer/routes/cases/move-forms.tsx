import type { Control } from 'react-hook-form';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../contract/workstation/cases.ts';
import { ClockStopCause, HandDownPurpose, ReopenCause, ViolationResult } from '../../../domain/case/codes.ts';
import { useRules } from '../../app/rules.tsx';
import { useCodeWords } from '../../components/code-words.ts';
import { SelectField, TextField } from '../../components/field.tsx';
import { AmountField, DayField, PhoneField } from '../../components/typed-field.tsx';
import type { StepValues } from './step-forms.tsx';

export const MOVES = [
  'case-corrected',
  'case-handed-down',
  'case-transferred',
  'case-taken-over',
  'case-reopened',
  'clock-stopped',
  'clock-resumed',
  'violation-reported',
  'violation-answered',
] as const;
export type Move = (typeof MOVES)[number];

export function isMove(step: string): step is Move {
  return (MOVES as readonly string[]).includes(step);
}

/** What a move's form begins with. A unit is proposed only where it had the case before. */
export function moveDefaults(step: Move, detail: CaseDetail): StepValues {
  switch (step) {
    case 'case-corrected':
      return {
        reason: '',
        consumerName: '',
        consumerPhone: '',
        amountFen: null,
        object: null,
        problem: null,
        occurredOn: '',
        factsText: '',
      };
    case 'case-handed-down':
      return {
        purpose: null,
        toPath: detail.handDownTargets.find((unit) => unit.former)?.path ?? null,
        reason: '',
      };
    case 'case-transferred':
      return { toPath: null, reason: '' };
    case 'case-taken-over':
      return { reason: '' };
    case 'case-reopened':
    case 'clock-stopped':
      return { cause: null, reason: '' };
    case 'clock-resumed':
      return { note: '' };
    case 'violation-reported':
      return { text: '' };
    case 'violation-answered':
      return { result: null, text: '' };
  }
}

/** The payload from the form; a case is taken over for the deadline that passed. */
export function movePayload(step: Move, values: StepValues, detail: CaseDetail): unknown {
  // A field left empty is right as it stands.
  if (step === 'case-corrected')
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''));
  return step === 'case-taken-over' ? { ...values, dueAt: detail.summary.deadline?.dueAt } : values;
}

type Part = { control: Control<StepValues>; detail: CaseDetail };

/** The fields of a move of the case, of its clock, or of its second track. */
export function MoveFields({ step, control, detail }: Part & { step: Move }) {
  const { t } = useTranslation('cases');
  const reason = <TextField control={control} name="reason" label={t('field.reason')} rows={3} required />;
  switch (step) {
    case 'case-corrected':
      return <CorrectFields control={control} detail={detail} />;
    case 'case-handed-down':
      return <HandDownFields control={control} detail={detail} />;
    case 'case-transferred':
      return (
        <>
          <SelectField
            control={control}
            name="toPath"
            label={t('field.target')}
            required
            options={detail.transferTargets.map(({ path, name }) => ({ value: path, label: name }))}
          />
          {reason}
          <p className="heshi-hint">{t('page.otherSideTold')}</p>
        </>
      );
    case 'case-taken-over':
      return (
        <>
          <p>{t('page.takeOver', { unit: detail.summary.handlingName })}</p>
          {reason}
        </>
      );
    case 'case-reopened':
      return (
        <>
          <SelectField
            control={control}
            name="cause"
            label={t('field.cause')}
            required
            options={ReopenCause.options.map((value) => ({ value, label: t(`reopenCause.${value}`) }))}
          />
          {reason}
        </>
      );
    case 'clock-stopped':
      return (
        <>
          <SelectField
            control={control}
            name="cause"
            label={t('field.cause')}
            required
            options={ClockStopCause.options.map((value) => ({ value, label: t(`clockStop.${value}`) }))}
          />
          {reason}
          <p className="heshi-hint">{t('page.clockStops')}</p>
        </>
      );
    case 'clock-resumed':
      return <TextField control={control} name="note" label={t('field.note')} rows={2} />;
    case 'violation-reported':
      return (
        <>
          <TextField control={control} name="text" label={t('field.violation')} rows={4} required />
          <p className="heshi-hint">{t('page.twoTracks')}</p>
        </>
      );
    case 'violation-answered':
      return (
        <>
          <p>{detail.state.violation?.text}</p>
          <SelectField
            control={control}
            name="result"
            label={t('field.violationResult')}
            required
            options={ViolationResult.options.map((value) => ({
              value,
              label: t(`violationResult.${value}`),
            }))}
          />
          <TextField control={control} name="text" label={t('field.text')} rows={3} required />
        </>
      );
  }
}

function CorrectFields({ control, detail }: Part) {
  const { t } = useTranslation('cases');
  const codes = useCodeWords(useRules().of(detail.state.procedure));
  return (
    <>
      <p className="heshi-hint">{t('page.correctHint')}</p>
      <TextField control={control} name="reason" label={t('field.reason')} rows={2} required />
      <TextField control={control} name="consumerName" label={t('form.consumerName')} />
      <PhoneField control={control} name="consumerPhone" label={t('form.consumerPhone')} />
      <AmountField control={control} name="amountFen" label={t('form.amount')} />
      <SelectField
        control={control}
        name="object"
        label={t('form.object')}
        options={codes.options('object')}
      />
      <SelectField
        control={control}
        name="problem"
        label={t('form.problem')}
        options={codes.options('problem')}
      />
      <DayField control={control} name="occurredOn" label={t('form.occurredOn')} />
      <TextField control={control} name="factsText" label={t('form.factsText')} rows={3} />
    </>
  );
}

function HandDownFields({ control, detail }: Part) {
  const { t } = useTranslation('cases');
  const purpose = useWatch({ control, name: 'purpose' }) as HandDownPurpose | null;
  // Materials are completed by who took them; any unit below may be given the case to handle.
  const targets = detail.handDownTargets.filter((unit) => purpose !== 'complete-materials' || unit.former);
  return (
    <>
      <SelectField
        control={control}
        name="purpose"
        label={t('field.purpose')}
        required
        options={HandDownPurpose.options
          .filter(
            (value) => value !== 'complete-materials' || detail.handDownTargets.some((unit) => unit.former),
          )
          .map((value) => ({ value, label: t(`handDownPurpose.${value}`) }))}
      />
      <SelectField
        control={control}
        name="toPath"
        label={t('field.target')}
        required
        options={targets.map(({ path, name, former }) => ({
          value: path,
          label: former ? t('page.formerUnit', { unit: name }) : name,
        }))}
      />
      <TextField control={control} name="reason" label={t('field.reason')} rows={3} required />
      <p className="heshi-hint">{t('page.otherSideTold')}</p>
    </>
  );
}
