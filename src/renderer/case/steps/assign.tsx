import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../contract/workstation/case.ts';
import { SelectField } from '../../kernel/components/field.tsx';
import { defineStep, type StepFieldsProps, type StepForm } from './define-step.tsx';

type AssignForm = Pick<StepForm<'case-assigned'>, 'staffId'>;

/** Stands for taking the case back: a list has no empty choice. */
const NOBODY = '-';

/** Whom it can go to: everybody offered but the one who has it. */
const others = ({ assignees, state }: CaseDetail): CaseDetail['assignees'] =>
  assignees.filter(({ staffId }) => staffId !== state.assignee?.staffId);

function Fields({ control, detail }: StepFieldsProps<AssignForm>) {
  const { t } = useTranslation('supervision');
  const common = useTranslation('common');
  const { assignee } = detail.state;
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

export const assign = defineStep({
  type: 'case-assigned',
  group: 'team',
  // A choice is made in advance only where there is no other.
  defaults: ({ detail }) => {
    const [only, ...more] = others(detail);
    return { staffId: only && more.length === 0 && !detail.state.assignee ? only.staffId : null };
  },
  Fields,
  // The name of the person chosen.
  fieldOf: (path) => (path === 'name' ? 'staffId' : path),
  payload: ({ staffId }, { detail }) => {
    if (staffId === NOBODY) return { staffId: null, name: null };
    const chosen = detail.assignees.find((one) => one.staffId === staffId);
    return { staffId: chosen?.staffId, name: chosen?.name };
  },
});
