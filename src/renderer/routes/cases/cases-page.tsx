import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Segmented, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import type { CaseFilter } from '../../../contract/workstation/cases.ts';
import { ObjectCategory, ProblemCategory } from '../../../domain/case/codes.ts';
import { CASE_STATUSES, type CaseStatus } from '../../../domain/case/state.ts';
import { api } from '../../api/client.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { CaseTable } from './case-table.tsx';

type Sort = 'deadline' | 'updated' | 'registered';

/** What the address says to show at first: other pages link here with filters of their own. */
function filterOf(parameters: URLSearchParams): CaseFilter {
  const filter: CaseFilter = parameters.get('show') === 'all' ? {} : { open: true };
  const status = CASE_STATUSES.filter((one) => parameters.getAll('status').includes(one));
  if (status.length > 0) filter.status = status;
  const merchantId = parameters.get('merchant');
  if (merchantId !== null) filter.merchantId = merchantId;
  const from = parameters.get('from');
  if (from !== null) filter.registeredFrom = from;
  const to = parameters.get('to');
  if (to !== null) filter.registeredTo = to;
  const object = ObjectCategory.safeParse(parameters.get('object'));
  if (object.success) filter.object = object.data;
  const problem = ProblemCategory.safeParse(parameters.get('problem'));
  if (problem.success) filter.problem = problem.data;
  const handling = parameters.get('handling');
  if (handling !== null) filter.handlingPath = handling;
  return filter;
}

/** All cases in sight, narrowed by what one remembers. */
export function CasesPage() {
  const { t } = useTranslation('cases');
  const common = useTranslation('common');
  const navigate = useNavigate();
  const [parameters] = useSearchParams();
  const [filter, setFilter] = useState<CaseFilter>(() => filterOf(parameters));
  const [sort, setSort] = useState<Sort>('deadline');
  const list = useInfiniteQuery({
    queryKey: ['cases', 'list', filter, sort],
    queryFn: ({ pageParam }) =>
      api.cases.list({ filter, sort, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.cursor,
    placeholderData: keepPreviousData,
  });
  const change = (changes: { [Key in keyof CaseFilter]?: CaseFilter[Key] | undefined }): void =>
    setFilter((before) => ({ ...before, ...changes }));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  const narrowed =
    Boolean(filter.search) ||
    filter.mine === true ||
    filter.overdue === true ||
    Boolean(filter.status) ||
    Boolean(filter.object);
  return (
    <Page
      title={t('title')}
      primary={
        <Button type="primary" onClick={() => void navigate('/cases/new')}>
          {common.t('action.newCase')}
        </Button>
      }
    >
      <div role="search" style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' }}>
        <Input.Search
          allowClear
          aria-label={t('list.search')}
          placeholder={t('list.searchHint')}
          style={{ width: 300 }}
          onChange={(event) => change({ search: event.target.value || undefined })}
        />
        <Segmented<string>
          aria-label={t('list.show')}
          value={filter.open === true ? 'open' : 'all'}
          onChange={(value) => change({ open: value === 'open' ? true : undefined })}
          options={[
            { value: 'open', label: t('list.open') },
            { value: 'all', label: t('list.all') },
          ]}
        />
        <Select<CaseStatus[]>
          mode="multiple"
          allowClear
          aria-label={t('list.status')}
          placeholder={t('list.status')}
          style={{ minWidth: 150 }}
          value={filter.status ?? []}
          onChange={(status) => change({ status: status.length > 0 ? status : undefined })}
          options={CASE_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
        />
        <Select<ObjectCategory | undefined>
          allowClear
          aria-label={t('list.object')}
          placeholder={t('list.object')}
          style={{ minWidth: 140 }}
          value={filter.object}
          onChange={(object) => change({ object })}
          options={ObjectCategory.options.map((value) => ({ value, label: t(`object.${value}`) }))}
        />
        <Checkbox
          checked={filter.mine === true}
          onChange={(event) => change({ mine: event.target.checked || undefined })}
        >
          {t('list.mine')}
        </Checkbox>
        <Checkbox
          checked={filter.overdue === true}
          onChange={(event) => change({ overdue: event.target.checked || undefined })}
        >
          {t('list.overdue')}
        </Checkbox>
        <Select<Sort>
          aria-label={t('list.sort')}
          value={sort}
          onChange={setSort}
          options={[
            { value: 'deadline', label: t('list.byDeadline') },
            { value: 'updated', label: t('list.byUpdated') },
            { value: 'registered', label: t('list.byRegistered') },
          ]}
        />
        <span role="status">{t('list.total', { total })}</span>
      </div>
      {list.error ? <ErrorNotice error={list.error} /> : null}
      {list.isLoading ? <Skeleton active /> : null}
      {list.data && items.length === 0 ? (
        <EmptyState
          title={narrowed ? t('list.none') : t('list.empty')}
          text={narrowed ? t('list.noneText') : t('list.emptyText')}
        />
      ) : null}
      {items.length > 0 ? <CaseTable items={items} keyboard /> : null}
      {list.hasNextPage ? (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('list.more')}
        </Button>
      ) : null}
    </Page>
  );
}
