import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { HandDownPurpose } from '../../../domain/case/codes.ts';
import { SelectField } from '../../kernel/components/field.tsx';
import { defineStep, type FieldsOf } from './define-step.tsx';
import { choices, ReasonField } from './step-fields.tsx';

function Fields({ control, detail }: FieldsOf<'case-handed-down'>) {
  const { t } = useTranslation('cases');
  const purpose = useWatch({ control, name: 'purpose' });
  // Materials are completed by who took them; any unit below may be given the case to handle.
  const targets = detail.handDownTargets.filter((unit) => purpose !== 'complete-materials' || unit.former);
  const purposes = HandDownPurpose.options.filter(
    (value) => value !== 'complete-materials' || detail.handDownTargets.some((unit) => unit.former),
  );
  return (
    <>
      <SelectField
        control={control}
        name="purpose"
        label={t('field.purpose')}
        required
        options={choices(purposes, (value) => t(`handDownPurpose.${value}`))}
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
      <ReasonField control={control} name="reason" />
      <p className="heshi-hint">{t('page.otherSideTold')}</p>
    </>
  );
}

export const handDown = defineStep({
  type: 'case-handed-down',
  group: 'move',
  // A unit is proposed only where it had the case before.
  defaults: ({ detail }) => ({
    purpose: null,
    toPath: detail.handDownTargets.find((unit) => unit.former)?.path ?? null,
    reason: '',
  }),
  Fields,
  payload: (values) => values,
});
