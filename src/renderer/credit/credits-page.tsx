import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Select, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { CreditSummary } from '../../contract/workstation/credit.ts';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { ExportMenu } from '../kernel/components/export-button.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import {
  EmptyList,
  Filters,
  ListPage,
  RecordTable,
  useAddressFilters,
  useRecordList,
} from '../kernel/kit/list-page.tsx';
import { GradePublication } from '../public/index.ts';
import { toneOf, useCreditWords } from './words.ts';
import './credit.css';

/** The grades of the merchants this workstation knows, the fewest points first, by unit. */
export function CreditsPage() {
  const { t } = useTranslation('credit');
  const words = useCreditWords();
  const navigate = useNavigate();
  const { staff } = useSession();
  const [exportError, setExportError] = useState<unknown>(null);
  const { text, set, clear } = useAddressFilters();
  const grade = text('grade');
  const unitPath = text('unit');
  const disputed = text('disputed') === '1';
  const filter = {
    ...(grade === undefined ? {} : { grade }),
    ...(unitPath === undefined ? {} : { unitPath }),
    ...(disputed ? { disputed } : {}),
  };
  const units = useQuery({ queryKey: ['merchants', 'units'], queryFn: () => api.merchants.units() });
  const list = useRecordList(['credits', 'list', filter], (page) => api.credits.list({ ...filter, ...page }));
  const counts = useQuery({
    queryKey: ['credits', 'list', 'grades', unitPath],
    queryFn: () => api.credits.list({ ...(unitPath === undefined ? {} : { unitPath }), limit: 1 }),
  });
  const graded = (counts.data?.grades ?? []).flatMap((one) =>
    one.grade === null ? [] : [{ grade: one.grade, count: one.count }],
  );
  const columns: NonNullable<TableProps<CreditSummary>['columns']> = [
    {
      key: 'name',
      title: t('list.name'),
      render: (_, item) => <Link to={`/merchants/${item.id}`}>{item.name}</Link>,
    },
    { key: 'unit', title: t('list.unit'), dataIndex: 'unitName' },
    {
      key: 'grade',
      title: t('list.grade'),
      render: (_, item) => (
        <span className="heshi-row">
          {item.grade === null ? (
            <StatusTag tone="neutral">{t('notRated')}</StatusTag>
          ) : (
            <StatusTag tone={toneOf(item.grade)}>{words.grade(item.grade)}</StatusTag>
          )}
          {item.disputed ? <StatusTag tone="warning">{t('pending')}</StatusTag> : null}
        </span>
      ),
    },
    {
      key: 'points',
      title: t('lines.points'),
      align: 'end',
      render: (_, item) => (item.grade === null ? '—' : item.points),
    },
    { key: 'month', title: t('list.month'), dataIndex: 'month' },
  ];
  return (
    <ListPage
      title={t('title')}
      list={list}
      actions={
        <>
          <Link to="/credit/figures">{t('figures.title')}</Link>
          {staff.capabilities.includes('credit.decide') ? (
            <Button onClick={() => void navigate('/credit/policy')}>{t('policyPage.title')}</Button>
          ) : null}
          {staff.capabilities.includes('inspection.handle') ? (
            <ExportMenu
              ask={(format) =>
                api.inspections.export({
                  format,
                  of: {
                    view: 'grades',
                    ...(unitPath === undefined ? {} : { unitPath }),
                    ...(grade === undefined ? {} : { grade }),
                  },
                })
              }
              onError={setExportError}
            />
          ) : null}
        </>
      }
      filters={
        <Filters total={list.total === null ? '' : t('list.total', { total: list.total })}>
          <Segmented
            aria-label={t('list.grade')}
            value={grade ?? ''}
            onChange={(value) => set('grade', value)}
            options={[
              { value: '', label: t('list.all') },
              ...graded.map((one) => ({ value: one.grade, label: `${one.grade} ${one.count}` })),
            ]}
          />
          <Select<string | null>
            allowClear
            aria-label={t('list.unit')}
            placeholder={t('list.allUnits')}
            className="heshi-choice"
            value={unitPath ?? null}
            onChange={(path) => set('unit', path)}
            showSearch={{ optionFilterProp: 'label' }}
            options={(units.data ?? []).map((unit) => ({ value: unit.path, label: unit.name }))}
          />
          <Segmented
            aria-label={t('objection.title')}
            value={disputed ? '1' : ''}
            onChange={(value) => set('disputed', value)}
            options={[
              { value: '', label: t('list.all') },
              { value: '1', label: t('pending') },
            ]}
          />
        </Filters>
      }
    >
      {exportError ? <ErrorNotice error={exportError} kept={false} /> : null}
      <RecordTable
        items={list.items}
        pathOf={(one) => `/merchants/${one.id}`}
        label={t('title')}
        columns={columns}
        pending={list.pending}
        asked={list.asked}
        empty={
          <EmptyList
            filtered={Object.keys(filter).length > 0}
            empty={{ title: t('none'), text: t('noneText') }}
            noneFound={{ title: t('list.noneFound'), text: t('list.noneFoundText') }}
            clear={{ label: t('list.clear'), act: clear }}
          />
        }
      />
      <GradePublication />
    </ListPage>
  );
}
