import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Space, Table, Tag, Tooltip, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallEntry } from '../../contract/workstation/sanction.ts';
import { CallOutcome } from '../../domain/sanction/index.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { openFile } from '../kernel/components/open-file.ts';
import { Dialog } from '../kernel/kit/dialog.tsx';
import { EmptyList, Filters, ListPage, useRecordList } from '../kernel/kit/list-page.tsx';
import './sanction.css';

/** The calls that this unit is to make today: who, about what, and what came of it. */
export function CallsPage() {
  const { t } = useTranslation('sanction');
  const [called, setCalled] = useState<CallEntry | null>(null);
  const list = useRecordList(['sanctions', 'calls'], (page) => api.sanctions.calls(page));
  const print = useMutation({
    mutationFn: (id: string) => api.sanctions.callLetter({ id }),
    onSuccess: (file) => openFile(file, false),
  });
  const columns = useColumns({ print: print.mutate, call: setCalled });
  return (
    <ListPage
      title={t('calls.title')}
      list={list}
      filters={
        <Filters
          label={t('calls.filters')}
          total={list.total === null ? '' : t('calls.total', { total: list.total })}
        >
          <span className="heshi-muted">{t('calls.logged')}</span>
        </Filters>
      }
    >
      {print.error ? <ErrorNotice error={print.error} kept={false} /> : null}
      {list.items.length === 0 && !list.pending ? (
        <EmptyList
          filtered={false}
          empty={{ title: t('calls.empty'), text: t('calls.emptyText') }}
          noneFound={{ title: t('calls.empty'), text: t('calls.emptyText') }}
          clear={{ label: t('clear'), act: () => undefined }}
        />
      ) : (
        <Table<CallEntry>
          size="small"
          rowKey="id"
          aria-label={t('calls.label')}
          loading={list.pending}
          dataSource={list.items}
          columns={columns}
          pagination={false}
        />
      )}
      {called === null ? null : <CallDialog entry={called} onClose={() => setCalled(null)} />}
    </ListPage>
  );
}

type Acts = { print: (id: string) => void; call: (entry: CallEntry) => void };

function useColumns({ print, call }: Acts): NonNullable<TableProps<CallEntry>['columns']> {
  const { t } = useTranslation('sanction');
  return [
    {
      key: 'merchant',
      title: t('field.merchant'),
      render: (_, row) => (
        <>
          {row.merchantName}
          <div className="heshi-muted">{row.unitName}</div>
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
      key: 'when',
      title: t('calls.when'),
      className: 'heshi-nowrap',
      render: (_, row) => <When row={row} />,
    },
    {
      key: 'phone',
      title: t('calls.phone'),
      className: 'heshi-nowrap',
      render: (_, row) => <Phone row={row} />,
    },
    {
      key: 'act',
      title: t('calls.outcomeLabel'),
      className: 'heshi-nowrap',
      render: (_, row) => (
        <Space>
          <Button type="primary" size="small" onClick={() => call(row)}>
            {t('calls.record')}
          </Button>
          <Button size="small" onClick={() => print(row.id)}>
            {t('calls.letter')}
          </Button>
        </Space>
      ),
    },
  ];
}

function When({ row: { day, daysBefore, late, tries } }: { row: CallEntry }) {
  const { t } = useTranslation('sanction');
  return (
    <>
      {daysBefore === 0 ? (
        <Tag color="success">{t('calls.now', { day })}</Tag>
      ) : (
        <Tag color="processing">{t('calls.ahead', { day })}</Tag>
      )}
      {late ? <Tag color="error">{t('calls.late')}</Tag> : null}
      {tries === 0 ? null : <div className="heshi-muted">{t('calls.tries', { count: tries })}</div>}
    </>
  );
}

/** The number, once somebody asks for it; the look is logged. */
function Phone({ row: { id, hasPhone, merchantName } }: { row: CallEntry }) {
  const { t } = useTranslation('sanction');
  const shown = useMutation({ mutationFn: () => api.sanctions.callPhone({ id }) });
  if (!hasPhone) return <span className="heshi-muted">{t('calls.noPhone')}</span>;
  if (shown.data) return <span>{shown.data.phone ?? t('calls.noPhone')}</span>;
  if (shown.error) return <ErrorNotice error={shown.error} kept={false} />;
  return (
    <Tooltip title={t('calls.logged')}>
      <Button
        size="small"
        loading={shown.isPending}
        aria-label={`${t('calls.show')} ${merchantName}`}
        onClick={() => shown.mutate()}
      >
        {t('calls.show')}
      </Button>
    </Tooltip>
  );
}

function CallDialog({ entry, onClose }: { entry: CallEntry; onClose: () => void }) {
  const { t } = useTranslation('sanction');
  const queries = useQueryClient();
  return (
    <Dialog
      title={t('calls.record')}
      text={t('calls.text', { merchant: entry.merchantName })}
      fields={[
        {
          kind: 'choice',
          name: 'outcome',
          label: t('calls.outcomeLabel'),
          options: CallOutcome.options.map((value) => ({ value, label: t(`calls.outcome.${value}`) })),
        },
        { kind: 'note', name: 'note', label: t('calls.note') },
      ]}
      fieldOf={(field) => field}
      onClose={onClose}
      save={async ({ outcome, note }, eventId) => {
        await api.sanctions.called({
          id: entry.id,
          revision: entry.revision,
          eventId,
          outcome: CallOutcome.parse(outcome),
          note: String(note).trim(),
        });
        await queries.invalidateQueries({ queryKey: ['sanctions'] });
      }}
    />
  );
}
