import { useQuery } from '@tanstack/react-query';
import { App, Badge } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { shownTotal } from '../kernel/components/total.ts';
import { api } from '../kernel/api/client.ts';

/**
 * The sign at the board's place in the navigation: how many cases of this unit are overdue or have just arrived. In a browser there
 * is no notification of the desktop's own, so news is said on the screen as well.
 */
export function DeadlineSign() {
  const { t } = useTranslation('deadlines');
  const { notification } = App.useApp();
  const board = useQuery({
    queryKey: ['deadlines', 'board', 'unit'],
    queryFn: () => api.deadlines.board({ scope: 'unit' }),
    refetchInterval: 60_000,
  });
  const count = board.data ? board.data.overdue.total + board.data.arrived.total : 0;
  const known = useRef<number | null>(null);
  const loaded = board.data !== undefined;
  useEffect(() => {
    if (!loaded) return;
    if (known.current !== null && count > known.current)
      notification.info({ key: 'deadlines', title: t('news'), placement: 'bottomLeft', role: 'status' });
    known.current = count;
  }, [loaded, count, notification, t]);
  return <Badge count={count === 0 ? 0 : shownTotal(count)} size="small" title={t('badge', { count })} />;
}
