import { Button, Segmented, Select, Space, Tag, Tooltip, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { RestorationFilter, RestorationSummary } from '../../contract/workstation/restoration.ts';
import { RESTORATION_STATUSES, type RestorationStatus } from '../../domain/restoration/index.ts';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { SearchBox } from '../kernel/components/search-box.tsx';
import { useDebounced } from '../kernel/components/use-debounced.ts';
import { When } from '../kernel/components/when.tsx';
import {
  EmptyList,
  Filters,
  ListPage,
  RecordTable,
  SEARCH_AFTER_MS,
  useAddressFilters,
  useRecordList,
} from '../kernel/kit/list-page.tsx';
import { RestorationStatusTag, ToDoTag } from './tags.tsx';

const isStatus = (text: string): text is RestorationStatus =>
  RESTORATION_STATUSES.some((one) => one === text);

/** Applications for credit repair: what this unit has to do first, or all in sight. */
export function RestorationsPage() {
  const { t } = useTranslation('restorations');
  const navigate = useNavigate();
  const { staff } = useSession();
  const { text, codes, set, clear } = useAddressFilters();
  const search = useDebounced(text('search'), SEARCH_AFTER_MS);
  const status = codes('status').filter(isStatus);
  const mine = text('scope') !== 'all';
  const filter: RestorationFilter = {
    ...(mine ? { mine } : {}),
    ...(status.length > 0 ? { status } : {}),
    ...(search === undefined ? {} : { search }),
  };
  const list = useRecordList(['restorations', 'list', filter], (page) =>
    api.restorations.list({ filter, ...page }),
  );
  const columns = useColumns();
  const files = staff.capabilities.includes('restoration.file');
  return (
    <ListPage
      title={t('title')}
      primary={
        files ? (
          <Button type="primary" onClick={() => void navigate('/restorations/new')}>
            {t('new')}
          </Button>
        ) : undefined
      }
      list={list}
      filters={
        <Filters label={t('filters')} total={list.total === null ? '' : t('total', { total: list.total })}>
          <Segmented
            aria-label={t('scope')}
            value={mine ? 'mine' : 'all'}
            onChange={(next) => set('scope', next === 'all' ? 'all' : null)}
            options={[
              { value: 'mine', label: t('mine') },
              { value: 'all', label: t('all') },
            ]}
          />
          <SearchBox
            label={t('search')}
            hint={t('searchHint')}
            value={text('search') ?? ''}
            onChange={(value) => set('search', value)}
          />
          <Select<RestorationStatus[]>
            mode="multiple"
            allowClear
            aria-label={t('statusLabel')}
            placeholder={t('allStatuses')}
            value={status}
            onChange={(next) => set('status', next.join(','))}
            options={RESTORATION_STATUSES.map((one) => ({ value: one, label: t(`status.${one}`) }))}
            className="heshi-choice"
          />
        </Filters>
      }
    >
      <RecordTable
        items={list.items}
        pathOf={(one) => `/restorations/${one.id}`}
        label={t('label')}
        columns={columns}
        pending={list.pending}
        asked={list.asked}
        empty={
          <EmptyList
            filtered={status.length > 0 || search !== undefined}
            empty={{ title: t('empty'), text: t(files ? 'emptyText' : 'emptyHandled') }}
            noneFound={{ title: t('noneFound'), text: t('noneFoundText') }}
            clear={{ label: t('clear'), act: clear }}
          />
        }
      />
    </ListPage>
  );
}

function useColumns(): NonNullable<TableProps<RestorationSummary>['columns']> {
  const { t } = useTranslation('restorations');
  return [
    {
      key: 'number',
      title: t('number'),
      className: 'heshi-nowrap',
      render: (_, row) => <Link to={`/restorations/${row.id}`}>{row.number}</Link>,
    },
    { key: 'merchant', title: t('merchant'), render: (_, row) => row.merchantName },
    {
      key: 'status',
      title: t('statusLabel'),
      className: 'heshi-nowrap',
      render: (_, row) => <RestorationStatusTag status={row.status} />,
    },
    {
      key: 'toDo',
      title: t('toDo'),
      render: (_, { toDo: [first] }) => (first === undefined ? '—' : <ToDoTag item={first} />),
    },
    {
      key: 'answers',
      title: t('answers'),
      className: 'heshi-nowrap',
      render: (_, { asked, answered }) => (asked === 0 ? '—' : t('answersOf', { asked, answered })),
    },
    {
      key: 'at',
      title: t('filedAt'),
      className: 'heshi-nowrap',
      render: (_, row) => <When at={row.filedAt} />,
    },
    {
      key: 'window',
      title: t('window'),
      render: (_, row) => (
        <Space size={4} wrap>
          {row.windowName}
          {row.waiting > 0 ? (
            <Tooltip title={t('waitingHint', { count: row.waiting })}>
              <Tag color="warning">{t('waiting')}</Tag>
            </Tooltip>
          ) : null}
        </Space>
      ),
    },
  ];
}
