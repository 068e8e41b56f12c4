import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type {
  StorefrontAction,
  StorefrontDetail,
  StorefrontStep,
} from '../../contract/workstation/street.ts';
import type { ShopPatrol } from '../../domain/street/index.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { saveFile } from '../kernel/components/open-file.ts';
import { Page } from '../kernel/components/page.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { Dialog, type DialogValues } from '../kernel/kit/dialog.tsx';
import { useToday } from '../kernel/kit/now.tsx';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { useStreetWords } from './words.ts';
import './street.css';

/** One shop on a street: its plaque, and what was found in each visit. */
export function StorefrontPage() {
  const { t } = useTranslation('streets');
  const { merchantId = '' } = useParams();
  const detail = useQuery({
    queryKey: ['streets', 'shop', merchantId],
    queryFn: () => api.streets.shop({ merchantId }),
  });
  return (
    <RecordPage query={detail} title={t('title')} gone={null}>
      {(data) =>
        data === null ? (
          <Page title={t('title')}>
            <EmptyState title={t('shop.none')} text={t('shop.noneText')} />
          </Page>
        ) : (
          <Loaded detail={data} />
        )
      }
    </RecordPage>
  );
}

const STEPS = ['plaque-granted', 'plaque-withdrawn', 'shop-left'] as const satisfies StorefrontStep[];

function Loaded({ detail }: { detail: StorefrontDetail }) {
  const { t } = useTranslation('streets');
  const { said } = useStreetWords();
  const [step, setStep] = useState<StorefrontStep | null>(null);
  const { state, unitName, can } = detail;
  const buttons = STEPS.filter((one) => can[one]).map((one) => (
    <Button
      key={one}
      {...(one === 'plaque-granted' ? { type: 'primary' as const } : {})}
      onClick={() => setStep(one)}
    >
      {t(`step.${one}`)}
    </Button>
  ));
  return (
    <Page
      title={state.merchantName}
      tags={<span className="heshi-muted">{unitName}</span>}
      actions={can['plaque-granted'] ? buttons.slice(1) : buttons}
      primary={can['plaque-granted'] ? buttons[0] : undefined}
    >
      <div className="heshi-stack heshi-street">
        <Card size="small" title={<h2>{t('shop.plaque')}</h2>}>
          <Standing detail={detail} />
        </Card>
        <Card size="small" title={<h2>{t('shop.visits')}</h2>}>
          <div className="heshi-stack">
            {state.patrols.length === 0 ? t('shop.noVisits') : null}
            {detail.checklists.map(({ version, base }) => (
              <div key={version} className="heshi-note">
                {t('patrol.base', { name: said(base), version })}
              </div>
            ))}
            {state.patrols.toReversed().map((visit) => (
              <VisitView key={visit.patrolId} detail={detail} visit={visit} />
            ))}
          </div>
        </Card>
      </div>
      {step === null ? null : <StepDialog detail={detail} step={step} onClose={() => setStep(null)} />}
    </Page>
  );
}

function Standing({ detail: { state } }: { detail: StorefrontDetail }) {
  const { t } = useTranslation('streets');
  const { points } = useStreetWords();
  const { plaque, pastPlaques, left, streetId, streetName } = state;
  return (
    <div className="heshi-stack-s">
      <div>
        <Link to={`/streets/${streetId}`}>{streetName}</Link>
      </div>
      {left === null ? null : (
        <div>
          <StatusTag tone="neutral">{t('shop.left')}</StatusTag>{' '}
          {t('shop.leftOn', { on: left.on, reason: left.reason })}
        </div>
      )}
      <div>
        {plaque === null ? (
          t('shop.noPlaque')
        ) : (
          <StatusTag tone="good">
            {t('shop.plaqueOn', { on: plaque.on, points: points(plaque.basisPoints) })}
          </StatusTag>
        )}
      </div>
      {pastPlaques.map(({ patrolId, on, ended }) => (
        <div key={patrolId} className="heshi-muted">
          {t('shop.past', { from: on, to: ended.on, why: t(`shop.cause.${ended.cause}`) })}
          {ended.reason === '' ? null : ` · ${ended.reason}`}
        </div>
      ))}
    </div>
  );
}

function VisitView({ detail, visit }: { detail: StorefrontDetail; visit: ShopPatrol }) {
  const { t } = useTranslation('streets');
  const { said, points } = useStreetWords();
  const { on, score, passed, recheck, recheckOn, findings, answers, by, checklist } = visit;
  const items = detail.checklists.find(({ version }) => version === checklist)?.items ?? [];
  const open = useMutation({
    mutationFn: (sha256: string) => api.streets.openPhoto({ merchantId: detail.state.id, sha256 }),
    onSuccess: ({ name, ...file }) => saveFile({ fileName: name, ...file }),
  });
  const missed = answers.filter(({ answer }) => answer === 'missed');
  return (
    <section aria-label={on}>
      <div className="heshi-row">
        <strong>{t('shop.visit', { on, points: points(score.basisPoints), name: by.name })}</strong>
        <StatusTag tone={passed ? 'good' : 'bad'}>{t(passed ? 'patrol.passes' : 'patrol.fails')}</StatusTag>
        {recheck ? <StatusTag tone="active">{t('shop.recheck')}</StatusTag> : null}
        {recheckOn === null ? null : (
          <StatusTag tone="warning">{t('shop.recheckOn', { on: recheckOn })}</StatusTag>
        )}
      </div>
      <div className="heshi-muted">{t('shop.checked', { checked: score.checked, met: score.met })}</div>
      {findings === '' ? null : <div className="heshi-as-typed">{findings}</div>}
      {open.error ? <ErrorNotice error={open.error} kept={false} /> : null}
      {missed.length === 0 ? (
        t('shop.allMet')
      ) : (
        <ul>
          {missed.map(({ item, note, photos }) => {
            const known = items.find(({ code }) => code === item);
            return (
              <li key={item}>
                {known ? said(known.text) : item}
                {known ? <span className="heshi-muted"> · {said(known.article)}</span> : null}
                {note === '' ? null : <div className="heshi-as-typed">{note}</div>}
                {photos.map(({ sha256, file }) => (
                  <Button
                    key={sha256}
                    type="link"
                    size="small"
                    loading={open.isPending && open.variables === sha256}
                    onClick={() => open.mutate(sha256)}
                  >
                    {file}
                  </Button>
                ))}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function StepDialog({
  detail: { state },
  step,
  onClose,
}: {
  detail: StorefrontDetail;
  step: StorefrontStep;
  onClose: () => void;
}) {
  const { t } = useTranslation('streets');
  const today = useToday();
  const queries = useQueryClient();
  return (
    <Dialog
      title={t(`step.${step}`)}
      text={state.merchantName}
      onClose={onClose}
      fields={[
        { kind: 'day', name: 'on', label: t('field.on'), initial: today },
        ...(step === 'plaque-granted'
          ? []
          : [{ kind: 'long' as const, name: 'reason', label: t('field.reason') }]),
      ]}
      save={async (values, eventId) => {
        await api.streets.act({
          merchantId: state.id,
          revision: state.revision,
          eventId,
          action: actionOf(step, values, state.patrols.at(-1)?.patrolId ?? ''),
        });
        await queries.invalidateQueries({ queryKey: ['streets'] });
      }}
    />
  );
}

function actionOf(step: StorefrontStep, { on, reason }: DialogValues, patrolId: string): StorefrontAction {
  return step === 'plaque-granted'
    ? { step, payload: { patrolId, on: String(on) } }
    : { step, payload: { on: String(on), reason: String(reason) } };
}
