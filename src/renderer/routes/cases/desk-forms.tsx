import type { Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../contract/workstation/cases.ts';
import { SelectField, TextField } from '../../components/field.tsx';
import type { StepValues } from './step-forms.tsx';

export const DESK_ACTS = ['case-assigned', 'case-reviewed'] as const;
export type DeskAct = (typeof DESK_ACTS)[number];

export function isDeskAct(step: string): step is DeskAct {
  return (DESK_ACTS as readonly string[]).includes(step);
}

/** Stands for taking the case back: a list has no empty choice. */
const NOBODY = '-';

/** Whom it can go to: everybody offered but the one who has it. */
const others = ({ assignees, state }: CaseDetail): CaseDetail['assignees'] =>
  assignees.filter(({ staffId }) => staffId !== state.assignee?.staffId);

/** What the form begins with; a choice is made in advance only where there is no other. */
export function deskDefaults(step: DeskAct, detail: CaseDetail): StepValues {
  if (step === 'case-reviewed') return { result: null, text: '' };
  const choices = others(detail);
  return { staffId: choices.length === 1 && !detail.state.assignee ? (choices[0]?.staffId ?? null) : null };
}

/** The payload from the form; `values` carry the sample that a review belongs to, when it has one. */
export function deskPayload(step: DeskAct, values: StepValues, { assignees }: CaseDetail): unknown {
  if (step === 'case-reviewed') {
    const { result, text, sampleId } = values;
    return { result, text, sampleId: sampleId ?? null };
  }
  if (values['staffId'] === NOBODY) return { staffId: null, name: null };
  const chosen = assignees.find(({ staffId }) => staffId === values['staffId']);
  return { staffId: chosen?.staffId, name: chosen?.name };
}

/** Fields of assigning a case, and of saying what a review came to. */
export function DeskFields({
  step,
  control,
  detail,
}: {
  step: DeskAct;
  control: Control<StepValues>;
  detail: CaseDetail;
}) {
  const { t } = useTranslation('supervision');
  const common = useTranslation('common');
  const { assignee } = detail.state;
  if (step === 'case-reviewed') {
    return (
      <>
        <SelectField
          control={control}
          name="result"
          label={t('review.chooseResult')}
          required
          options={(['sound', 'remarks'] as const).map((value) => ({ value, label: t(`review.${value}`) }))}
        />
        <TextField control={control} name="text" label={t('review.text')} rows={4} />
        <p className="heshi-hint">{t('review.hint')}</p>
      </>
    );
  }
  return (
    <>
      {assignee ? <p>{t('holder.current', { name: assignee.name })}</p> : null}
      <SelectField
        control={control}
        name="staffId"
        label={t('holder.choose')}
        required
        options={[
          ...others(detail).map(({ staffId, name, role, open }) => ({
            value: staffId,
            label: t('holder.option', { name, role: common.t(`role.${role}`), count: open }),
          })),
          ...(assignee ? [{ value: NOBODY, label: t('holder.giveBack') }] : []),
        ]}
      />
      <p className="heshi-hint">{t('holder.hint')}</p>
    </>
  );
}
