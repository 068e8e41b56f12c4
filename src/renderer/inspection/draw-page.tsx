import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Descriptions, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { DrawDetail, DrawnMerchant } from '../../contract/workstation/inspection.ts';
import { seedOf } from '../../domain/inspection/index.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { ExportMenu } from '../kernel/components/export-button.tsx';
import { Page } from '../kernel/components/page.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { DecideLeniencyDialog, type Found } from '../leniency/index.ts';
import { DrawDialog, type DrawDoing } from './draw-dialog.tsx';
import { OfferDialog } from './offer-dialog.tsx';
import { toneOfClass, useInspectionWords } from './words.ts';
import './inspection.css';

/** One draw: by whom and of what, who came out, and what was found there. */
export function DrawPage() {
  const { t } = useTranslation('inspections');
  const { id = '' } = useParams();
  const detail = useQuery({
    queryKey: ['inspections', 'draw', id],
    queryFn: () => api.inspections.draw({ id }),
  });
  return (
    <RecordPage
      query={detail}
      title={t('title')}
      gone={
        <EmptyState
          title={t('draw.notFound')}
          text={t('draw.notFoundText')}
          action={<Link to="/inspections">{t('back')}</Link>}
        />
      }
    >
      {(data) => <Loaded key={id} detail={data} />}
    </RecordPage>
  );
}

function Loaded({ detail }: { detail: DrawDetail }) {
  const { t } = useTranslation('inspections');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [doing, setDoing] = useState<DrawDoing | null>(null);
  const [advised, setAdvised] = useState<DrawnMerchant | null>(null);
  const [lenient, setLenient] = useState<Found | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { summary, can } = detail;
  const verify = useMutation({
    mutationFn: () => api.inspections.verify({ id: summary.id }),
    onSuccess: ({ hashAgrees, drawAgrees, candidates }) => {
      if (hashAgrees && drawAgrees !== false) void message.success(t('draw.verified', { candidates }));
      else void message.error(t('draw.notVerified'));
    },
    onError: setError,
  });
  return (
    <Page
      title={t('draw.heading', { unit: summary.unitName, day: summary.day })}
      actions={
        <>
          <Link to="/inspections">{t('back')}</Link>
          {can.abandon ? (
            <Button onClick={() => setDoing({ step: 'draw-abandoned' })}>{t('draw.abandon')}</Button>
          ) : null}
          <Button loading={verify.isPending} onClick={() => verify.mutate()}>
            {t('draw.verify')}
          </Button>
          <ExportMenu
            ask={(format) => api.inspections.export({ format, of: { view: 'draw', id: summary.id } })}
            onError={setError}
          />
        </>
      }
      primary={
        can.witness ? (
          <Button type="primary" onClick={() => setDoing({ step: 'draw-made' })}>
            {t('draw.witness')}
          </Button>
        ) : undefined
      }
    >
      {error ? <ErrorNotice error={error} kept={false} /> : null}
      {summary.status === 'prepared' && !can.witness ? (
        <Alert type="info" showIcon title={t('draw.waiting')} description={t('draw.waitingText')} />
      ) : null}
      {detail.abandonedBecause === null ? null : (
        <Alert type="warning" showIcon title={t('draw.abandoned', { reason: detail.abandonedBecause })} />
      )}
      <div className="heshi-inspection">
        <Card size="small" title={<h2>{t('draw.facts')}</h2>}>
          <Facts detail={detail} />
        </Card>
        {summary.status === 'made' ? (
          <Card size="small" title={<h2>{t('draw.drawn')}</h2>}>
            <DrawnTable
              detail={detail}
              onRecord={(merchant) => setDoing({ step: 'result-recorded', merchant })}
              onAdvise={setAdvised}
              onLenient={setLenient}
            />
          </Card>
        ) : null}
        <Card size="small" title={<h2>{t('draw.classes')}</h2>}>
          <ClassTable detail={detail} />
        </Card>
      </div>
      {doing ? (
        <DrawDialog
          key={JSON.stringify(doing)}
          detail={detail}
          doing={doing}
          onClose={() => setDoing(null)}
        />
      ) : null}
      {lenient ? <DecideLeniencyDialog found={lenient} onClose={() => setLenient(null)} /> : null}
      {advised ? (
        <OfferDialog
          merchant={{ id: advised.merchantId, name: advised.name }}
          drawId={summary.id}
          onClose={() => setAdvised(null)}
          onOffered={() => void queries.invalidateQueries({ queryKey: ['inspections'] })}
        />
      ) : null}
    </Page>
  );
}

