import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { RestorationDetail, RestorationStep } from '../../contract/workstation/restoration.ts';
import { RESTORATION_NEEDS } from '../../contract/workstation/restoration.ts';
import type { Attachment } from '../../domain/restoration/index.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { intoView } from '../kernel/components/into-view.ts';
import { Page } from '../kernel/components/page.tsx';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { Applicant } from './sections/applicant.tsx';
import { Beside, RestorationHistory } from './sections/beside.tsx';
import { Course } from './sections/course.tsx';
import { Departments } from './sections/departments.tsx';
import { Matters } from './sections/matters.tsx';
import { FilesField } from './files-field.tsx';
import { InlineForm } from './inline-form.tsx';
import { actionOf, fieldIn, useStepFields } from './steps.ts';
import { RestorationStatusTag, ToDoTag } from './tags.tsx';
import './restoration.css';

/** One application: where it stands, what each department said, and the next step's form. */
export function RestorationPage() {
  const { t } = useTranslation('restorations');
  const { id = '' } = useParams();
  const detail = useQuery({
    queryKey: ['restorations', 'get', id],
    queryFn: () => api.restorations.get({ id }),
  });
  return (
    <RecordPage
      personal
      query={detail}
      title={t('title')}
      gone={
        <EmptyState
          title={t('page.notFound')}
          text={t('page.notFoundText')}
          action={<Link to="/restorations">{t('page.back')}</Link>}
        />
      }
    >
      {(data) => <Loaded key={id} detail={data} />}
    </RecordPage>
  );
}

/** What is to be done next comes first; what ends it or goes beside it comes last. */
const ORDER: readonly RestorationStep[] = [
  'opinion-given',
  'restoration-accepted',
  'restoration-completed',
  'restoration-submitted',
  'restoration-concluded',
  'objection-answered',
  'restoration-returned',
  'departments-asked',
  'restoration-withdrawn',
  'restoration-objected',
];
/** The next step opens by Ctrl+Enter, as a case's does. */
const PRIMARY = { type: 'primary', 'aria-keyshortcuts': 'Control+Enter' } as const;
const NEXT: ReadonlySet<RestorationStep> = new Set(ORDER.slice(0, 6));

function Loaded({ detail }: { detail: RestorationDetail }) {
  const { t } = useTranslation('restorations');
  const [step, setStep] = useState<RestorationStep | null>(null);
  const { state, can, summary } = detail;
  const able = ORDER.filter((one) => one in RESTORATION_NEEDS && can[one]);
  const [first] = able.filter((one) => NEXT.has(one));
  const button = (one: RestorationStep) => (
    <Button key={one} {...(one === first ? PRIMARY : {})} onClick={() => setStep(one)}>
      {t(`step.${one}`)}
    </Button>
  );
  return (
    <Page
      title={t('page.title', { number: state.number })}
      tags={
        <>
          <RestorationStatusTag status={state.status} />
          {summary.toDo.slice(0, 2).map((item) => (
            <ToDoTag key={`${item.task} ${item.unitPath}`} item={item} />
          ))}
        </>
      }
      actions={
        <>
          <Link to="/restorations">{t('page.back')}</Link>
          {able.filter((one) => one !== first).map(button)}
        </>
      }
      primary={first === undefined ? undefined : button(first)}
    >
      <div className="heshi-stack heshi-restoration-page">
        <Card size="small" title={<h2>{t('page.course')}</h2>}>
          <Course detail={detail} />
        </Card>
        {step !== null && can[step] ? (
          <div ref={intoView}>
            <StepForm
              key={`${step} ${state.revision}`}
              detail={detail}
              step={step}
              onClose={() => setStep(null)}
            />
          </div>
        ) : null}
        <Matters detail={detail} />
        <Departments detail={detail} />
        <Applicant detail={detail} />
        <Beside detail={detail} />
        <Card size="small" title={<h2>{t('page.timeline')}</h2>}>
          <RestorationHistory detail={detail} />
        </Card>
      </div>
    </Page>
  );
}

function StepForm({
  detail,
  step,
  onClose,
}: {
  detail: RestorationDetail;
  step: RestorationStep;
  onClose: () => void;
}) {
  const { t } = useTranslation('restorations');
  const queries = useQueryClient();
  const [files, setFiles] = useState<Attachment[]>([]);
  const { state } = detail;
  return (
    <InlineForm
      title={t(`step.${step}`)}
      fieldsOf={useStepFields(detail, step)}
      fieldOf={fieldIn(detail, step)}
      onClose={onClose}
      save={async (values, eventId) => {
        await api.restorations.act({
          id: state.id,
          revision: state.revision,
          eventId,
          action: actionOf(detail, step, values, files, eventId),
        });
        await queries.invalidateQueries({ queryKey: ['restorations'] });
      }}
    >
      {step === 'restoration-completed' ? <FilesField value={files} onChange={setFiles} /> : null}
    </InlineForm>
  );
}
