import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api/client.ts';
import { GuidanceTable } from './guidance-table.tsx';
import './inspection.css';

/** The advice that was offered to a merchant, on its own page; nothing where none was. */
export function GuidanceSection({ merchantId }: { merchantId: string }) {
  const { t } = useTranslation('inspections');
  const list = useQuery({
    queryKey: ['inspections', 'guidances'],
    queryFn: () => api.inspections.guidances(),
  });
  const own = (list.data ?? []).filter((one) => one.merchantId === merchantId);
  if (own.length === 0) return null;
  return (
    <div className="heshi-inspection">
      <Card size="small" title={<h2>{t('views.guidance')}</h2>}>
        <GuidanceTable guidances={own} pending={false} named={false} />
      </Card>
    </div>
  );
}
