import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VisitSummary } from '../../contract/workstation/visit.ts';
import { api } from '../kernel/api/client.ts';
import { SearchBox } from '../kernel/components/search-box.tsx';
import { useDebounced } from '../kernel/components/use-debounced.ts';
import { When } from '../kernel/components/when.tsx';
import {
  EmptyList,
  Filters,
  ListPage,
  SEARCH_AFTER_MS,
  useAddressFilters,
  useRecordList,
} from '../kernel/kit/list-page.tsx';

/** The visits that this workstation knows, the latest first. */
export function VisitsPage() {
  const { t } = useTranslation('visits');
  const { text, set, clear } = useAddressFilters();
  const search = useDebounced(text('search'), SEARCH_AFTER_MS);
  const filter = search === undefined ? {} : { search };
  const list = useRecordList(['visits', 'list', filter], (page) => api.visits.list({ ...filter, ...page }));
  return (
    <ListPage
      title={t('title')}
      list={list}
      filters={
        <Filters total={list.total === null ? '' : t('total', { total: list.total })}>
          <SearchBox
            label={t('search')}
            hint={t('searchHint')}
            value={text('search') ?? ''}
            onChange={(value) => set('search', value)}
          />
        </Filters>
      }
    >
      <Table<VisitSummary>
        size="small"
        rowKey="id"
        aria-label={t('label')}
        loading={list.pending}
        dataSource={list.items}
        pagination={false}
        locale={{
          emptyText: (
            <EmptyList
              filtered={search !== undefined}
              empty={{ title: t('empty'), text: t('emptyText') }}
              noneFound={{ title: t('noneFound'), text: t('noneFoundText') }}
              clear={{ label: t('clear'), act: clear }}
            />
          ),
        }}
        columns={[
          { key: 'shop', title: t('shop'), dataIndex: 'shopName' },
          { key: 'note', title: t('note'), dataIndex: 'note' },
          { key: 'by', title: t('by'), dataIndex: 'visitedBy' },
          { key: 'unit', title: t('unit'), dataIndex: 'unitName' },
          { key: 'at', title: t('at'), render: (_, { visitedAt }) => <When at={visitedAt} /> },
        ]}
      />
    </ListPage>
  );
}
