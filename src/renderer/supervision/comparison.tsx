import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Segmented, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparisonSide, DrillQuery, Period } from '../../contract/workstation/supervision.ts';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { ExportButton } from '../kernel/components/export-button.tsx';
import { When } from '../kernel/components/when.tsx';
import { DayPicker } from '../kernel/kit/day-picker.tsx';
import { CompletenessNotice, periodBefore, periodOf } from '../rollup/index.ts';
import { ComparisonTable } from './comparison-table.tsx';
import { DrillDrawer } from './drill-drawer.tsx';
import type { ViewProps } from './supervision-page.tsx';
import { UnitChoice } from './unit-choice.tsx';

const CHOICES = ['month', 'year', 'custom'] as const;
type Choice = (typeof CHOICES)[number];

/** The same days a year before; 29 February becomes the 28th. */
function yearBefore(day: string): string {
  const year = Number(day.slice(0, 4)) - 1;
  const rest = day.slice(4) === '-02-29' ? '-02-28' : day.slice(4);
  return `${year}${rest}`;
}

function usual(choice: Choice, today: string): { first: Period; second: Period } {
  const second = periodOf(choice === 'year' ? 'this-year' : 'this-month', today);
  const first =
    choice === 'year' ? { from: yearBefore(second.from), to: yearBefore(second.to) } : periodBefore(second);
  return { first, second };
}

/** Units side by side over two periods, by the centre's roll-up; every figure opens the cases one may see. */
export function Comparison({ address, frame, onError }: ViewProps) {
  const { t } = useTranslation('supervision');
  const rollup = useTranslation('rollup');
  const [drill, setDrill] = useState<{ query: DrillQuery; title: string } | null>(null);
  const path = address.get('path');
  const choice = CHOICES.find((one) => one === address.get('compare')) ?? 'month';
  const preset = usual(choice, address.today);
  const first = choice === 'custom' ? address.period('aFrom', 'aTo', preset.first) : preset.first;
  const second = choice === 'custom' ? address.period('bFrom', 'bTo', preset.second) : preset.second;
  const query = { ...(path === undefined ? {} : { path }), first, second };
  const reversed = first.from > first.to || second.from > second.to;
  const found = useQuery({
    queryKey: ['supervision', 'compare', path, first, second],
    queryFn: () => api.supervision.compare(query),
    enabled: !reversed,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const { data } = found;
  const picker = (name: 'aFrom' | 'aTo' | 'bFrom' | 'bTo', value: string) => (
    <DayPicker
      label={t(name.endsWith('From') ? 'compare.from' : 'compare.to', {
        side: t(name.startsWith('a') ? 'compare.first' : 'compare.second'),
      })}
      value={value}
      untilToday
      onChange={(day) => address.set({ [name]: day })}
    />
  );
  const sides = Object.entries({ first: data?.first, second: data?.second }) as [
    'first' | 'second',
    ComparisonSide | undefined,
  ][];

  return frame({
    actions: data ? <ExportButton of={{ view: 'comparison', query }} onError={onError} /> : null,
    children: (
      <>
        <search className="heshi-filters" aria-label={t('views.compare')}>
          <UnitChoice value={path} onChange={(value) => address.set({ path: value })} />
          <Segmented<Choice>
            aria-label={t('compare.preset')}
            value={choice}
            onChange={(value) =>
              address.set(
                value === 'custom'
                  ? { compare: value, aFrom: first.from, aTo: first.to, bFrom: second.from, bTo: second.to }
                  : { compare: value },
              )
            }
            options={CHOICES.map((value) => ({ value, label: t(`compare.${value}`) }))}
          />
          {choice === 'custom' ? (
            <>
              <Space.Compact>
                {picker('aFrom', first.from)}
                {picker('aTo', first.to)}
              </Space.Compact>
              <Space.Compact>
                {picker('bFrom', second.from)}
                {picker('bTo', second.to)}
              </Space.Compact>
            </>
          ) : null}
          {reversed ? <span role="alert">{rollup.t('period.reversed')}</span> : null}
        </search>
        {found.error && !data ? (
          asApiError(found.error).code === 'CENTRE_UNREACHABLE' ? (
            <EmptyState
              title={t('compare.offline')}
              text={t('compare.offlineText')}
              action={<Button onClick={() => void found.refetch()}>{rollup.t('stale.retry')}</Button>}
            />
          ) : (
            <ErrorNotice error={found.error} kept={false} />
          )
        ) : null}
        {found.isLoading ? <Skeleton active paragraph={{ rows: 8 }} /> : null}
        {data ? (
          <>
            {data.first.stale || data.second.stale ? (
              <Alert
                type="warning"
                showIcon
                role="status"
                title={t('compare.staleTitle')}
                description={
                  <>
                    {t('compare.stale')} <When at={data.second.fetchedAt} />
                  </>
                }
                action={<Button onClick={() => void found.refetch()}>{rollup.t('stale.retry')}</Button>}
              />
            ) : null}
            <div className="heshi-sides">
              {sides.map(([side, one]) =>
                one ? (
                  <div key={side}>
                    <strong>
                      {t('compare.completeness', { side: t(`compare.${side}`), ...one.period })}
                    </strong>{' '}
                    <CompletenessNotice completeness={one.completeness} stale={one.stale} />
                  </div>
                ) : null,
              )}
            </div>
            <ComparisonTable
              comparison={data}
              busy={found.isFetching}
              onDrill={(drilled, title) => setDrill({ query: drilled, title })}
            />
            <p className="heshi-hint">{t('compare.note')}</p>
          </>
        ) : null}
        {drill ? (
          <DrillDrawer query={drill.query} title={drill.title} onClose={() => setDrill(null)} />
        ) : null}
      </>
    ),
  });
}
