import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Today } from '../../contract/workstation/today.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { CaseTable } from '../case/index.ts';

type Whose = 'unit' | 'mine';

/** The unit's open cases, or only those that the person at the desk holds. */
export function TodayCases({ today }: { today: Today }) {
  const { t } = useTranslation('supervision');
  const cases = useTranslation('cases');
  const [whose, setWhose] = useState<Whose>('unit');
  const items = whose === 'unit' ? today.cases : today.assigned;
  return (
    <>
      <Segmented<Whose>
        aria-label={t('today.whose')}
        value={whose}
        onChange={setWhose}
        className="heshi-below-s"
        options={[
          { value: 'unit', label: t('today.unit', { total: today.openCases }) },
          { value: 'mine', label: t('today.mine', { total: today.assignedCases }) },
        ]}
      />
      {items.length > 0 ? (
        <CaseTable key={whose} items={items} keyboard />
      ) : whose === 'unit' ? (
        <EmptyState title={cases.t('today.noCases')} text={cases.t('today.noCasesText')} />
      ) : (
        <EmptyState title={t('today.noneMine')} text={t('today.noneMineText')} />
      )}
    </>
  );
}
