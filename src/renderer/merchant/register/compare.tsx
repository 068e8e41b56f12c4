import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Radio, Select, Skeleton, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MerchantDetail } from '../../../contract/workstation/merchant.ts';
import { api } from '../../kernel/api/client.ts';
import { useCodeWords } from '../../kernel/components/code-words.ts';
import { ErrorNotice } from '../../kernel/components/error-notice.tsx';
import { useDebounced } from '../../kernel/components/use-debounced.ts';
import { useEventId } from '../../kernel/components/use-event-id.ts';
import { SEARCH_AFTER_MS } from '../../kernel/kit/list-page.tsx';
import { Unmerge } from './merged.tsx';
import { useRegisterChanged } from './use-register.ts';

/** Two entries side by side, what differs marked; one of them stays. `second` is chosen here where only one is known. */
export function Compare({
  first,
  second,
  onChoose,
}: {
  first: string;
  second: string | null;
  onChoose: (id: string) => void;
}) {
  const one = useQuery({
    queryKey: ['merchants', 'get', first],
    queryFn: () => api.merchants.get({ id: first }),
  });
  const other = useQuery({
    queryKey: ['merchants', 'get', second],
    queryFn: () => api.merchants.get({ id: second ?? '' }),
    enabled: second !== null,
  });
  const error = one.error ?? other.error;
  if (error) return <ErrorNotice error={error} kept={false} />;
  if (!one.data) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (second === null) return <Other of={one.data} onChoose={onChoose} />;
  if (!other.data) return <Skeleton active paragraph={{ rows: 6 }} />;
  // A merge that was undone may be made again, as another fact.
  const revisions = `${one.data.state.revision} ${other.data.state.revision}`;
  return <SideBySide key={revisions} first={one.data} second={other.data} />;
}

/** The entry to compare with, found by any part of its name or its number. */
function Other({ of, onChoose }: { of: MerchantDetail; onChoose: (id: string) => void }) {
  const { t } = useTranslation('register');
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed.trim(), SEARCH_AFTER_MS);
  const found = useQuery({
    queryKey: ['merchants', 'list', { search, limit: 20 }],
    queryFn: () => api.merchants.list({ search: search ?? '', limit: 20 }),
    enabled: (search ?? '') !== '',
  });
  return (
    <div className="heshi-stack">
      <p className="heshi-flush">{t('compare.other', { name: of.state.name })}</p>
      <Select<string>
        aria-label={t('compare.choose')}
        placeholder={t('compare.choose')}
        className="heshi-choice-l"
        autoFocus
        showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
        loading={found.isFetching}
        notFoundContent={typed === '' ? null : t('compare.nothing')}
        options={(found.data?.items ?? [])
          .filter((item) => item.id !== of.state.id)
          .map((item) => ({ value: item.id, label: `${item.name} · ${item.unitName}` }))}
        onChange={onChoose}
      />
    </div>
  );
}

function SideBySide({ first, second }: { first: MerchantDetail; second: MerchantDetail }) {
  const { t } = useTranslation('register');
  const { message } = App.useApp();
  const eventId = useEventId();
  const { saved, refused } = useRegisterChanged();
  // The entry with more behind it is the likelier one to stay.
  const weight = ({ counts }: MerchantDetail): number => counts.cases + counts.returns;
  const [stays, setStays] = useState<'first' | 'second'>(weight(second) > weight(first) ? 'second' : 'first');
  const rows = useRows(first, second);
  const [into, goes] = stays === 'first' ? [first, second] : [second, first];
  const merge = useMutation({
    mutationFn: () =>
      api.merchants.merge({
        id: goes.state.id,
        revision: goes.state.revision,
        eventId,
        intoId: into.state.id,
      }),
    onSuccess: (next) => {
      saved(next);
      void message.success(t('merged.done'));
    },
    onError: refused,
  });
  const done = [first, second].find(({ state }) =>
    [first, second].some((one) => one.state.id === state.mergedInto?.id),
  );
  const column = (name: 'first' | 'second', { state }: MerchantDetail) => ({
    key: name,
    title: <Link to={`/merchants/${state.id}`}>{state.name}</Link>,
    render: (_: unknown, row: Row) => (row.first === row.second ? row[name] : <strong>{row[name]}</strong>),
  });
  return (
    <div className="heshi-stack">
      <Table
        aria-label={t('compare.label')}
        size="small"
        pagination={false}
        dataSource={rows}
        columns={[
          { key: 'name', title: t('compare.field'), dataIndex: 'name', width: 200 },
          column('first', first),
          column('second', second),
        ]}
      />
      {done === undefined ? (
        <>
          <Radio.Group
            aria-label={t('compare.stays')}
            value={stays}
            onChange={(event) => setStays(event.target.value === 'second' ? 'second' : 'first')}
            options={(
              [
                ['first', first],
                ['second', second],
              ] as const
            ).map(([value, { state, summary }]) => ({
              value,
              label: t('compare.keep', { name: state.name, unit: summary.unitName }),
            }))}
          />
          <p className="heshi-flush heshi-muted">{t('compare.text')}</p>
          {merge.error ? <ErrorNotice error={merge.error} /> : null}
          <div>
            <Button type="primary" loading={merge.isPending} onClick={() => merge.mutate()}>
              {t('compare.merge', { goes: goes.state.name, into: into.state.name })}
            </Button>
          </div>
        </>
      ) : (
        <div className="heshi-row" role="status">
          <span>{t('compare.done', { goes: done.state.name, into: done.state.mergedInto?.name ?? '' })}</span>
          <Unmerge key={done.state.revision} state={done.state} intoId={done.state.mergedInto?.id ?? ''} />
        </div>
      )}
    </div>
  );
}

type Row = { key: string; name: string; first: string; second: string };

function useRows(first: MerchantDetail, second: MerchantDetail): Row[] {
  const { t } = useTranslation('register');
  const words = useTranslation('merchants');
  const codes = useCodeWords();
  const text = (value: string | null): string => value ?? t('compare.nothingThere');
  const row = (key: string, name: string, of: (one: MerchantDetail) => string): Row => ({
    key,
    name,
    first: of(first),
    second: of(second),
  });
  return [
    row('name', words.t('form.name'), ({ state }) => state.name),
    row('code', words.t('form.creditCode'), ({ state }) => text(state.creditCode)),
    row('aliases', t('form.aliases'), ({ state }) => text((state.aliases ?? []).join(' ') || null)),
    row('category', words.t('form.category'), ({ state }) => codes.word('merchantCategory', state.category)),
    row('unit', words.t('form.unit'), ({ summary }) => summary.unitName),
    row('address', words.t('form.address'), ({ state }) => text(state.address)),
    row('contact', words.t('form.contactName'), ({ state }) => text(state.contactName)),
    row('phone', words.t('form.phone'), ({ state }) => text(state.phone)),
    row('promise', words.t('list.commitment'), ({ summary }) =>
      summary.commitmentDays === null
        ? words.t('list.commitmentNone')
        : words.t('list.commitmentDays', { days: summary.commitmentDays }),
    ),
    row('cases', words.t('page.cases'), ({ counts }) => String(counts.cases)),
    row('open', words.t('page.open'), ({ summary }) => String(summary.openCases)),
    row('returns', words.t('page.returns'), ({ counts }) => String(counts.returns)),
  ];
}
