import { Button, Segmented, Select, Tag, Tooltip, type TableProps } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import {
  SANCTION_VERDICTS,
  type SanctionFilter,
  type SanctionSummary,
} from '../../contract/workstation/sanction.ts';
import { SanctionKind } from '../../domain/sanction/index.ts';
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
import { SanctionCalendar } from './calendar.tsx';
import { RecordDialog } from './dialogs.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { VerdictTag } from './verdict.tsx';
import './sanction.css';

/** What is within these days is soon due (assumption). */
const SOON_DAYS = 30;

/** Decisions about merchants, the latest first, or what becomes of them in the next weeks. */
export function SanctionsPage() {
  const { t } = useTranslation('sanction');
  const { staff } = useSession();
  const { text, set } = useAddressFilters();
  const [form, setForm] = useState<'record' | 'import' | null>(null);
  const records = staff.capabilities.includes('sanction.record') && staff.unit.party === 'regulator';
  const view = text('view') === 'calendar' ? 'calendar' : 'list';
  const close = (): void => setForm(null);
  const frame = {
    actions: records ? <Button onClick={() => setForm('import')}>{t('import.title')}</Button> : null,
    primary: records ? (
      <Button type="primary" onClick={() => setForm('record')}>
        {t('record.title')}
      </Button>
    ) : undefined,
    views: (
      <Segmented<'list' | 'calendar'>
        aria-label={t('views.label')}
        value={view}
        onChange={(next) => set('view', next === 'list' ? null : next)}
        options={[
          { value: 'list', label: t('views.list') },
          { value: 'calendar', label: t('views.calendar') },
        ]}
      />
    ),
  };
  return (
    <>
      {view === 'calendar' ? <SanctionCalendar {...frame} /> : <SanctionList {...frame} />}
      {form === 'record' ? <RecordDialog merchantId={null} onClose={close} /> : null}
      {form === 'import' ? <ImportDialog onClose={close} /> : null}
    </>
  );
}

/** What the page gives each of its views: its buttons, and the choice between them. */
export type ViewProps = { actions: ReactNode; primary: ReactNode; views: ReactNode };

function SanctionList({ actions, primary, views }: ViewProps) {
  const { t } = useTranslation('sanction');
  const { text, set, clear } = useAddressFilters();
  const search = useDebounced(text('search'), SEARCH_AFTER_MS);
  const kind = SanctionKind.options.find((one) => one === text('kind'));
  const verdict = SANCTION_VERDICTS.find((one) => one === text('verdict'));
  const soon = text('due') === 'soon';
  const filter: SanctionFilter = {
    ...(kind === undefined ? {} : { kind }),
    ...(verdict === undefined ? {} : { verdict }),
    ...(soon ? { dueInDays: SOON_DAYS } : {}),
    ...(search === undefined ? {} : { search }),
  };
  const list = useRecordList(['sanctions', 'list', filter], (page) =>
    api.sanctions.list({ filter, ...page }),
  );
  const columns = useColumns();
  return (
    <ListPage
      title={t('title')}
      actions={actions}
      primary={primary}
      list={list}
      filters={
        <Filters label={t('filters')} total={list.total === null ? '' : t('total', { total: list.total })}>
          {views}
          <SearchBox
            label={t('search')}
            hint={t('searchHint')}
            value={text('search') ?? ''}
            onChange={(value) => set('search', value)}
          />
          <Select<string | null>
            allowClear
            aria-label={t('verdictLabel')}
            placeholder={t('anyVerdict')}
            value={verdict ?? null}
            onChange={(next) => set('verdict', next)}
            options={SANCTION_VERDICTS.map((one) => ({ value: one, label: t(`verdictFilter.${one}`) }))}
            className="heshi-choice"
          />
          <Select<string | null>
            allowClear
            aria-label={t('field.kind')}
            placeholder={t('anyKind')}
            value={kind ?? null}
            onChange={(next) => set('kind', next)}
            options={SanctionKind.options.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
            className="heshi-choice"
          />
          <Select<string | null>
            allowClear
            aria-label={t('dueLabel')}
            placeholder={t('anyDue')}
            value={soon ? 'soon' : null}
            onChange={(next) => set('due', next)}
            options={[{ value: 'soon', label: t('dueSoon', { days: SOON_DAYS }) }]}
            className="heshi-choice"
          />
        </Filters>
      }
    >
      <RecordTable
        items={list.items}
        pathOf={(one) => `/sanctions/${one.id}`}
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

function useColumns(): NonNullable<TableProps<SanctionSummary>['columns']> {
  const { t } = useTranslation('sanction');
  return [
    {
      key: 'merchant',
      title: t('field.merchant'),
      render: (_, row) => (
        <>
          <Link to={`/sanctions/${row.id}`}>{row.merchantName}</Link>
          {row.waiting > 0 ? (
            <Tooltip title={t('waitingHint', { count: row.waiting })}>
              {' '}
              <Tag color="warning">{t('waiting')}</Tag>
            </Tooltip>
          ) : null}
          <div className="heshi-muted">{row.unitName}</div>
        </>
      ),
    },
    {
      key: 'kind',
      title: t('field.kind'),
      className: 'heshi-nowrap',
      render: (_, row) => (
        <>
          {t(`kind.${row.kind}`)}
          {row.class === null ? null : <div className="heshi-muted">{t(`class.${row.class}`)}</div>}
        </>
      ),
    },
    {
      key: 'number',
      title: t('decision'),
      render: (_, row) => (
        <>
          <span className="heshi-nowrap">{row.number}</span>
          <div className="heshi-muted">{row.organ}</div>
        </>
      ),
    },
    {
      key: 'determined',
      title: t('field.determinedOn'),
      className: 'heshi-nowrap heshi-sanction-day',
      render: (_, row) => row.determinedOn,
    },
    {
      key: 'eligible',
      title: t('verdictLabel'),
      className: 'heshi-nowrap',
      render: (_, row) => <VerdictTag eligibility={row.eligibility} />,
    },
    {
      key: 'ends',
      title: t('endsOn'),
      className: 'heshi-nowrap heshi-sanction-day',
      render: (_, row) => row.endsOn ?? '—',
    },
  ];
}
