import { useQuery } from '@tanstack/react-query';
import { Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AccessEntry, AccessFilter } from '../../contract/workstation/access.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { ExportMenu } from '../kernel/components/export-button.tsx';
import { When } from '../kernel/components/when.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';
import { DayPicker } from '../kernel/kit/day-picker.tsx';
import { EmptyList, Filters, ListPage, useAddressFilters, useRecordList } from '../kernel/kit/list-page.tsx';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Who looked at whose data, the latest first: for who answers for the unit. */
export function AccessesPage() {
  const { t } = useTranslation('accesses');
  const { text, set, clear } = useAddressFilters();
  const [error, setError] = useState<unknown>(null);
  const day = (name: string): string | undefined => {
    const typed = text(name);
    return typed !== undefined && DAY.test(typed) ? typed : undefined;
  };
  const [unitPath, staffId, from, to] = [text('unit'), text('person'), day('from'), day('to')];
  const filter: AccessFilter = {
    ...(unitPath === undefined ? {} : { unitPath }),
    ...(staffId === undefined ? {} : { staffId }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const filtered = Object.keys(filter).length > 0;
  const list = useRecordList(['accesses', 'list', filter], (page) => api.accesses.list({ filter, ...page }));
  const choices = useQuery({ queryKey: ['accesses', 'choices'], queryFn: () => api.accesses.choices() });
  return (
    <ListPage
      title={t('title')}
      list={list}
      actions={<ExportMenu ask={(format) => api.accesses.export({ format, filter })} onError={setError} />}
      filters={
        <Filters total={list.total === null ? '' : t('total', { total: list.total })}>
          <Select<string>
            aria-label={t('person')}
            className="heshi-choice"
            value={staffId ?? ''}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(value) => set('person', value)}
            options={[
              { value: '', label: t('anyone') },
              ...(choices.data?.people ?? []).map((one) => ({ value: one.staffId, label: one.name })),
            ]}
          />
          <Select<string>
            aria-label={t('unit')}
            className="heshi-choice-l"
            value={unitPath ?? ''}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(value) => set('unit', value)}
            options={[
              { value: '', label: t('allUnits') },
              ...(choices.data?.units ?? []).map(({ path, name }) => ({ value: path, label: name })),
            ]}
          />
          <DayPicker
            label={t('from')}
            placeholder={t('from')}
            value={from ?? null}
            onChange={(value) => set('from', value)}
            onClear={() => set('from', null)}
            untilToday
          />
          <DayPicker
            label={t('to')}
            placeholder={t('to')}
            value={to ?? null}
            onChange={(value) => set('to', value)}
            onClear={() => set('to', null)}
            untilToday
          />
        </Filters>
      }
    >
      <p className="heshi-hint">{t('hint')}</p>
      {error ? <ErrorNotice error={error} kept={false} /> : null}
      <Accesses list={list} filtered={filtered} clear={clear} />
    </ListPage>
  );
}

function Accesses({
  list,
  filtered,
  clear,
}: {
  list: ReturnType<typeof useRecordList<AccessEntry>>;
  filtered: boolean;
  clear: () => void;
}) {
  const { t } = useTranslation('accesses');
  const say = useDataWords();
  return (
    <Table<AccessEntry>
      size="small"
      rowKey="id"
      aria-label={t('label')}
      loading={list.pending}
      dataSource={list.items}
      pagination={false}
      locale={{
        emptyText: (
          <EmptyList
            filtered={filtered}
            empty={{ title: t('empty'), text: t('emptyText') }}
            noneFound={{ title: t('noneFound'), text: t('noneFoundText') }}
            clear={{ label: t('clear'), act: clear }}
          />
        ),
      }}
      columns={[
        { key: 'at', title: t('at'), width: 130, render: (_, { at }) => <When at={at} /> },
        { key: 'by', title: t('by'), width: 90, dataIndex: 'staffName' },
        { key: 'unit', title: t('unit'), dataIndex: 'unitName' },
        {
          key: 'action',
          title: t('action'),
          render: (_, { action }) => say(`accesses:actions.${action}`),
        },
        { key: 'record', title: t('record'), render: (_, entry) => <Looked entry={entry} /> },
        { key: 'what', title: t('what'), render: (_, { what }) => paperWords(say, what) },
        { key: 'reason', title: t('reason'), render: (_, { reason }) => reason ?? t('noReason') },
      ]}
    />
  );
}

/** Which record it was, as a link where this workstation opens such records. */
function Looked({ entry: { record, title, here } }: { entry: AccessEntry }) {
  const say = useDataWords();
  const room = say(`accesses:rooms.${record.kind}`);
  const pages: Record<string, string> = { case: 'cases', return: 'returns', merchant: 'merchants' };
  const page = here ? pages[record.kind] : undefined;
  if (title === null) return room;
  return (
    <>
      {room} {page === undefined ? title : <Link to={`/${page}/${record.id}`}>{title}</Link>}
    </>
  );
}

/** What was looked at: its first word is a code, the others are shown as they are. */
function paperWords(say: ReturnType<typeof useDataWords>, what: string | null): string {
  if (what === null) return '';
  const [first = '', ...rest] = what.split(' ');
  return [say(`accesses:papers.${first}`), ...rest].join(' ');
}
