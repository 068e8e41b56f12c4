import { Button, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { RETURN_STATUSES, type ReturnStatus } from '../../domain/return/reducer.ts';
import { api } from '../kernel/api/client.ts';
import { SearchBox } from '../kernel/components/search-box.tsx';
import { useDebounced } from '../kernel/components/use-debounced.ts';
import { DayPicker } from '../kernel/kit/day-picker.tsx';
import {
  EmptyList,
  Filters,
  ListPage,
  RecordTable,
  SEARCH_AFTER_MS,
  useAddressFilters,
  useRecordList,
} from '../kernel/kit/list-page.tsx';
import { useReturnColumns } from './return-columns.tsx';

const isStatus = (text: string): text is ReturnStatus => RETURN_STATUSES.some((status) => status === text);

/** The returns this workstation knows, newest first. */
export function ReturnsPage() {
  const { t } = useTranslation('returns');
  const navigate = useNavigate();
  const { text, codes, set, clear } = useAddressFilters();
  const status = codes('status').filter(isStatus);
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
  const list = useRecordList(['returns', 'list', filter], (page) => api.returns.list({ filter, ...page }));
  const columns = useReturnColumns();

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
  return (
    <ListPage
      title={t('title')}
      primary={
        <Button type="primary" onClick={() => void navigate('/returns/new')}>
          {t('new')}
        </Button>
      }
      actions={<Button onClick={() => void navigate('/returns/between')}>{t('between.title')}</Button>}
      list={list}
      filters={
        <Filters
          label={t('list.filters')}
          total={list.total === null ? '' : t('list.total', { total: list.total })}
        >
          <SearchBox
            label={t('list.search')}
            hint={t('list.searchHint')}
            value={text('search') ?? ''}
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
            className="heshi-choice"
          />
          {day('requestedFrom', t('list.from'))}
          {day('requestedTo', t('list.to'))}
          {merchantId === undefined ? null : (
            <Tag
              closable
              closeIcon={<span aria-label={t('list.clearMerchant')}>×</span>}
              onClose={() => set('merchantId', null)}
            >
              {list.items[0]?.merchantName ?? t('list.ofMerchant')}
            </Tag>
          )}
        </Filters>
      }
    >
      <RecordTable
        items={list.items}
        pathOf={(one) => `/returns/${one.id}`}
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
    </ListPage>
  );
}
