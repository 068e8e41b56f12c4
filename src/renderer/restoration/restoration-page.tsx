import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Descriptions, Steps, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { RestorationDetail, RestorationStep } from '../../contract/workstation/restoration.ts';
import { RESTORATION_NEEDS } from '../../contract/workstation/restoration.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { type Ask, type Attachment, restorationSchemas } from '../../domain/restoration/index.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { intoView } from '../kernel/components/into-view.ts';
import { saveFile } from '../kernel/components/open-file.ts';
import { Page } from '../kernel/components/page.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { History } from '../kernel/components/timeline.tsx';
import { When } from '../kernel/components/when.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';
import { RecordPage } from '../kernel/kit/record-page.tsx';
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

const STAGES = ['filed', 'accepted', 'answered', 'submitted', 'concluded'] as const;

/** How far it has come. */
function Course({ detail: { state, summary } }: { detail: RestorationDetail }) {
  const { t } = useTranslation('restorations');
  const { status } = state;
  const reached =
    status === 'concluded'
      ? 5
      : status === 'submitted'
        ? 4
        : state.accepted === null
          ? 1
          : summary.asked === summary.answered
            ? 3
            : 2;
  const times = [
    state.filed.at,
    state.accepted?.at,
    null,
    state.submitted?.by.at,
    state.outcomes.at(-1)?.by.at,
  ];
  return (
    <Steps
      size="small"
      current={reached}
      status={status === 'withdrawn' ? 'error' : status === 'expired' ? 'wait' : 'process'}
      items={STAGES.map((stage, place) => {
        const at = times[place];
        const content =
          stage === 'answered' && summary.asked > 0 ? (
            t('answersOf', { asked: summary.asked, answered: summary.answered })
          ) : at === null || at === undefined ? undefined : (
            <When at={at} />
          );
        return { title: t(`course.${stage}`), ...(content === undefined ? {} : { content }) };
      })}
    />
  );
}

function Matters({ detail: { state, settings, agreed } }: { detail: RestorationDetail }) {
  const { t, i18n } = useTranslation('restorations');
  const chinese = i18n.language.startsWith('zh');
  const typeName = (code: string): string => {
    const name = settings.types.find((one) => one.code === code)?.name;
    return name === undefined ? code : chinese ? name.zh : name.en;
  };
  return (
    <Card size="small" title={<h2>{t('page.matters')}</h2>}>
      <Table
        size="small"
        rowKey="matterId"
        pagination={false}
        scroll={{ x: 'max-content' }}
        aria-label={t('page.matters')}
        dataSource={state.matters}
        columns={[
          { key: 'type', title: t('page.type'), render: (_, { type }) => typeName(type) },
          { key: 'organ', title: t('page.organ'), dataIndex: 'organ' },
          { key: 'number', title: t('page.document'), dataIndex: 'number' },
          { key: 'on', title: t('page.determinedOn'), dataIndex: 'determinedOn', className: 'heshi-nowrap' },
          {
            key: 'outcome',
            title: t('page.outcome'),
            render: (_, { matterId }) => {
              const outcome = state.outcomes.find((one) => one.matterId === matterId);
              const expired = state.expired?.find((one) => one.matterId === matterId);
              if (expired !== undefined)
                return (
                  <>
                    <StatusTag tone="neutral">{t('status.expired')}</StatusTag>
                    <div className="heshi-muted">{t('page.expiredOn', { day: expired.on })}</div>
                  </>
                );
              if (outcome === undefined)
                return agreed.includes(matterId) ? (
                  <StatusTag tone="active">{t('page.agreed')}</StatusTag>
                ) : (
                  t('page.underWay')
                );
              if (outcome.outcome === 'refused')
                return (
                  <>
                    <StatusTag tone="bad">{t('page.refused')}</StatusTag>
                    <div className="heshi-as-typed">{outcome.reason}</div>
                  </>
                );
              return (
                <>
                  <StatusTag tone="good">{t('page.repaired')}</StatusTag>
                  <div className="heshi-muted">
                    {t('page.decision', { number: outcome.number })} ·{' '}
                    {t('page.effectiveAt', { day: businessDay(outcome.effectiveAt) })}
                  </div>
                </>
              );
            },
          },
        ]}
      />
    </Card>
  );
}

function Departments({ detail }: { detail: RestorationDetail }) {
  const { t } = useTranslation('restorations');
  const { state, unitNames } = detail;
  if (state.asks.length === 0) return null;
  const numberOf = (id: string): string =>
    state.matters.find(({ matterId }) => matterId === id)?.number ?? id;
  return (
    <Card size="small" title={<h2>{t('page.departments')}</h2>}>
      <Table<Ask>
        size="small"
        rowKey="departmentPath"
        pagination={false}
        scroll={{ x: 'max-content' }}
        aria-label={t('page.departments')}
        dataSource={state.asks}
        columns={[
          {
            key: 'department',
            title: t('page.department'),
            render: (_, { departmentPath }) => unitNames[departmentPath] ?? departmentPath,
          },
          {
            key: 'matters',
            title: t('page.asked'),
            render: (_, { matterIds }) => matterIds.map(numberOf).join(' · '),
          },
          {
            key: 'opinion',
            title: t('field.verdict'),
            render: (_, { opinion, earlier }) => (
              <Opinion opinion={opinion ?? earlier.at(-1) ?? null} open={opinion === null} />
            ),
          },
        ]}
      />
    </Card>
  );
}

