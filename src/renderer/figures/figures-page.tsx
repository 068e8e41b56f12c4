import { PrinterOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Select, Skeleton, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { FiguresAnswer } from '../../contract/workstation/figures.ts';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { useSession } from '../kernel/app/session.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { ExportMenu } from '../kernel/components/export-button.tsx';
import { openFile } from '../kernel/components/open-file.ts';
import { Page } from '../kernel/components/page.tsx';
import { When } from '../kernel/components/when.tsx';
import { useToday } from '../kernel/kit/now.tsx';
import { CompletenessNotice, PeriodBar, readChoice, readPeriod } from '../rollup/index.ts';
import { ApplicationsDrawer } from './applications.tsx';
import { DepartmentsTable, type Looked } from './departments-table.tsx';
import { FinanceTable } from './finance-table.tsx';
import { MainFigures } from './main-figures.tsx';
import { useFigures } from './use-figures.ts';
import './figures.css';

/** How fast departments answer, and what came of it: for a unit all departments, for a department itself its own. */
export function FiguresPage() {
  const { t } = useTranslation('figures');
  const { staff } = useSession();
  const [parameters, setParameters] = useSearchParams();
  const [failure, setFailure] = useState<unknown>(null);
  // A department has no units below it to choose from.
  const chooses = staff.capabilities.includes('rollup.read');
  const units = useQuery({
    queryKey: ['rollup', 'units'],
    queryFn: () => api.rollup.units(),
    enabled: chooses,
  });
  const choice = readChoice(parameters.get('period') ?? 'this-month');
  const period = readPeriod(parameters, choice, useToday());
  const path = parameters.get('path') ?? staff.unit.path;
  const answer = useFigures(path, period, choice);
  const change = (values: Record<string, string>): void =>
    setParameters((old) => {
      const next = new URLSearchParams(old);
      for (const [name, value] of Object.entries(values)) next.set(name, value);
      return next;
    });
  const view = answer.data?.view;
  const of = { path, from: view?.from ?? period.from, to: view?.to ?? period.to };
  const report = useMutation({
    mutationFn: () => api.figures.report({ of }),
    onMutate: () => setFailure(null),
    onSuccess: (file) => openFile(file, false),
    onError: setFailure,
  });
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {view ? (
            <ExportMenu ask={(format) => api.figures.export({ format, of })} onError={setFailure} />
          ) : null}
          {view?.whole ? (
            <Button icon={<PrinterOutlined />} loading={report.isPending} onClick={() => report.mutate()}>
              {t('report')}
            </Button>
          ) : null}
        </>
      }
      primary={
        <PeriodBar
          choice={choice}
          period={period}
          onChange={(next, days) => change({ period: next, ...(days ?? (next === 'custom' ? period : {})) })}
        />
      }
    >
      {failure ? <ErrorNotice error={failure} kept={false} /> : null}
      {chooses ? (
        <Select
          aria-label={t('unit')}
          showSearch={{ optionFilterProp: 'label' }}
          value={path}
          onChange={(next: string) => change({ path: next })}
          className="heshi-figures-unit"
          options={(units.data ?? []).map((unit) => ({ value: unit.path, label: unit.name }))}
        />
      ) : null}
      {answer.data ? (
        <Answer answer={answer.data} of={of} busy={answer.isFetching} onRetry={() => void answer.refetch()} />
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
      ) : (
        <Skeleton active paragraph={{ rows: 12 }} />
      )}
    </Page>
  );
}

function Answer({
  answer: { view, stale, fetchedAt, products },
  of,
  busy,
  onRetry,
}: {
  answer: FiguresAnswer;
  of: { path: string; from: string; to: string };
  busy: boolean;
  onRetry: () => void;
}) {
  const { t } = useTranslation('figures');
  const { staff } = useSession();
  const [looked, setLooked] = useState<Looked | null>(null);
  const { whole, departments, total } = view;
  const reading = staff.capabilities.includes('restoration.read');
  const isEmpty = Object.values(total.counts).every((count) => count === 0) && total.open === 0;
  return (
    <div className="heshi-figures" aria-busy={busy}>
      <div className="heshi-figures-line">
        {staff.capabilities.includes('rollup.read') ? null : <strong>{view.unit.name}</strong>}
        <span>
          {view.from} – {view.to}
        </span>
        {busy ? <Spin size="small" /> : null}
        <span className="heshi-figures-completeness">
          {whole ? <CompletenessNotice completeness={whole.completeness} stale={stale} /> : null}
          <Offices departments={departments} />
        </span>
      </div>
      {stale ? (
        <Alert
          type="warning"
          showIcon
          role="status"
          title={t('stale.title')}
          description={
            <>
              {t('stale.text')} <When at={fetchedAt} />
            </>
          }
          action={<Button onClick={onRetry}>{t('stale.retry')}</Button>}
        />
      ) : null}
      {whole ? <MainFigures view={view} whole={whole} /> : null}
      <Card size="small" title={<h2>{t('departments.title')}</h2>}>
        {isEmpty ? <p className="heshi-flush-top heshi-muted">{t('departments.nothing')}</p> : null}
        <DepartmentsTable view={view} onLook={reading ? setLooked : null} />
      </Card>
      {whole ? (
        <Card size="small" title={<h2>{t('finance.title')}</h2>}>
          <FinanceTable finance={whole.finance} products={products} />
        </Card>
      ) : null}
      <p className="heshi-figures-foot">
        {t('generatedAt')} <When at={view.generatedAt} />
      </p>
      {looked ? <ApplicationsDrawer of={of} looked={looked} onClose={() => setLooked(null)} /> : null}
    </div>
  );
}

/** How many departments have workstations that did not report; which, the table says. */
function Offices({ departments }: Pick<FiguresAnswer['view'], 'departments'>) {
  const { t } = useTranslation('figures');
  const missing = departments.filter(
    ({ completeness: { reported, workstations } }) => reported < workstations,
  ).length;
  return missing === 0 ? (
    <span className="heshi-muted">{t('departments.complete')}</span>
  ) : (
    <span className="heshi-caution">{t('departments.missing', { departments: missing })}</span>
  );
}
