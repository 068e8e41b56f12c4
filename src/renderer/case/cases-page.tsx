import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ListPage, useRecordList } from '../kernel/kit/list-page.tsx';
import { OlderCases } from '../archive/index.ts';
import { CaseFilterBar } from './case-filter-bar.tsx';
import { NARROWING, useCaseFilter } from './case-filter.ts';
import { CaseTable } from './case-table.tsx';
import { SavedFilters } from './saved-filters.tsx';
import { SearchRebuildNotice } from './search-rebuild.tsx';

/** All cases in sight, narrowed by what one remembers. */
export function CasesPage() {
  const { t } = useTranslation('cases');
  const common = useTranslation('common');
  const navigate = useNavigate();
  const filtering = useCaseFilter();
  const { filter, sort, narrowed, set } = filtering;
  const list = useRecordList(['cases', 'list', filter, sort], (page) =>
    api.cases.list({ filter, sort, ...page }),
  );
  const loaded = list.total !== null;
  const empty = narrowed ? 'none' : filter.open === true ? 'noneOpen' : 'empty';
  return (
    <ListPage
      title={t('title')}
      actions={<SavedFilters narrowed={narrowed} />}
      primary={
        <Button type="primary" onClick={() => void navigate('/cases/new')}>
          {common.t('action.newCase')}
        </Button>
      }
      list={list}
      filters={
        <>
          <CaseFilterBar filtering={filtering} first={list.items[0]} total={list.total} />
          <SearchRebuildNotice />
        </>
      }
      footer={loaded && list.more === null ? <OlderCases /> : null}
    >
      {list.pending && list.error === null ? <Skeleton active /> : null}
      {loaded && list.items.length === 0 ? (
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
      {list.items.length > 0 ? <CaseTable items={list.items} keyboard /> : null}
    </ListPage>
  );
}
