import { useQuery } from '@tanstack/react-query';
import { Card, Table } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { UnitCoverage } from '../../contract/workstation/merchant.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { CoverageMap } from './coverage-map.tsx';
import { shareOf, treeOf } from './coverage-tree.ts';
import './merchants.css';

/** Where merchants stand by a promise: the hierarchy as a map, large where many trade, and as a register, unit by unit. */
export function CoveragePage() {
  const { t, i18n } = useTranslation('merchants');
  const coverage = useQuery({
    queryKey: ['merchants', 'coverage'],
    queryFn: () => api.merchants.coverage(),
  });
  const { data } = coverage;
  const tree = useMemo(() => treeOf(data ?? []), [data]);
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <Page title={t('coverage.title')}>
      <p className="heshi-hint">{t('coverage.text')}</p>
      {coverage.error ? <ErrorNotice error={coverage.error} kept={false} /> : null}
      {data?.length === 0 ? (
        <EmptyState title={t('list.empty')} text={t('list.emptyText')} />
      ) : (
        <div className="heshi-coverage">
          <Card size="small" title={<h2>{t('coverage.map')}</h2>}>
            <CoverageMap tree={tree} label={t('coverage.map')} say={(share) => percent.format(share)} />
          </Card>
          <Card size="small" title={<h2>{t('coverage.register')}</h2>}>
            <Table
              // Opened once the units are here, the first level with them.
              key={tree.length}
              aria-label={t('coverage.register')}
              size="small"
              rowKey="path"
              loading={coverage.isPending}
              dataSource={tree}
              pagination={false}
              expandable={{ defaultExpandedRowKeys: tree.map(({ path }) => path) }}
              columns={[
                {
                  key: 'name',
                  title: t('list.unit'),
                  render: (_, { path, name }) => (
                    <Link to={`/merchants?unit=${encodeURIComponent(path)}`}>{name}</Link>
                  ),
                },
                { key: 'merchants', title: t('coverage.merchants'), align: 'end', dataIndex: 'merchants' },
                { key: 'promised', title: t('coverage.promised'), align: 'end', dataIndex: 'promised' },
                {
                  key: 'share',
                  title: t('coverage.share'),
                  align: 'end',
                  render: (_, unit: UnitCoverage) => percent.format(shareOf(unit)),
                },
                { key: 'proposed', title: t('list.proposed'), align: 'end', dataIndex: 'proposed' },
              ]}
            />
          </Card>
        </div>
      )}
    </Page>
  );
}