function Opinion({ opinion, open }: { opinion: Ask['opinion']; open: boolean }) {
  const { t } = useTranslation('restorations');
  if (opinion === null) return <StatusTag tone="warning">{t('page.unanswered')}</StatusTag>;
  return (
    <div className="heshi-stack-s">
      {open ? <StatusTag tone="warning">{t('page.unanswered')}</StatusTag> : null}
      {opinion.answers.map((one) => (
        <div key={one.matterId}>
          <StatusTag tone={one.verdict === 'agree' ? 'good' : one.verdict === 'refuse' ? 'bad' : 'warning'}>
            {t(`verdict.${one.verdict}`)}
          </StatusTag>
          {one.verdict === 'refuse' ? (
            <div className="heshi-as-typed">
              {one.article} {one.text}
            </div>
          ) : null}
          {one.verdict === 'incomplete' ? <div className="heshi-as-typed">{one.missing}</div> : null}
        </div>
      ))}
      <div className="heshi-muted">
        {opinion.by.name} · <When at={opinion.by.at} />
      </div>
    </div>
  );
}

function Applicant({ detail: { state, summary } }: { detail: RestorationDetail }) {
  const { t } = useTranslation('restorations');
  const { handler, representative } = state;
  return (
    <Card size="small" title={<h2>{t('page.form')}</h2>}>
      <Descriptions
        size="small"
        column={2}
        items={[
          {
            key: 'merchant',
            label: t('merchant'),
            children: `${state.merchantName} ${state.creditCode ?? ''}`,
          },
          { key: 'window', label: t('window'), children: summary.windowName },
          { key: 'who', label: t('page.representative'), children: representative.name },
          {
            key: 'handler',
            label: t('page.handler'),
            children: [handler.name, handler.phone, handler.authority]
              .filter((one) => one !== '')
              .join(' · '),
          },
          { key: 'channel', label: t('page.filed'), children: t(`channel.${state.channel}`) },
          {
            key: 'files',
            label: t('page.attachments'),
            children: <Files state={state} />,
          },
        ]}
      />
    </Card>
  );
}

/** The materials, each to be had as a file; what does not lie here comes from the centre. */
function Files({ state: { id, attachments } }: Pick<RestorationDetail, 'state'>) {
  const { t } = useTranslation('restorations');
  const open = useMutation({
    mutationFn: (sha256: string) => api.restorations.openFile({ id, sha256 }),
    onSuccess: ({ name, ...file }) => saveFile({ fileName: name, ...file }),
  });
  return (
    <div>
      {open.error ? <ErrorNotice error={open.error} kept={false} /> : null}
      <ul className="heshi-restoration-files">
        {attachments.map(({ sha256, kind, name }) => (
          <li key={sha256}>
            {t(`proof.${kind}`)}{' '}
            <Button
              size="small"
              type="link"
              loading={open.isPending && open.variables === sha256}
              onClick={() => open.mutate(sha256)}
            >
              {name}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What went back and forth, and what was objected to. */
function Beside({ detail: { state } }: { detail: RestorationDetail }) {
  const { t } = useTranslation('restorations');
  if (state.returns.length === 0 && state.objections.length === 0 && state.submitted === null) return null;
  return (
    <Card size="small" title={<h2>{t('page.returned')}</h2>}>
      <div className="heshi-stack-s">
        {state.returns.map(({ reason, by, completed }) => (
          <div key={by.at}>
            {t('page.returned')} · <When at={by.at} />
            <div className="heshi-as-typed">{reason}</div>
            <div className="heshi-muted">
              {completed === null ? t('page.notYet') : `${t('page.completed')} ${completed.text}`}
            </div>
          </div>
        ))}
        {state.objections.map(({ objectionId, text, answer }) => (
          <div key={objectionId}>
            {t('page.objections')} · {t(`objection.${answer?.verdict ?? 'open'}`)}
            <div className="heshi-as-typed">{text}</div>
            {answer === null ? null : <div className="heshi-as-typed">{answer.text}</div>}
          </div>
        ))}
        {state.submitted?.submissions.map(({ platform, receipt, on }) => (
          <div key={platform}>
            {t('page.receipts')} · {t(`platform.${platform}`)} {receipt} · {on}
          </div>
        ))}
      </div>
    </Card>
  );
}

const KNOWN = new Set(Object.keys(restorationSchemas));

function RestorationHistory({ detail: { timeline } }: { detail: RestorationDetail }) {
  const { t } = useTranslation('restorations');
  const say = useDataWords();
  return (
    <History
      entries={timeline}
      title={({ type, version }) =>
        KNOWN.has(`${type}@${version}`) ? say(`cases:event.${type}`) : t('unknownEvent', { type, version })
      }
    />
  );
}
