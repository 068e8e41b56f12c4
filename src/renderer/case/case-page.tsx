import { useQuery } from '@tanstack/react-query';
import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { CaseDetail, Revealed } from '../../contract/workstation/case.ts';
import { api } from '../kernel/api/client.ts';
import { useRules } from '../kernel/app/rules.tsx';
import { CountdownTag } from '../kernel/components/countdown-tag.tsx';
import { DeadlineTag } from '../kernel/components/deadline-tag.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { CaseStatusTag } from '../kernel/components/status-tag.tsx';
import { History } from '../kernel/components/timeline.tsx';
import { CaseFile } from './case-file.tsx';
import { DocumentsPanel } from '../document/index.ts';
import { EvidencePanel } from '../evidence/index.ts';
import { EntryBody } from './entry-body.tsx';
import { useEntryWords } from './entry-words.ts';
import { OthersHere } from './others-here.tsx';
import { printAgreement } from './print.ts';
import { ErasedNotice } from '../kernel/kit/erased-notice.tsx';
import { AskAboutData } from '../privacy/index.ts';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { OlderCases } from '../archive/index.ts';
import { RevealDialog } from './reveal-dialog.tsx';
import { ReviewsCard } from './reviews-card.tsx';
import { RepeatsOfCase } from './repeats-panel.tsx';
import { StepMenu } from './step-menu.tsx';
import { likelyStep, STEPS, type StepName } from './steps/index.ts';
import { UndoOffer } from './undo-offer.tsx';
import { useToday } from '../kernel/kit/now.tsx';

/** One case: who, what, what happened, what is next and until when. */
export function CasePage() {
  const { id = '' } = useParams();
  const detail = useQuery({ queryKey: ['cases', 'detail', id], queryFn: () => api.cases.get({ id }) });
  const { t } = useTranslation('cases');
  return (
    <RecordPage
      personal
      query={detail}
      title={t('title')}
      gone={<ErrorNotice error={detail.error} kept={false} action={<OlderCases />} />}
    >
      {(data) => <LoadedCase key={id} detail={data} />}
    </RecordPage>
  );
}

function LoadedCase({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('cases');
  const common = useTranslation('common');
  const supervision = useTranslation('supervision');
  const navigate = useNavigate();
  const [search] = useSearchParams();
  // The deadline board proposes a step: its form is open at once, when it may be taken.
  const [step, setStep] = useState<StepName | null>(
    () => detail.steps.find((one) => one === search.get('step')) ?? null,
  );
  // So is that of the notice it asks for, while it is owed: a page that is loaded again does not ask for a second one.
  const [notice] = useState(
    () => detail.followUps.find((one) => one.document === search.get('issue'))?.document ?? null,
  );
  const [revealed, setRevealed] = useState<Revealed | null>(null);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { state, summary } = detail;
  const words = useEntryWords(useRules().of(state.procedure));
  const sampleId = search.get('sample');
  const today = useToday();
  const primary = likelyStep(detail.steps, { detail, today, sampleId });
  const others = detail.steps.filter((one) => one !== primary);
  const Panel = step === null ? null : STEPS[step].Panel;
  const print = async (): Promise<void> => {
    setError(null);
    try {
      await printAgreement(state.id);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <Page
      title={state.number}
      tags={
        <>
          <CaseStatusTag status={state.status} />
          {summary.deadline ? <DeadlineTag deadline={summary.deadline} /> : null}
          {detail.followUps.map((one) => (
            <CountdownTag key={one.kind} followUp={one} />
          ))}
          <OthersHere caseId={state.id} />
        </>
      }
      actions={
        <>
          {sampleId === null ? (
            <Button onClick={() => void navigate('/cases')}>{common.t('action.back')}</Button>
          ) : (
            <Button onClick={() => void navigate(`/supervision?view=review&sample=${sampleId}`)}>
              {supervision.t('review.back')}
            </Button>
          )}
          {state.settlement && !state.erased ? (
            <Button onClick={() => void print()}>{t('page.print')}</Button>
          ) : null}
          {detail.canNote ? <Button onClick={() => setStep('note-added')}>{t('page.note')}</Button> : null}
          <StepMenu steps={others} onChoose={setStep} />
        </>
      }
      primary={
        primary ? (
          <Button type="primary" aria-keyshortcuts="Control+Enter" onClick={() => setStep(primary)}>
            {t(`step.${primary}`)}
            <small aria-hidden="true" className="heshi-key">
              Ctrl+Enter
            </small>
          </Button>
        ) : null
      }
    >
      {error ? <ErrorNotice error={error} kept={false} /> : null}
      <ErasedNotice erased={state.erased} />
      <div className="heshi-columns">
        <div className="heshi-stack">
          <CaseFile
            detail={detail}
            revealed={revealed}
            reveal={
              <div className="heshi-row">
                <AskAboutData kind="case" id={state.id} />
                {detail.canReveal && !revealed ? (
                  <Button size="small" onClick={() => setAsking(true)}>
                    {t('page.reveal')}
                  </Button>
                ) : null}
              </div>
            }
          />
          <DocumentsPanel caseId={state.id} caseNumber={state.number} begin={notice} />
          <EvidencePanel caseId={state.id} />
        </div>
        <div className="heshi-stack">
          <Card size="small" title={t('page.next')}>
            {primary ? (
              <>
                <strong>{t(`step.${primary}`)}</strong>{' '}
                {summary.deadline ? <DeadlineTag deadline={summary.deadline} /> : null}
              </>
            ) : (
              <span>
                {summary.mine || state.status === 'closed'
                  ? t('page.noNext')
                  : t('page.elsewhere', { unit: summary.handlingName })}
              </span>
            )}
          </Card>
          <ReviewsCard detail={detail} />
          <RepeatsOfCase caseId={state.id} closed={state.status === 'closed'} />
          <Card size="small" title={t('page.timeline')}>
            <History
              entries={detail.timeline}
              title={words.title}
              body={(entry) => <EntryBody entry={entry} words={words} />}
            />
          </Card>
        </div>
      </div>
      <UndoOffer caseId={state.id} entries={detail.timeline.length} />
      {Panel ? <Panel key={step} detail={detail} sampleId={sampleId} onClose={() => setStep(null)} /> : null}
      <RevealDialog
        open={asking}
        onClose={() => setAsking(false)}
        ask={async (reason) => {
          setRevealed(await api.cases.reveal({ id: state.id, reason }));
          setAsking(false);
        }}
      />
    </Page>
  );
}
