import { Alert, Segmented, type TableProps } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ConsentedSummary } from '../../contract/workstation/finance.ts';
import { api } from '../kernel/api/client.ts';
import { SearchBox } from '../kernel/components/search-box.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
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
import { STANDING_TONES } from './standing.ts';

/** Merchants that have consented to have something told to the officer's own bank, one row a consent; nothing else of merchants. */
export function ConsentedPage() {
  const { t } = useTranslation('finance');
  const { text, set, clear } = useAddressFilters();
  const search = useDebounced(text('search'), SEARCH_AFTER_MS);
  const state = text('state') === 'ended' ? 'ended' : 'open';
  const asked = { state, ...(search === undefined ? {} : { search }) } as const;
  const list = useRecordList(['finance', 'consented', asked], (page) =>
    api.finance.consented({ ...asked, ...page }),
  );
  const near = useQuery({
    queryKey: ['finance', 'consented', 'near'],
    queryFn: () => api.finance.consented({ state: 'open', limit: 1 }),
  });
  const { endingSoon = 0, endedLately = 0 } = near.data ?? {};
  const columns = useColumns();
  return (
    <ListPage
      title={t('bank.title')}
      list={list}
      filters={
        <>
          <p className="heshi-hint">{t('bank.lead')}</p>
          {endedLately > 0 ? (
            <Alert
              type="warning"
              showIcon
              role="status"
              title={t('bank.endedLately', { count: endedLately })}
            />
          ) : null}
          {endingSoon > 0 ? (
            <Alert type="info" showIcon role="status" title={t('bank.endingSoon', { count: endingSoon })} />
          ) : null}
          <Filters
            label={t('bank.filters')}
            total={list.total === null ? '' : t('bank.total', { total: list.total })}
          >
            <Segmented
              aria-label={t('consents.state')}
              value={state}
              onChange={(next) => set('state', next === 'ended' ? 'ended' : null)}
              options={[
                { value: 'open', label: t('bank.open') },
                { value: 'ended', label: t('bank.ended') },
              ]}
            />
            <SearchBox
              label={t('bank.search')}
              hint={t('bank.searchHint')}
              value={text('search') ?? ''}
              onChange={(value) => set('search', value)}
            />
          </Filters>
        </>
      }
    >
      <RecordTable
        items={list.items}
        pathOf={(one) => `/consented/${encodeURIComponent(one.id)}`}
        label={t('bank.title')}
        columns={columns}
        pending={list.pending}
        asked={list.asked}
        empty={
          <EmptyList
            filtered={search !== undefined || state === 'ended'}
            empty={{ title: t('bank.none'), text: t('bank.noneText') }}
            noneFound={{ title: t('bank.noneFound'), text: t('bank.noneFoundText') }}
            clear={{ label: t('bank.clear'), act: clear }}
          />
        }
      />
    </ListPage>
  );
}

function useColumns(): NonNullable<TableProps<ConsentedSummary>['columns']> {
  const { t } = useTranslation('finance');
  return [
    {
      key: 'merchant',
      title: t('bank.merchant'),
      render: (_, one) => (
        <>
          <Link to={`/consented/${encodeURIComponent(one.id)}`}>{one.merchantName}</Link>
          <div className="heshi-note heshi-nowrap">{one.number}</div>
        </>
      ),
    },
    {
      key: 'items',
      title: t('consents.items'),
      render: (_, one) => one.items.map((item) => t(`item.${item}`)).join(t('separator')),
    },
    { key: 'purpose', title: t('form.purpose'), render: (_, one) => one.purpose },
    {
      key: 'period',
      title: t('consents.period'),
      className: 'heshi-nowrap',
      render: (_, one) => `${one.from} – ${one.until}`,
    },
    {
      key: 'state',
      title: t('consents.state'),
      className: 'heshi-nowrap',
      render: (_, one) => (
        <>
          <StatusTag tone={STANDING_TONES[one.standing]}>{t(`consents.standing.${one.standing}`)}</StatusTag>
          {one.endedOn === null ? null : (
            <div className="heshi-note">{t('bank.endedOn', { day: one.endedOn })}</div>
          )}
        </>
      ),
    },
  ];
}
