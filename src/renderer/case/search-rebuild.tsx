import { useQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api/client.ts';

const AGAIN_MS = 2_000;

/** Says how far older cases have been brought up to what search knows, while that goes on; nothing otherwise. */
export function SearchRebuildNotice() {
  const { t } = useTranslation('finding');
  const rebuild = useQuery({
    queryKey: ['search', 'rebuild'],
    queryFn: () => api.search.rebuild(),
    refetchInterval: ({ state: { data } }) => (data ? AGAIN_MS : false),
  });
  if (!rebuild.data) return null;
  const { done, total } = rebuild.data;
  return (
    <div className="heshi-rebuild">
      <span role="status">{t('rebuild.text')}</span>
      <Progress
        size="small"
        percent={Math.floor((100 * done) / total)}
        aria-label={t('rebuild.label')}
        className="heshi-progress"
      />
    </div>
  );
}
