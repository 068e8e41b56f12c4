import { useQuery } from '@tanstack/react-query';
import { Drawer, Skeleton, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FigureApplications, FigureQuery } from '../../contract/workstation/figures.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { When } from '../kernel/components/when.tsx';
import { RestorationStatusTag } from '../restoration/index.ts';
import { useWords } from '../rollup/index.ts';
import type { Looked } from './departments-table.tsx';

type Item = FigureApplications['items'][number];

/** The applications behind a figure, as far as one may see them, with a word on the rest. */
export function ApplicationsDrawer({
  of,
  looked,
  onClose,
}: {
  of: FigureQuery['of'];
  looked: Looked;
  onClose: () => void;
}) {
  const { t } = useTranslation('figures');
  const words = useWords();
  const { office, figure, name, title, counted } = looked;
  const found = useQuery({
    queryKey: ['figures', 'applications', of, office, figure],
    queryFn: () => api.figures.applications({ of, office, figure }),
  });
  const { data } = found;
  return (
    <Drawer
      open
      size={860}
      title={t('applications.title', { department: name, figure: title })}
      onClose={onClose}
    >
      {found.error ? <ErrorNotice error={found.error} kept={false} /> : null}
      {found.isLoading ? <Skeleton active /> : null}
      {data ? (
        <>
          <p role="status">
            {t('applications.counted', {
              counted: words.count(counted),
              here: words.count(data.here),
              listed: words.count(data.listed),
            })}{' '}
            {data.here < counted ? t('applications.partly') : null}{' '}
            {data.whole ? null : t('applications.cut')}
          </p>
          {data.items.length === 0 ? (
            <EmptyState title={t('applications.empty')} />
          ) : (
            <Table<Item>
              aria-label={t('applications.label')}
              size="small"
              rowKey="id"
              pagination={false}
              dataSource={data.items}
              columns={[
                {
                  key: 'number',
                  title: t('applications.number'),
                  className: 'heshi-nowrap',
                  render: (_, row) => <Link to={`/restorations/${row.id}`}>{row.number}</Link>,
                },
                { key: 'merchant', title: t('applications.merchant'), render: (_, row) => row.merchantName },
                { key: 'unit', title: t('applications.unit'), render: (_, row) => row.unitName },
                {
                  key: 'status',
                  title: t('applications.status'),
                  className: 'heshi-nowrap',
                  render: (_, row) => <RestorationStatusTag status={row.status} />,
                },
                {
                  key: 'filed',
                  title: t('applications.filed'),
                  className: 'heshi-nowrap',
                  render: (_, row) => <When at={row.filedAt} />,
                },
              ]}
            />
          )}
        </>
      ) : null}
    </Drawer>
  );
}
