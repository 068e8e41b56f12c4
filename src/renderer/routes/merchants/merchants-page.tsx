import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Segmented, Select, Table, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { MerchantSummary } from '../../../contract/workstation/merchants.ts';
import { api } from '../../api/client.ts';
import { useListKeys } from '../../app/keyboard.ts';
import { useSession } from '../../app/session-gate.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { StatusTag } from '../../components/status-tag.tsx';
import { useDebounced } from '../../components/use-debounced.ts';
import { MerchantForm } from './merchant-form.tsx';
import { shownTotal } from '../../components/total.ts';

const PAGE = 50;
const SEARCH_AFTER_MS = 150;
type Committed = 'all' | 'with' | 'without';

const readCommitted = (text: string | null): Committed =>
  text === 'with' || text === 'without' ? text : 'all';

/** The merchants this desk knows, found by any part of the name. */
export function MerchantsPage() {
  const { t } = useTranslation('merchants');
  const navigate = useNavigate();
  const { staff } = useSession();
  const [parameters, setParameters] = useSearchParams();
  const [current, setCurrent] = useState(-1);
  const mayEdit = staff.capabilities.includes('merchant.edit');
  const adding = mayEdit && parameters.get('new') === '1';
  const set = (name: string, value: string | null): void => {
    setCurrent(-1);
    setParameters(
      (old) => {
        const next = new URLSearchParams(old);
        if (value === null || value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  };
  const search = useDebounced(parameters.get('search') ?? '', SEARCH_AFTER_MS);
  const committed = readCommitted(parameters.get('committed'));
  const unitPath = parameters.get('unit');
  const filter = {
    ...(search === '' ? {} : { search }),
    ...(committed === 'all' ? {} : { committed: committed === 'with' }),
    ...(unitPath === null ? {} : { unitPath }),
  };
  const filtered = Object.keys(filter).length > 0;
  const units = useQuery({ queryKey: ['merchants', 'units'], queryFn: () => api.merchants.units() });
  const list = useInfiniteQuery({
    queryKey: ['merchants', 'list', filter],
    queryFn: ({ pageParam }) =>
      api.merchants.list({ ...filter, limit: PAGE, ...(pageParam === '' ? {} : { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.cursor,
    placeholderData: keepPreviousData,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  const openCurrent = (): void => {
    const item = items[current];
    if (item) void navigate(`/merchants/${item.id}`);
  };
  useListKeys(items.length, current, setCurrent, openCurrent);
  return (
    <Page
      title={t('title')}
      primary={
        mayEdit ? (
          <Button type="primary" onClick={() => set('new', '1')}>
            {t('new')}
          </Button>
        ) : undefined
      }
    >
      <div role="search" className="heshi-filters">
        <SearchBox
          label={t('list.search')}
          hint={t('list.searchHint')}
          value={parameters.get('search') ?? ''}
          onChange={(value) => set('search', value)}
        />
        <Segmented<Committed>
          aria-label={t('list.committed')}
          value={committed}
          onChange={(value) => set('committed', value === 'all' ? null : value)}
          options={[
            { value: 'all', label: t('list.all') },
            { value: 'with', label: t('list.with') },
            { value: 'without', label: t('list.without') },
          ]}
        />
        <Select<string | null>
          allowClear
          aria-label={t('list.unit')}
          placeholder={t('list.allUnits')}
          style={{ minWidth: 200 }}
          value={unitPath}
          onChange={(path) => set('unit', path ?? null)}
          showSearch={{ optionFilterProp: 'label' }}
          options={(units.data ?? []).map((unit) => ({ value: unit.path, label: unit.name }))}
        />
        <span role="status">{list.data ? t('list.total', { total: shownTotal(total) }) : ''}</span>
      </div>
      {list.error ? <ErrorNotice error={list.error} kept={false} /> : null}
      <Table<MerchantSummary>
        aria-label={t('list.label')}
        size="small"
        rowKey="id"
        loading={list.isPending}
        dataSource={items}
        pagination={false}
        rowClassName={(_, index) => (index === current ? 'heshi-row-current' : '')}
        onRow={(item) => ({
          style: { cursor: 'pointer' },
          onClick: (event) => {
            // A link inside the row has already gone its own way.
            if (!event.defaultPrevented) void navigate(`/merchants/${item.id}`);
          },
        })}
        locale={{
          emptyText: list.isPending ? (
            ' '
          ) : filtered ? (
            <EmptyState
              title={t('list.noneFound')}
              text={t('list.noneFoundText')}
              action={<Button onClick={() => setParameters({}, { replace: true })}>{t('list.clear')}</Button>}
            />
          ) : (
            <EmptyState title={t('list.empty')} text={t('list.emptyText')} />
          ),
        }}
        columns={[
          {
            key: 'name',
            title: t('list.name'),
            render: (_, item) => (
              <>
                <Link to={`/merchants/${item.id}`}>{item.name}</Link>{' '}
                {item.invented ? (
                  <Tooltip title={t('list.inventedHint')}>
                    <Tag>{t('list.invented')}</Tag>
                  </Tooltip>
                ) : null}
              </>
            ),
          },
          { key: 'category', title: t('list.category'), render: (_, item) => t(`category.${item.category}`) },
          { key: 'unit', title: t('list.unit'), dataIndex: 'unitName' },
          {
            key: 'commitment',
            title: t('list.commitment'),
            render: (_, item) =>
              item.commitmentDays === null ? (
                <StatusTag tone="neutral">{t('list.commitmentNone')}</StatusTag>
              ) : (
                <StatusTag tone="good">{t('list.commitmentDays', { days: item.commitmentDays })}</StatusTag>
              ),
          },
          {
            key: 'openCases',
            title: t('list.openCases'),
            align: 'end',
            render: (_, item) =>
              item.openCases === 0 ? (
                0
              ) : (
                <Link to={`/cases?merchant=${encodeURIComponent(item.id)}`}>{item.openCases}</Link>
              ),
          },
          { key: 'phone', title: t('list.phone'), dataIndex: 'phone' },
        ]}
      />
      {list.hasNextPage ? (
        <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t('list.more')}
        </Button>
      ) : null}
      {mayEdit ? (
        <MerchantForm
          merchant={null}
          open={adding}
          onClose={() => set('new', null)}
          onSaved={({ state }) => void navigate(`/merchants/${state.id}`)}
        />
      ) : null}
    </Page>
  );
}
