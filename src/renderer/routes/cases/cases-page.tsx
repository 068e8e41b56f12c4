import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { NARROWING, useCaseFilter } from './case-filter.ts';
import { CaseFilterBar } from './case-filter-bar.tsx';
import { SavedFilters } from './saved-filters.tsx';
import { SearchRebuildNotice } from './search-rebuild.tsx';
import { OlderCases } from '../archive/older-cases.tsx';
import { CaseTable } from './case-table.tsx';

const PAGE = 50;

/** All cases in sight, narrowed by what one remembers. */
export function CasesPage() {
  const { t } = useTranslation('cases');
  const common = useTranslation('common');
  const navigate = useNavigate();
  const filtering = useCaseFilter();
  const { filter, sort, narrowed, set } = filtering;
  const list = useInfiniteQuery({
    queryKey: ['cases', 'list', filter, sort],
    queryFn: ({ pageParam }) =>
      api.cases.list({ filter, sort, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.cursor,
    placeholderData: keepPreviousData,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const empty = narrowed ? 'none' : filter.open === true ? 'noneOpen' : 'empty';
  const newCase = (
    <Button type="primary" onClick={() => void navigate('/cases/new')}>
      {common.t('action.newCase')}
    </Button>
  );
  return (
    <Page title={t('title')} actions={<SavedFilters narrowed={narrowed} />} primary={newCase}>
      <CaseFilterBar filtering={filtering} first={items[0]} total={list.data?.pages[0]?.total ?? null} />
      <SearchRebuildNotice />
      {list.error ? <ErrorNotice error={list.error} kept={false} /> : null}
      {list.isLoading ? <Skeleton active /> : null}
      {list.data && items.length === 0 ? (
        <EmptyState
          title={t(`list.${empty}`)}
          text={t(`list.${empty}Text`)}
          action={
            narrowed ? (
              <Button onClick={() => set(Object.fromEntries(NARROWING.map((name) => [name, undefined])))}>
                {t('list.clear')}
              </Button>
            ) : filter.open === true ? (
              <Button onClick={() => set({ show: 'all' })}>{t('list.showAll')}</Button>
            ) : null
          }
        />
      ) : null}
      {items.length > 0 ? <CaseTable items={items} keyboard /> : null}
      {list.hasNextPage ? (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('list.more')}
        </Button>
      ) : null}
      {list.data && !list.hasNextPage ? <OlderCases /> : null}
    </Page>
  );
}
