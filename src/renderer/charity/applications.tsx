import { Button, Card, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CharityApplicationView, CharityDetail } from '../../contract/workstation/charity.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { RevealDialog } from '../case/index.ts';
import { api } from '../kernel/api/client.ts';
import { Money } from '../kernel/components/money.tsx';
import { StatusTag, type Tone } from '../kernel/components/status-tag.tsx';
import { ErasedNotice } from '../kernel/kit/erased-notice.tsx';
import type { Doing } from './charity-dialogs.tsx';

type Standing = 'applied' | 'approved' | 'refused' | 'paid';

const TONES: Record<Standing, Tone> = {
  applied: 'warning',
  approved: 'warning',
  refused: 'bad',
  paid: 'good',
};

const standingOf = ({ status, paidOn }: CharityApplicationView): Standing =>
  paidOn === null ? status : 'paid';

/** Who applied, for what, and what is to be done about it. */
export function Applications({ detail, onDo }: { detail: CharityDetail; onDo: (doing: Doing) => void }) {
  const { t } = useTranslation('charity');
  const { applications } = detail;
  return (
    <Card size="small" title={<h2>{t('applications')}</h2>}>
      {applications.length === 0 ? (
        <p className="heshi-hint">{t('noApplications')}</p>
      ) : (
        <Table
          aria-label={t('applications')}
          size="small"
          rowKey="id"
          dataSource={applications}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          expandable={{
            expandedRowRender: (one) => <Told application={one} canReveal={detail.canReveal} />,
          }}
          columns={[
            {
              key: 'day',
              title: t('column.day'),
              className: 'heshi-nowrap',
              width: 120,
              render: (_, { applied }) => businessDay(applied.at),
            },
            {
              key: 'applicant',
              title: t('column.applicant'),
              className: 'heshi-nowrap',
              render: (_, { applicant }) => applicant.name,
            },
            {
              key: 'group',
              title: t('column.group'),
              render: (_, { applicant }) => `${t(`group.${applicant.group}`)} · ${applicant.platform}`,
            },
            {
              key: 'need',
              title: t('column.need'),
              className: 'heshi-nowrap',
              render: (_, { need }) => t(`need.${need}`),
            },
            {
              key: 'amount',
              title: t('column.amount'),
              align: 'end',
              width: 120,
              render: (_, { fen }) => <Money fen={fen} />,
            },
            {
              key: 'status',
              title: t('column.status'),
              render: (_, one) => (
                <>
                  <StatusTag tone={TONES[standingOf(one)]}>{t(`status.${standingOf(one)}`)}</StatusTag>
                  <Said application={one} />
                </>
              ),
            },
            {
              key: 'steps',
              title: t('column.steps'),
              render: (_, one) => (
                <span className="heshi-row">
                  {one.steps.map((step) => (
                    <Button
                      key={step}
                      size="small"
                      aria-label={`${t(`step.${step}`)} ${one.applicant.name}`}
                      onClick={() => onDo({ step, application: one })}
                    >
                      {t(`step.${step}`)}
                    </Button>
                  ))}
                </span>
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}

/** Who approved or refused, in a line below the status. */
function Said({ application: { approvals, refused, applied } }: { application: CharityApplicationView }) {
  const { t } = useTranslation('charity');
  const said = refused
    ? t('refusedBecause', { name: refused.by.name, ground: refused.ground })
    : approvals.length > 0
      ? t('approvedBy', { names: approvals.map(({ name }) => name).join(t('comma')) })
      : t('takenBy', { name: applied.name });
  return <div className="heshi-note">{said}</div>;
}

/** What the applicant told, and the telephone number for a reason that is kept. */
function Told({ application, canReveal }: { application: CharityApplicationView; canReveal: boolean }) {
  const { t } = useTranslation('charity');
  const [asking, setAsking] = useState(false);
  const [phone, setPhone] = useState<string | null>(null);
  const { id, story, documents, applicant, erased } = application;
  return (
    <div className="heshi-stack-s">
      {erased === undefined ? null : <ErasedNotice erased={erased} />}
      <div>
        {t('story')}: {story}
      </div>
      <div>
        {t('documents')}: {documents.map((one) => t(`document.${one}`)).join(t('comma'))}
      </div>
      <div className="heshi-row">
        {t('phone')}: {phone ?? applicant.phone}
        {canReveal && phone === null && erased === undefined ? (
          <Button size="small" onClick={() => setAsking(true)}>
            {t('reveal')}
          </Button>
        ) : null}
      </div>
      <RevealDialog
        open={asking}
        onClose={() => setAsking(false)}
        ask={async (reason) => {
          setPhone((await api.charity.reveal({ id, reason })).phone);
          setAsking(false);
        }}
      />
    </div>
  );
}
