import { useQuery } from '@tanstack/react-query';
import { Alert, Breadcrumb, Button, Card, Skeleton, Spin } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import type { RollupUnit } from '../../contract/centre/rollup.ts';
import { ancestorsAndSelf, parentPath } from '../../domain/organisation/index.ts';
import type { Metric } from '../../domain/rollup/metrics.ts';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { useSession } from '../kernel/app/session.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { ExportButton } from '../kernel/components/export-button.tsx';
import { Page } from '../kernel/components/page.tsx';
import { When } from '../kernel/components/when.tsx';
import { Breakdown } from './breakdown.tsx';
import { ChildrenTable, type SortBy } from './children-table.tsx';
import { CompletenessNotice } from './completeness-notice.tsx';
import { Figures } from './figures.tsx';
import { PeriodBar } from './period-bar.tsx';
import { readChoice, readPeriod } from './period.ts';
import { UnitsTree } from './units-tree.tsx';
import { useRollup, useRollupBefore } from './use-rollup.ts';
import { WorseningChart } from './worsening-chart.tsx';
import './rollup.css';
import { useToday } from '../kernel/kit/now.tsx';

const TREE_HEIGHT = 560;

/** The figures of a unit and all below it: tree, four figures, where it gets worse, units below, make-up. */
export function RollupPage() {
  const { t } = useTranslation('rollup');
  const { staff } = useSession();
  const navigate = useNavigate();
  const [parameters, setParameters] = useSearchParams();
  const [sortBy, setSortBy] = useState<SortBy>('registered');
  const [exportError, setExportError] = useState<unknown>(null);
  const table = useRef<HTMLDivElement>(null);

  const units = useQuery({ queryKey: ['rollup', 'units'], queryFn: () => api.rollup.units() });
  const choice = readChoice(parameters.get('period'));
  const period = readPeriod(parameters, choice, useToday());
  const path = parameters.get('path') ?? units.data?.[0]?.path ?? null;
  const answer = useRollup(path, period, choice);
  const view = answer.data?.view;
  const before = useRollupBefore(view).data?.view ?? null;

  const change = (values: Record<string, string>): void =>
    setParameters((old) => {
      const next = new URLSearchParams(old);
      for (const [name, value] of Object.entries(values)) next.set(name, value);
      return next;
    });
  const drill = (next: string): void => change({ path: next });

  // A workstation lists its own cases and those of the shops right below it; others are seen as figures only.
  const own =
    view !== undefined &&
    (view.unit.path === staff.unit.path ||
      (view.unit.level === 1 && parentPath(view.unit.path) === staff.unit.path));
  const listHref =
    (list: 'cases' | 'returns', names: { from: string; to: string }) =>
    (filter: Record<string, string>): string => {
      const query = new URLSearchParams({
        ...(view ? { [names.from]: view.from, [names.to]: view.to } : {}),
        ...filter,
      });
      return `/${list}?${query}`;
    };
  const casesList = listHref('cases', { from: 'from', to: 'to' });
  const casesHref = (filter: Record<string, string>): string => casesList({ show: 'all', ...filter });
  const returnsHref = listHref('returns', { from: 'requestedFrom', to: 'requestedTo' });

  // At the lowest level the workstation's lists hold exactly what is counted; higher up, also what came from below.
  const leaf = view !== undefined && view.children.length === 0;
  const ownHref = (of: Metric | 'unit'): string | null => {
    if (!own) return null;
    if (of === 'unit') return `/cases?show=all&handling=${encodeURIComponent(view.unit.path)}`;
    if (!leaf) return null;
    if (of === 'registered') return casesHref({});
    if (of === 'returns-granted') return returnsHref({ status: 'granted' });
    return of === 'returns-refused' ? returnsHref({ status: 'refused' }) : null;
  };

  /** What a large figure is made of: the units below sorted by it, or the workstation's own list at the lowest level. */
  const open = (by: SortBy): void => {
    if (leaf && own) {
      void navigate(
        by === 'returns-granted'
          ? returnsHref({ status: 'granted' })
          : casesHref(view.children.length > 0 ? { handling: view.unit.path } : {}),
      );
      return;
    }
    setSortBy(by);
    table.current?.scrollIntoView({ block: 'start' });
    table.current?.focus({ preventScroll: true });
  };

  const names = new Map(units.data?.map((unit) => [unit.path, unit.name]));
  const crumbs = view
    ? ancestorsAndSelf(view.unit.path)
        .toReversed()
        .filter((one) => names.has(one))
    : [];

  if (units.error && !units.data) {
    return (
      <Page title={t('title')}>
        <ErrorNotice error={units.error} kept={false} />
      </Page>
    );
  }
  return (
    <Page
      title={t('title')}
      actions={
        path !== null && staff.capabilities.includes('supervision.read') ? (
          <ExportButton of={{ view: 'rollup', path, period }} onError={setExportError} />
        ) : null
      }
      primary={
        <PeriodBar
          choice={choice}
          period={period}
          onChange={(next, days) => change({ period: next, ...(days ?? (next === 'custom' ? period : {})) })}
        />
      }
    >
      {exportError ? <ErrorNotice error={exportError} kept={false} /> : null}
      <div className="heshi-rollup">
        <Card size="small" className="heshi-rollup-units">
          {units.data === undefined ? (
            <Skeleton active />
          ) : units.data.length === 0 ? (
            <EmptyState title={t('units.empty')} />
          ) : (
            <UnitsTree units={units.data} selected={path} height={TREE_HEIGHT} onSelect={drill} />
          )}
        </Card>
        <div className="heshi-rollup-main" aria-busy={answer.isFetching}>
          {view ? (
            <>
              <div className="heshi-rollup-line">
                <Breadcrumb
                  aria-label={t('path')}
                  items={crumbs.map((one) => ({
                    key: one,
                    title:
                      one === view.unit.path ? (
                        <strong>{names.get(one)}</strong>
                      ) : (
                        <a
                          href={`#/rollup?path=${encodeURIComponent(one)}`}
                          onClick={(event) => {
                            event.preventDefault();
                            drill(one);
                          }}
                        >
                          {names.get(one)}
                        </a>
                      ),
                  }))}
                />
                <span>{t('subtitle', { from: view.from, to: view.to })}</span>
                {answer.isFetching ? <Spin size="small" /> : null}
                <span className="heshi-rollup-completeness">
                  <CompletenessNotice completeness={view.completeness} stale={answer.data?.stale === true} />
                </span>
              </div>
              {answer.data?.stale ? (
                <Alert
                  type="warning"
                  showIcon
                  role="status"
                  title={t('stale.title')}
                  description={
                    <>
                      {t('stale.text')} <When at={answer.data.fetchedAt} />
                    </>
                  }
                  action={<Button onClick={() => void answer.refetch()}>{t('stale.retry')}</Button>}
                />
              ) : null}
              <Figures view={view} before={before} onOpen={open} />
              <Card size="small" title={<h2>{t('chart.title')}</h2>}>
                <WorseningChart view={view} before={before} onDrill={drill} />
              </Card>
              <Card size="small" title={<h2>{t('table.title')}</h2>}>
                <div ref={table} tabIndex={-1} className="heshi-rollup-scroll heshi-no-outline">
                  <ChildrenTable
                    view={view}
                    sortBy={sortBy}
                    onSort={setSortBy}
                    onDrill={(unit: RollupUnit) => drill(unit.path)}
                    ownHref={ownHref}
                  />
                </div>
              </Card>
              <Card size="small" title={<h2>{t('breakdown.title')}</h2>}>
                <Breakdown view={view} casesHref={leaf && own ? casesHref : null} />
              </Card>
              <p className="heshi-rollup-foot">
                {t('generatedAt')} <When at={view.generatedAt} />
              </p>
            </>
          ) : answer.error ? (
            asApiError(answer.error).code === 'CENTRE_UNREACHABLE' ? (
              <EmptyState
                title={t('offline.title')}
                text={t('offline.text')}
                action={<Button onClick={() => void answer.refetch()}>{t('stale.retry')}</Button>}
              />
            ) : (
              <ErrorNotice error={answer.error} kept={false} />
            )
          ) : period.from > period.to ? (
            <EmptyState title={t('period.reversed')} />
          ) : (
            <Skeleton active paragraph={{ rows: 12 }} />
          )}
        </div>
      </div>
    </Page>
  );
}
