import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LeniencyAction, LeniencyView } from '../../contract/workstation/leniency.ts';
import { api } from '../kernel/api/client.ts';
import { openFile } from '../kernel/components/open-file.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { StatusTag, type Tone } from '../kernel/components/status-tag.tsx';
import { LeniencyStepDialog } from './step-dialog.tsx';

const TONES: Record<LeniencyView['verdict'], Tone> = {
  'not-punished': 'good',
  'may-be-unpunished': 'good',
  refused: 'neutral',
};

const CONDITIONS = ['first', 'harm', 'corrected'] as const;

/** All decisions by leniency, each with its conditions and what is still to be done. */
export function LeniencyTable() {
  const { t, i18n } = useTranslation('leniency');
  const [doing, setDoing] = useState<{ decision: LeniencyView; step: LeniencyAction['step'] } | null>(null);
  const list = useQuery({ queryKey: ['leniency', 'list'], queryFn: () => api.leniency.list() });
  const print = useMutation({
    mutationFn: ({ id, decisionId }: LeniencyView) => api.leniency.print({ id, decisionId }),
    onSuccess: (file) => openFile(file, false),
  });
  const error = list.error ?? print.error;
  return (
    <Card size="small" title={<h2>{t('title')}</h2>}>
      {error ? <ErrorNotice error={error} kept={false} /> : null}
      <p>{t('text')}</p>
      {list.data?.length === 0 ? (
        <EmptyState title={t('none')} text={t('noneText')} />
      ) : (
        <Table<LeniencyView>
          aria-label={t('title')}
          size="small"
          rowKey="decisionId"
          loading={list.isPending}
          dataSource={list.data ?? []}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          columns={[
            {
              key: 'merchant',
              title: t('column.merchant'),
              render: (_, one) => <Link to={`/merchants/${one.merchantId}`}>{one.merchantName}</Link>,
            },
            {
              key: 'item',
              title: t('column.item'),
              render: (_, { item, itemName, facts }) => (
                <>
                  {(i18n.language === 'en' ? itemName?.en : itemName?.zh) ?? item}
                  <div className="heshi-note">{facts}</div>
                </>
              ),
            },
            {
              key: 'conditions',
              title: t('column.conditions'),
              render: (_, one) => <Conditions decision={one} />,
            },
            { key: 'verdict', title: t('column.verdict'), render: (_, one) => <Outcome decision={one} /> },
            {
              key: 'steps',
              title: t('column.steps'),
              render: (_, decision) => (
                <span className="heshi-row">
                  {decision.canPrint ? (
                    <Button
                      size="small"
                      aria-label={t('printFor', { name: decision.merchantName })}
                      onClick={() => print.mutate(decision)}
                    >
                      {t('print')}
                    </Button>
                  ) : null}
                  {decision.steps.map((step) => (
                    <Button
                      key={step}
                      size="small"
                      aria-label={t('stepFor', { step: t(`step.${step}`), name: decision.merchantName })}
                      onClick={() => setDoing({ decision, step })}
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
      {doing ? (
        <LeniencyStepDialog
          key={`${doing.decision.decisionId} ${doing.step}`}
          decision={doing.decision}
          step={doing.step}
          onClose={() => setDoing(null)}
        />
      ) : null}
    </Card>
  );
}

/** Each condition with its ground; of the first also what stands in its way. */
function Conditions({ decision: { conditions, harmGround, correctGround } }: { decision: LeniencyView }) {
  const { t } = useTranslation('leniency');
  const { blocking } = conditions.first;
  const ground = {
    first: blocking === null ? '' : t('blockedBy', { on: blocking.on }),
    harm: harmGround,
    corrected: correctGround,
  };
  return (
    <>
      {CONDITIONS.map((one) => (
        <div key={one}>
          {t(conditions[one].met ? 'met' : 'unmet', { name: t(`condition.${one}`) })}
          {ground[one] === '' ? null : <div className="heshi-note">{ground[one]}</div>}
        </div>
      ))}
    </>
  );
}

function Outcome({ decision: { verdict, number, educated, withdrawn, missed } }: { decision: LeniencyView }) {
  const { t } = useTranslation('leniency');
  const note =
    withdrawn !== null
      ? t('withdrawn', { reason: withdrawn.reason })
      : educated !== null
        ? t('educated', { on: educated.on })
        : verdict === 'refused'
          ? null
          : t('toEducate');
  return (
    <>
      <StatusTag tone={withdrawn === null ? TONES[verdict] : 'neutral'}>{t(`verdict.${verdict}`)}</StatusTag>
      {number === null ? null : <div className="heshi-note">{number}</div>}
      {note === null ? null : <div className="heshi-note">{note}</div>}
      {missed.length === 0 ? null : (
        <Alert type="warning" showIcon title={t('missed', { numbers: missed.join(t('comma')) })} />
      )}
    </>
  );
}
