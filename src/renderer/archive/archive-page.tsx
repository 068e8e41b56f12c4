import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented, Skeleton, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { ArchivedCase } from '../../contract/centre/archive.ts';
import { ARCHIVE_BY, type ArchiveBy } from '../../contract/workstation/archive.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { askedAgainIn, NotAskedNotice } from './not-asked.tsx';

const isBy = (text: string | null): text is ArchiveBy => ARCHIVE_BY.some((one) => one === text);

/** Looks for cases closed long ago, where they are. What is looked for stands in the address: going back finds it again. */
export function ArchivePage() {
  const { t } = useTranslation('archive');
  const common = useTranslation('common');
  const navigate = useNavigate();
  const [asked, setAsked] = useSearchParams();
  const given = asked.get('by');
  const wanted = { by: isBy(given) ? given : 'number', text: asked.get('text') ?? '' } as const;
  const [by, setBy] = useState<ArchiveBy>(wanted.by);
  const [text, setText] = useState(wanted.text);
  const found = useQuery({
    queryKey: ['archive', 'search', wanted.by, wanted.text],
    queryFn: () => api.archive.search({ by: wanted.by, text: wanted.text }),
    enabled: wanted.text !== '',
    refetchInterval: ({ state }) => askedAgainIn(state.data),
    // Every question is on record: none is put that nobody asked.
    staleTime: Infinity,
    retry: false,
  });
  const search = (): void => {
    if (text.trim() !== '') setAsked({ by, text: text.trim() });
  };
  return (
    <Page
      title={t('title')}
      actions={<Button onClick={() => void navigate('/cases')}>{common.t('action.back')}</Button>}
    >
      <p className="heshi-hint">{t('lead')}</p>
      <form
        role="search"
        className="heshi-row"
        onSubmit={(event) => {
          event.preventDefault();
          search();
        }}
      >
        <Segmented
          aria-label={t('by')}
          value={by}
          onChange={setBy}
          options={ARCHIVE_BY.map((value) => ({ value, label: t(`byOption.${value}`) }))}
        />
        <Input
          aria-label={t(`byOption.${by}`)}
          placeholder={t(`hint.${by}`)}
          className="heshi-search"
          value={text}
          maxLength={80}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="primary" htmlType="submit" disabled={text.trim() === ''}>
          {t('search')}
        </Button>
      </form>
      {found.error ? <ErrorNotice error={found.error} kept={false} /> : null}
      {found.isLoading ? <Skeleton active /> : null}
      {found.data?.kind === 'not-asked' ? <NotAskedNotice answer={found.data} /> : null}
      {found.data?.kind === 'found' && found.data.cases.length === 0 ? (
        <EmptyState title={t('none')} text={t('noneText')} />
      ) : null}
      {found.data?.kind === 'found' && found.data.cases.length > 0 ? (
        <>
          <Found cases={found.data.cases} />
          {found.data.more ? (
            <p className="heshi-hint">{t('more', { shown: found.data.cases.length })}</p>
          ) : null}
        </>
      ) : null}
    </Page>
  );
}

function Found({ cases }: { cases: ArchivedCase[] }) {
  const { t } = useTranslation('archive');
  return (
    <Table
      size="small"
      rowKey="id"
      aria-label={t('results')}
      dataSource={cases}
      pagination={false}
      columns={[
        {
          title: t('number'),
          className: 'heshi-nowrap',
          render: (_, one) => <Link to={`/cases/archive/${one.id}`}>{one.number}</Link>,
        },
        { title: t('consumer'), dataIndex: 'consumerName' },
        { title: t('merchant'), dataIndex: 'merchantName' },
        { title: t('registered'), dataIndex: 'registeredDay', className: 'heshi-nowrap' },
        { title: t('closed'), dataIndex: 'closedDay', className: 'heshi-nowrap' },
        { title: t('outcome'), render: (_, one) => t(`outcomeOf.${one.outcome ?? 'none'}`) },
      ]}
    />
  );
}
