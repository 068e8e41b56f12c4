import { useQuery } from '@tanstack/react-query';
import { Badge } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api/client.ts';
import { shownTotal } from '../kernel/components/total.ts';

/** The sign at the place of the requests in the navigation: how many are overdue, or due by the end of this week. */
export function PrivacySign() {
  const { t } = useTranslation('privacy');
  const due = useQuery({
    queryKey: ['privacy', 'list', 'due'],
    queryFn: () => api.privacy.list({ filter: { due: 'week' }, limit: 1 }),
    // A day goes by with the window open.
    refetchInterval: 600_000,
  });
  const count = due.data?.total ?? 0;
  return <Badge count={count === 0 ? 0 : shownTotal(count)} size="small" title={t('badge', { count })} />;
}
