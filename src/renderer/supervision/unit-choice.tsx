import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { UnitName } from '../../contract/workstation/case.ts';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';

/** Which unit of the scope, with all below it; the own one stands for everything. */
export function UnitChoice({
  value,
  units,
  onChange,
}: {
  value: string | undefined;
  /** Those to choose from, where not every unit of the scope makes sense. */
  units?: readonly UnitName[];
  onChange: (path: string | undefined) => void;
}) {
  const { t } = useTranslation('supervision');
  const { staff } = useSession();
  const all = useQuery({
    queryKey: ['rollup', 'units'],
    queryFn: () => api.rollup.units(),
    enabled: units === undefined,
  });
  const own = staff.unit.path;
  const choices = units ?? all.data ?? [];
  return (
    <Select<string>
      aria-label={t('unit')}
      value={value ?? own}
      onChange={(path) => onChange(path === own ? undefined : path)}
      showSearch={{ optionFilterProp: 'label' }}
      className="heshi-choice-l"
      options={[
        { value: own, label: t('allUnits', { unit: staff.unit.name }) },
        ...choices.filter(({ path }) => path !== own).map(({ path, name }) => ({ value: path, label: name })),
      ]}
    />
  );
}