function Facts({ detail }: { detail: DrawDetail }) {
  const { t } = useTranslation('inspections');
  const { summary } = detail;
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, md: 2 }}
      items={[
        { key: 'drawer', label: t('column.drawer'), children: summary.preparedBy },
        { key: 'witness', label: t('column.witness'), children: summary.witness ?? '—' },
        { key: 'plan', label: t('draw.planVersion'), children: detail.planVersion },
        {
          key: 'seed',
          label: t('draw.seed'),
          children:
            detail.witnessSeed === null ? detail.drawerSeed : seedOf(detail.drawerSeed, detail.witnessSeed),
        },
        {
          key: 'hash',
          label: t('draw.hash'),
          span: 'filled',
          children: <span className="heshi-hash">{detail.candidatesHash}</span>,
        },
      ]}
    />
  );
}

function DrawnTable({
  detail,
  onRecord,
  onAdvise,
  onLenient,
}: {
  detail: DrawDetail;
  onRecord: (merchant: DrawnMerchant) => void;
  onAdvise: (merchant: DrawnMerchant) => void;
  onLenient: (found: Found) => void;
}) {
  const { t } = useTranslation('inspections');
  const words = useInspectionWords();
  if (detail.drawn.length === 0) return <EmptyState title={t('draw.nobody')} />;
  return (
    <Table<DrawnMerchant>
      aria-label={t('draw.drawn')}
      size="small"
      rowKey="merchantId"
      dataSource={detail.drawn}
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      columns={[
        {
          key: 'name',
          title: t('column.merchant'),
          render: (_, one) => <Link to={`/merchants/${one.merchantId}`}>{one.name}</Link>,
        },
        { key: 'unit', title: t('column.unit'), dataIndex: 'unitName' },
        {
          key: 'class',
          title: t('column.class'),
          render: (_, one) => (
            <StatusTag tone={toneOfClass(one.class)}>{words.className(one.class)}</StatusTag>
          ),
        },
        { key: 'manner', title: t('column.manner'), render: (_, one) => <MannerOf one={one} /> },
        {
          key: 'result',
          title: t('column.result'),
          render: (_, { result }) =>
            result === null ? (
              '—'
            ) : (
              <>
                {t(`outcome.${result.outcome}`)} · {result.on}
                {result.text === '' ? null : <div className="heshi-note">{result.text}</div>}
              </>
            ),
        },
        {
          key: 'do',
          title: t('column.steps'),
          render: (_, one) =>
            detail.can.record ? (
              <span className="heshi-row">
                <Button
                  size="small"
                  aria-label={t('draw.recordFor', { name: one.name })}
                  onClick={() => onRecord(one)}
                >
                  {t('draw.record')}
                </Button>
                {one.manner === 'guidance' || one.guidanceFirst !== null ? (
                  <Button
                    size="small"
                    aria-label={t('guidance.offerTo', { name: one.name })}
                    onClick={() => onAdvise(one)}
                  >
                    {t('guidance.offer')}
                  </Button>
                ) : null}
                {detail.can.lenient && one.result?.outcome === 'finding' ? (
                  <LenientButton id={detail.summary.id} one={one} onLenient={onLenient} />
                ) : null}
              </span>
            ) : null,
        },
      ]}
    />
  );
}

/** How a merchant is visited, and that it is guided first after a repair. */
function MannerOf({ one: { manner, guidanceFirst } }: { one: DrawnMerchant }) {
  const { t } = useTranslation('inspections');
  return (
    <>
      {t(`manner.${manner}`)}
      {guidanceFirst === null ? null : (
        <div className="heshi-note">
          {t(guidanceFirst.guidanceId === null ? 'draw.guideFirst' : 'draw.guided', {
            day: guidanceFirst.until,
          })}
        </div>
      )}
    </>
  );
}

/** Decides what was found by leniency. */
function LenientButton({
  id,
  one: { merchantId, name, result },
  onLenient,
}: {
  id: string;
  one: DrawnMerchant;
  onLenient: (found: Found) => void;
}) {
  const { t } = useTranslation('leniency');
  if (result === null) return null;
  const { resultId, on, text } = result;
  return (
    <Button
      size="small"
      aria-label={t('decideFor', { name })}
      onClick={() =>
        onLenient({ merchantId, name, source: { kind: 'inspection', id, part: resultId }, on, text })
      }
    >
      {t('decide')}
    </Button>
  );
}

function ClassTable({ detail }: { detail: DrawDetail }) {
  const { t } = useTranslation('inspections');
  const words = useInspectionWords();
  return (
    <Table
      aria-label={t('draw.classes')}
      size="small"
      rowKey="class"
      dataSource={detail.classes}
      pagination={false}
      columns={[
        { key: 'class', title: t('column.class'), render: (_, one) => words.className(one.class) },
        { key: 'manner', title: t('column.manner'), render: (_, one) => t(`manner.${one.manner}`) },
        {
          key: 'share',
          title: t('column.share'),
          align: 'end',
          render: (_, one) => words.share(one.perMille),
        },
        { key: 'candidates', title: t('column.candidates'), align: 'end', dataIndex: 'candidates' },
        { key: 'drawn', title: t('column.drawn'), align: 'end', dataIndex: 'drawn' },
      ]}
    />
  );
}
