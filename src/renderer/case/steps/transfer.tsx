import { useTranslation } from 'react-i18next';
import { SelectField } from '../../kernel/components/field.tsx';
import { defineStep, type FieldsOf } from './define-step.tsx';
import { ReasonField } from './step-fields.tsx';

function Fields({ control, detail }: FieldsOf<'case-transferred'>) {
  const { t } = useTranslation('cases');
  return (
    <>
      <SelectField
        control={control}
        name="toPath"
        label={t('field.target')}
        required
        options={detail.transferTargets.map(({ path, name }) => ({ value: path, label: name }))}
      />
      <ReasonField control={control} name="reason" />
      <p className="heshi-hint">{t('page.otherSideTold')}</p>
    </>
  );
}

export const transfer = defineStep({
  type: 'case-transferred',
  group: 'move',
  defaults: () => ({ toPath: null, reason: '' }),
  Fields,
  payload: (values) => values,
});
