import { useQuery } from '@tanstack/react-query';
import { Drawer, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Drill, DrillQuery } from '../../contract/workstation/supervision.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { yuan } from '../kernel/components/money.tsx';
import { CaseTable } from '../case/index.ts';
import { useWords } from '../rollup/index.ts';

/** What a figure is made of, as far as one may see, with an honest word on the rest. */
export function DrillDrawer({
  query,
  title,
  onClose,
}: {
  query: DrillQuery;
  title: string;
  onClose: () => void;
}) {
  const { t } = useTranslation('supervision');
  const drill = useQuery({
    queryKey: ['supervision', 'drill', query],
    queryFn: () => api.supervision.drill(query),
  });
  const { data } = drill;
  return (
    <Drawer open size={960} title={`${title} · ${query.period.from} – ${query.period.to}`} onClose={onClose}>
      {drill.error ? <ErrorNotice error={drill.error} kept={false} /> : null}
      {drill.isLoading ? <Skeleton active /> : null}
      {data ? (
        <>
          <p role="status">
            <Sentence drill={data} />
          </p>
          {data.cases.length > 0 ? (
            <CaseTable items={data.cases} label={title} brief />
          ) : (
            <EmptyState
              title={t('drill.empty')}
              text={t(data.counted === 0 ? 'drill.emptyZero' : 'drill.emptyText')}
            />
          )}
          {data.listed > data.cases.length ? (
            <p className="heshi-hint">
              {t('drill.shown', { shown: data.cases.length, listed: data.listed })}
            </p>
          ) : null}
        </>
      ) : null}
    </Drawer>
  );
}

function Sentence({ drill: { metric, counted, here, stale, whole } }: { drill: Drill }) {
  const { t } = useTranslation('supervision');
  const words = useWords();
  const say = (value: number): string => (metric === 'recovered-fen' ? yuan(value) : words.count(value));
  const parts =
    counted === null
      ? [t('drill.unknown', { here: say(here) })]
      : counted === here
        ? [t('drill.all', { counted: say(counted) })]
        : counted > here
          ? [t('drill.part', { counted: say(counted), here: say(here), rest: say(counted - here) })]
          : [t('drill.more', { counted: say(counted), here: say(here) })];
  if (!whole) parts.push(t('drill.limited'));
  if (stale && counted !== null) parts.push(t('drill.stale'));
  return <>{parts.join(' ')}</>;
}
