import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select, Space, Table, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { ReturnSummary } from '../../../contract/workstation/returns.ts';
import { RETURN_STATUSES, type ReturnStatus } from '../../../domain/return/reducer.ts';
import { api } from '../../api/client.ts';
import { useListKeys } from '../../app/keyboard.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Money } from '../../components/money.tsx';
import { Page } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { useDebounced } from '../../components/use-debounced.ts';
import { When } from '../../components/when.tsx';
import { DayPicker } from '../../kit/day-picker.tsx';
import { ReturnStatusTag, VerdictTag } from './tags.tsx';
import { shownTotal } from '../../components/total.ts';

const PAGE = 50;
const SEARCH_AFTER_MS = 150;

const isStatus = (text: string): text is ReturnStatus => RETURN_STATUSES.some((status) => status === text);

/** The returns this desk knows, newest first. Every filter stands in the address, so that a list can be linked to. */
export function ReturnsPage() {
  const { t } = useTranslation('returns');
  const navigate = useNavigate();
  const [parameters, setParameters] = useSearchParams();
  const [current, setCurrent] = useState(-1);
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
  const text = (name: string): string | undefined => parameters.get(name) || undefined;
  const status = parameters
    .getAll('status')
    .flatMap((one) => one.split(','))
    .filter(isStatus);
  const search = useDebounced(text('search'), SEARCH_AFTER_MS);
  const merchantId = text('merchantId');
  const requestedFrom = text('requestedFrom');
  const requestedTo = text('requestedTo');
  const filter = {
    ...(status.length > 0 ? { status } : {}),
    ...(merchantId === undefined ? {} : { merchantId }),
    ...(requestedFrom === undefined ? {} : { requestedFrom }),
    ...(requestedTo === undefined ? {} : { requestedTo }),
    ...(search === undefined ? {} : { search }),
  };
  const filtered = Object.keys(filter).length > 0;

  const list = useInfiniteQuery({
    queryKey: ['returns', 'list', filter],
    queryFn: ({ pageParam }) =>
      api.returns.list({ filter, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.cursor,
    placeholderData: keepPreviousData,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  const openCurrent = (): void => {
    const item = items[current];
    if (item) void navigate(`/returns/${item.id}`);
  };
  useListKeys(items.length, current, setCurrent, openCurrent);

  const day = (name: 'requestedFrom' | 'requestedTo', label: string) => (
    <DayPicker
      label={label}
      placeholder={label}
      value={text(name) ?? null}
      onChange={(value) => set(name, value)}
      onClear={() => set(name, null)}
      className="heshi-day"
    />
  );
  const create = (
    <Button type="primary" onClick={() => void navigate('/returns/new')}>
      {t('new')}
    </Button>
  );
  return (
    <Page title={t('title')} primary={create}>
      <search className="heshi-filters" aria-label={t('list.filters')}>
        <SearchBox
          label={t('list.search')}
          hint={t('list.searchHint')}
          value={parameters.get('search') ?? ''}
          onChange={(value) => set('search', value)}
        />
        <Select<ReturnStatus[]>
          mode="multiple"
          allowClear
          aria-label={t('list.status')}
          placeholder={t('list.allStatuses')}
          value={status}
          onChange={(next) => set('status', next.join(','))}
          options={RETURN_STATUSES.map((one) => ({ value: one, label: t(`status.${one}`) }))}
          style={{ minWidth: 170 }}
        />
        {day('requestedFrom', t('list.from'))}
        {day('requestedTo', t('list.to'))}
        {merchantId === undefined ? null : (
          <Tag
            closable
            closeIcon={<span aria-label={t('list.clearMerchant')}>×</span>}
            onClose={() => set('merchantId', null)}
          >
            {items[0]?.merchantName ?? t('list.ofMerchant')}
          </Tag>
        )}
        <span className="heshi-filters-total" role="status">
          {list.data ? t('list.total', { total: shownTotal(total) }) : ''}
        </span>
      </search>
      {list.error ? <ErrorNotice error={list.error} kept={false} /> : null}
      <Table<ReturnSummary>
        aria-label={t('list.label')}
        size="small"
        rowKey="id"
        loading={list.isPending}
        dataSource={items}
        pagination={false}
        rowClassName={(_, index) => (index === current ? 'heshi-row-current' : '')}
        onRow={(row) => ({
          style: { cursor: 'pointer' },
          onClick: (event) => {
            // A link inside the row has already gone its own way.
            if (!event.defaultPrevented) void navigate(`/returns/${row.id}`);
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
            key: 'number',
            width: 160,
            title: t('list.number'),
            className: 'heshi-nowrap',
            render: (_, row) => <Link to={`/returns/${row.id}`}>{row.number}</Link>,
          },
          {
            key: 'status',
            width: 160,
            title: t('list.status'),
            render: (_, row) => (
              <Space size={4} className="heshi-nowrap">
                <ReturnStatusTag status={row.status} />
                {row.caseId === null ? null : <Link to={`/cases/${row.caseId}`}>{t('list.disputed')}</Link>}
              </Space>
            ),
          },
          {
            key: 'merchant',
            title: t('list.merchant'),
            dataIndex: 'merchantName',
            ellipsis: true,
            width: 180,
          },
          { key: 'goods', title: t('list.goods'), dataIndex: 'goodsName', ellipsis: true, width: 140 },
          { key: 'consumer', width: 96, title: t('list.consumer'), dataIndex: 'consumerName' },
          {
            key: 'amount',
            width: 110,
            title: t('list.amount'),
            align: 'end',
            render: (_, row) => <Money fen={row.amountFen} />,
          },
          {
            key: 'verdict',
            width: 112,
            title: t('list.verdict'),
            render: (_, row) => <VerdictTag verdict={row.verdict} />,
          },
          {
            key: 'at',
            width: 118,
            className: 'heshi-nowrap',
            title: t('list.requestedAt'),
            render: (_, row) => <When at={row.requestedAt} />,
          },
          {
            key: 'unit',
            title: t('list.unit'),
            ellipsis: true,
            render: (_, row) => (
              <>
                {row.unitName}{' '}
                {row.waiting > 0 ? (
                  <Tooltip title={t('list.waitingHint', { facts: row.waiting })}>
                    <Tag color="warning">{t('list.waiting')}</Tag>
                  </Tooltip>
                ) : null}
              </>
            ),
          },
        ]}
      />
      {list.hasNextPage ? (
        <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t('list.more')}
        </Button>
      ) : null}
    </Page>
  );
}
