import { Button, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { GuidanceAction, GuidanceView } from '../../contract/workstation/inspection.ts';
import { StatusTag, type Tone } from '../kernel/components/status-tag.tsx';
import { exactTime } from '../kernel/components/when.tsx';
import { DecideLeniencyDialog, type Found } from '../leniency/index.ts';
import { GuidanceDialog } from './guidance-dialog.tsx';

const TONES: Record<GuidanceView['status'], Tone> = {
  offered: 'warning',
  agreed: 'active',
  held: 'active',
  rechecked: 'good',
  cancelled: 'neutral',
};

/** Advice by appointment: when, what came of it, and what can be done about it now. */
export function GuidanceTable({
  guidances,
  pending,
  named = true,
}: {
  guidances: readonly GuidanceView[];
  pending: boolean;
  /** False on the merchant's own page. */
  named?: boolean;
}) {
  const { t } = useTranslation(['inspections', 'leniency']);
  const [lenient, setLenient] = useState<Found | null>(null);
  const [doing, setDoing] = useState<{ guidance: GuidanceView; step: GuidanceAction['step'] } | null>(null);
  return (
    <>
      <Table<GuidanceView>
        aria-label={t('views.guidance')}
        size="small"
        rowKey="id"
        loading={pending}
        dataSource={[...guidances]}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        columns={[
          ...(named
            ? [
                {
                  key: 'merchant',
                  title: t('column.merchant'),
                  render: (_: unknown, one: GuidanceView) => (
                    <Link to={`/merchants/${one.merchantId}`}>{one.merchantName}</Link>
                  ),
                },
                { key: 'unit', title: t('column.unit'), dataIndex: 'unitName' },
              ]
            : []),
          { key: 'subject', title: t('field.subject'), dataIndex: 'subject' },
          {
            key: 'status',
            title: t('column.status'),
            render: (_, one) => (
              <>
                <StatusTag tone={TONES[one.status]}>{t(`guidance.status.${one.status}`)}</StatusTag>
                <Said guidance={one} />
              </>
            ),
          },
          {
            key: 'steps',
            title: t('column.steps'),
            render: (_, guidance) => (
              <span className="heshi-row">
                {guidance.steps.map((step) => (
                  <Button
                    key={step}
                    size="small"
                    aria-label={`${t(`guidance.step.${step}`)} ${guidance.merchantName}`}
                    onClick={() => setDoing({ guidance, step })}
                  >
                    {t(`guidance.step.${step}`)}
                  </Button>
                ))}
                {guidance.lenient && guidance.held !== null ? (
                  <Button
                    size="small"
                    aria-label={t('leniency:decideFor', { name: guidance.merchantName })}
                    onClick={() => setLenient(foundIn(guidance))}
                  >
                    {t('leniency:decide')}
                  </Button>
                ) : null}
              </span>
            ),
          },
        ]}
      />
      {lenient ? <DecideLeniencyDialog found={lenient} onClose={() => setLenient(null)} /> : null}
      {doing ? (
        <GuidanceDialog
          key={`${doing.guidance.id} ${doing.step}`}
          guidance={doing.guidance}
          step={doing.step}
          onClose={() => setDoing(null)}
        />
      ) : null}
    </>
  );
}

const foundIn = ({ merchantId, merchantName: name, id, held }: GuidanceView): Found => ({
  merchantId,
  name,
  source: { kind: 'guidance', id, part: null },
  on: held?.on ?? '',
  text: held?.findings ?? '',
});

function Said({ guidance }: { guidance: GuidanceView }) {
  const { t } = useTranslation('inspections');
  const { status, slots, chosen, held, rechecked, cancelled } = guidance;
  const lines = {
    offered: [slots.map(exactTime).join(' / ')],
    agreed: chosen ? [`${exactTime(chosen.slot)} ${chosen.contact}`] : [],
    held: held
      ? [
          t('guidance.held', { on: held.on, officer: held.officer, findings: held.findings }),
          ...held.promises,
          ...(held.recheckOn === null ? [] : [t('guidance.recheck', { on: held.recheckOn })]),
        ]
      : [],
    rechecked: rechecked
      ? [t(rechecked.kept ? 'guidance.keptOn' : 'guidance.notKeptOn', { on: rechecked.on }), rechecked.text]
      : [],
    cancelled: cancelled ? [cancelled.reason] : [],
  }[status];
  return (
    <>
      {lines
        .filter((line) => line !== '')
        .map((line) => (
          <div key={line} className="heshi-note">
            {line}
          </div>
        ))}
    </>
  );
}
