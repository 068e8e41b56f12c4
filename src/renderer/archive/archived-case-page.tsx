import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { ArchivedDetail } from '../../contract/workstation/archive.ts';
import { api } from '../kernel/api/client.ts';
import { useRules } from '../kernel/app/rules.tsx';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { Page } from '../kernel/components/page.tsx';
import { CaseStatusTag } from '../kernel/components/status-tag.tsx';
import { History } from '../kernel/components/timeline.tsx';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { CaseFile, EntryBody, useEntryWords } from '../case/index.ts';
import { askedAgainIn, NotAskedNotice } from './not-asked.tsx';

/** A case of the archive: its file and all that happened, to be read. */
export function ArchivedCasePage() {
  const { t } = useTranslation('archive');
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const opened = useQuery({
    queryKey: ['archive', 'open', id],
    queryFn: () => api.archive.open({ id }),
    refetchInterval: ({ state }) => askedAgainIn(state.data),
    // Every opening is on record: none happens that nobody asked for.
    staleTime: Infinity,
    retry: false,
  });
  const back = <Button onClick={() => void navigate(-1)}>{t('back')}</Button>;
  return (
    <RecordPage
      personal
      query={opened}
      title={t('title')}
      actions={back}
      gone={<EmptyState title={t('gone')} text={t('goneText')} />}
    >
      {(data) =>
        data.kind === 'opened' ? (
          <Opened opened={data} back={back} />
        ) : (
          <Page title={t('title')} actions={back}>
            <NotAskedNotice answer={data} />
          </Page>
        )
      }
    </RecordPage>
  );
}

function Opened({
  opened: { facts, timeline },
  back,
}: {
  opened: Extract<ArchivedDetail, { kind: 'opened' }>;
  back: ReactNode;
}) {
  const { t } = useTranslation('archive');
  const cases = useTranslation('cases');
  const words = useEntryWords(useRules().of(facts.state.procedure));
  return (
    <Page title={facts.state.number} tags={<CaseStatusTag status={facts.state.status} />} actions={back}>
      <Alert type="info" showIcon role="note" title={t('readOnly')} description={t('readOnlyText')} />
      <div className="heshi-columns">
        <div className="heshi-stack">
          <CaseFile detail={facts} revealed={null} reveal={null} />
        </div>
        <Card size="small" title={cases.t('page.timeline')}>
          <History
            entries={timeline}
            title={words.title}
            body={(entry) => <EntryBody entry={entry} words={words} />}
          />
        </Card>
      </div>
    </Page>
  );
}
