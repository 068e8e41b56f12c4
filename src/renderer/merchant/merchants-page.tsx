import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { SearchBox } from '../kernel/components/search-box.tsx';
import { useDebounced } from '../kernel/components/use-debounced.ts';
import {
  EmptyList,
  Filters,
  ListPage,
  RecordTable,
  SEARCH_AFTER_MS,
  useAddressFilters,
  useRecordList,
} from '../kernel/kit/list-page.tsx';
import { useMerchantColumns } from './merchant-columns.tsx';
import { MerchantForm } from './merchant-form.tsx';

const COMMITTED = ['all', 'with', 'without', 'proposed'] as const;
type Committed = (typeof COMMITTED)[number];

/** The merchants this workstation knows, found by any part of the name. */
export function MerchantsPage() {
  const { t } = useTranslation('merchants');
  const register = useTranslation('register');
  const navigate = useNavigate();
  const { staff } = useSession();
  const { text, set, clear } = useAddressFilters();
  const mayEdit = staff.capabilities.includes('merchant.edit');
  const search = useDebounced(text('search'), SEARCH_AFTER_MS);
  const committed = COMMITTED.find((one) => one === text('committed')) ?? 'all';
  const unitPath = text('unit');
  const filter = {
    ...(search === undefined ? {} : { search }),
    ...(committed === 'proposed' ? { proposed: true } : {}),
    ...(committed === 'with' || committed === 'without' ? { committed: committed === 'with' } : {}),
    ...(unitPath === undefined ? {} : { unitPath }),
  };
  const units = useQuery({ queryKey: ['merchants', 'units'], queryFn: () => api.merchants.units() });
  const list = useRecordList(['merchants', 'list', filter], (page) =>
    api.merchants.list({ ...filter, ...page }),
  );
  const columns = useMerchantColumns();
  return (
    <ListPage
      title={t('title')}
      actions={
        <>
          <Button onClick={() => void navigate('/merchants/coverage')}>{t('coverage.title')}</Button>
          {mayEdit ? (
            <Button onClick={() => void navigate('/merchants/duplicates')}>
              {register.t('duplicates.title')}
            </Button>
          ) : null}
        </>
      }
      primary={
        mayEdit ? (
          <Button type="primary" onClick={() => set('new', '1')}>
            {t('new')}
          </Button>
        ) : null
      }
      list={list}
      filters={
        <Filters total={list.total === null ? '' : t('list.total', { total: list.total })}>
          <SearchBox
            label={t('list.search')}
            hint={t('list.searchHint')}
            value={text('search') ?? ''}
            onChange={(value) => set('search', value)}
          />
          <Segmented<Committed>
            aria-label={t('list.committed')}
            value={committed}
            onChange={(value) => set('committed', value === 'all' ? null : value)}
            options={COMMITTED.map((value) => ({ value, label: t(`list.${value}`) }))}
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
        </Filters>
      }
    >
      <RecordTable
        items={list.items}
        pathOf={(one) => `/merchants/${one.id}`}
        label={t('list.label')}
        columns={columns}
        pending={list.pending}
        asked={list.asked}
        empty={
          <EmptyList
            filtered={Object.keys(filter).length > 0}
            empty={{ title: t('list.empty'), text: t('list.emptyText') }}
            noneFound={{ title: t('list.noneFound'), text: t('list.noneFoundText') }}
            clear={{ label: t('list.clear'), act: clear }}
          />
        }
      />
      {mayEdit ? (
        <MerchantForm
          merchant={null}
          open={text('new') === '1'}
          onClose={() => set('new', null)}
          onSaved={({ state }) => void navigate(`/merchants/${state.id}`)}
        />
      ) : null}
    </ListPage>
  );
}
