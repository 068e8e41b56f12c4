import { useQuery } from '@tanstack/react-query';
import { Badge } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api/client.ts';
import { shownTotal } from '../kernel/components/total.ts';

/** The sign at the place of applications in the navigation: in how many this unit has something to do. */
export function RestorationSign() {
  const { t } = useTranslation('restorations');
  const mine = useQuery({
    queryKey: ['restorations', 'list', 'mine'],
    queryFn: () => api.restorations.list({ filter: { mine: true }, limit: 1 }),
    refetchInterval: 60_000,
  });
  const count = mine.data?.total ?? 0;
  return <Badge count={count === 0 ? 0 : shownTotal(count)} size="small" title={t('badge', { count })} />;
}
