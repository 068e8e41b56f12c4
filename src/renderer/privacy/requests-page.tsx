import { Button, Select, Space, Tag, Tooltip, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { PRIVACY_DUE, type PrivacyFilter, type PrivacySummary } from '../../contract/workstation/privacy.ts';
import { PRIVACY_STATUSES, type PrivacyStatus, PrivacyWhat } from '../../domain/privacy/index.ts';
import { api } from '../kernel/api/client.ts';
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
import { PrivacyDueTag, PrivacyStatusTag } from './tags.tsx';

const isStatus = (text: string): text is PrivacyStatus => PRIVACY_STATUSES.some((one) => one === text);

/** Consumers' requests about their own data: the latest first, or those that are due. */
export function RequestsPage() {
  const { t } = useTranslation('privacy');
  const navigate = useNavigate();
  const { text, codes, set, clear } = useAddressFilters();
  const search = useDebounced(text('search'), SEARCH_AFTER_MS);
  const status = codes('status').filter(isStatus);
  const what = PrivacyWhat.options.find((one) => one === text('what'));
  const due = PRIVACY_DUE.find((one) => one === text('due'));
  const filter: PrivacyFilter = {
    ...(status.length > 0 ? { status } : {}),
    ...(what === undefined ? {} : { what }),
    ...(due === undefined ? {} : { due }),
    ...(search === undefined ? {} : { search }),
  };
  const list = useRecordList(['privacy', 'list', filter], (page) => api.privacy.list({ filter, ...page }));
  const columns = useColumns();
  return (
    <ListPage
      title={t('title')}
      primary={
        <Button type="primary" onClick={() => void navigate('/privacy/new')}>
          {t('new')}
        </Button>
      }
      list={list}
      filters={
        <Filters label={t('filters')} total={list.total === null ? '' : t('total', { total: list.total })}>
          <SearchBox
            label={t('search')}
            hint={t('searchHint')}
            value={text('search') ?? ''}
            onChange={(value) => set('search', value)}
          />
          <Select<PrivacyStatus[]>
            mode="multiple"
            allowClear
            aria-label={t('statusLabel')}
            placeholder={t('allStatuses')}
            value={status}
            onChange={(next) => set('status', next.join(','))}
            options={PRIVACY_STATUSES.map((one) => ({ value: one, label: t(`status.${one}`) }))}
            className="heshi-choice"
          />
          <Select<string | null>
            allowClear
            aria-label={t('whatLabel')}
            placeholder={t('anyWhat')}
            value={what ?? null}
            onChange={(next) => set('what', next)}
            options={PrivacyWhat.options.map((one) => ({ value: one, label: t(`what.${one}`) }))}
            className="heshi-choice"
          />
          <Select<string | null>
            allowClear
            aria-label={t('dueLabel')}
            placeholder={t('anyDue')}
            value={due ?? null}
            onChange={(next) => set('due', next)}
            options={PRIVACY_DUE.map((one) => ({ value: one, label: t(`dueFilter.${one}`) }))}
            className="heshi-choice"
          />
        </Filters>
      }
    >
      <RecordTable
        items={list.items}
        pathOf={(one) => `/privacy/${one.id}`}
        label={t('label')}
        columns={columns}
        pending={list.pending}
        asked={list.asked}
        empty={
          <EmptyList
            filtered={Object.keys(filter).length > 0}
            empty={{ title: t('empty'), text: t('emptyText') }}
            noneFound={{ title: t('noneFound'), text: t('noneFoundText') }}
            clear={{ label: t('clear'), act: clear }}
          />
        }
      />
    </ListPage>
  );
}

function useColumns(): NonNullable<TableProps<PrivacySummary>['columns']> {
  const { t } = useTranslation('privacy');
  return [
    {
      key: 'number',
      title: t('number'),
      className: 'heshi-nowrap',
      render: (_, row) => <Link to={`/privacy/${row.id}`}>{row.number}</Link>,
    },
    {
      key: 'what',
      title: t('whatLabel'),
      className: 'heshi-nowrap',
      render: (_, row) => t(`what.${row.what}`),
    },
    {
      key: 'status',
      title: t('statusLabel'),
      className: 'heshi-nowrap',
      render: (_, row) => <PrivacyStatusTag status={row.status} />,
    },
    {
      key: 'due',
      title: t('dueLabel'),
      className: 'heshi-nowrap',
      render: (_, row) => <PrivacyDueTag due={row.due} />,
    },
    {
      key: 'requester',
      title: t('requester'),
      className: 'heshi-nowrap',
      render: (_, row) => row.requester.name,
    },
    {
      key: 'at',
      title: t('receivedAt'),
      className: 'heshi-nowrap',
      render: (_, row) => <When at={row.receivedAt} />,
    },
    {
      key: 'unit',
      title: t('unit'),
      render: (_, row) => (
        <Space size={4} wrap>
          {row.unitName}
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
