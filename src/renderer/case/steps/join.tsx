import { useTranslation } from 'react-i18next';
import { SelectField } from '../../kernel/components/field.tsx';
import { defineStep, type FieldsOf } from './define-step.tsx';
import { ReasonField } from './step-fields.tsx';

function Fields({ control, detail }: FieldsOf<'unit-joined'>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <SelectField
        control={control}
        name="path"
        label={t('joint.unit')}
        required
        options={detail.joinTargets.map(({ path, name }) => ({ value: path, label: name }))}
      />
      <ReasonField control={control} name="reason" />
      <p className="heshi-hint">{t('joint.hint')}</p>
    </>
  );
}

export const joinUnit = defineStep({
  type: 'unit-joined',
  group: 'beside',
  defaults: () => ({ path: null, reason: '' }),
  Fields,
  payload: (values) => values,
});
