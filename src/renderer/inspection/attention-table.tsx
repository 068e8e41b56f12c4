import { useQueryClient } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AttentionAction, AttentionView } from '../../contract/workstation/inspection.ts';
import { businessDay, shiftDay } from '../../domain/kernel/calendar/index.ts';
import { api } from '../kernel/api/client.ts';
import { StatusTag, type Tone } from '../kernel/components/status-tag.tsx';
import { Dialog, type DialogField, type DialogValues } from '../kernel/kit/dialog.tsx';
import { useToday } from '../kernel/kit/now.tsx';

const TONES: Record<AttentionView['status'], Tone> = {
  pushed: 'warning',
  taken: 'active',
  evaluated: 'good',
};
const VERDICTS = ['improved', 'unchanged', 'worse'] as const;
/** So many merchants the figures name; of one that they do not name nothing can be said when they are full. */
const NAMED = 20;

type Doing = { list: AttentionView; step: AttentionAction['step'] };

/** Lists of repeat merchants: whose they are, until when, what was done, and what came of it. */
export function AttentionTable({ lists, pending }: { lists: readonly AttentionView[]; pending: boolean }) {
  const { t } = useTranslation('inspections');
  const today = useToday();
  const [doing, setDoing] = useState<Doing | null>(null);
  return (
    <>
      <Table<AttentionView>
        aria-label={t('attention.lists')}
        size="small"
        rowKey="id"
        loading={pending}
        dataSource={[...lists]}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        columns={[
          {
            key: 'owner',
            title: t('column.owner'),
            render: (_, one) => (
              <>
                {one.ownerName}
                <div className="heshi-note">
                  {one.owner ? one.owner.name : t('attention.noOwner')} ·{' '}
                  {t('attention.from', { unit: one.pushedFrom })}
                </div>
              </>
            ),
          },
          {
            key: 'merchants',
            title: t('column.merchants'),
            render: (_, one) => <Merchants list={one} />,
          },
          {
            key: 'status',
            title: t('column.status'),
            render: (_, one) => (
              <>
                <StatusTag tone={one.status !== 'evaluated' && one.dueOn < today ? 'bad' : TONES[one.status]}>
                  {t(`attention.status.${one.status}`)}
                </StatusTag>
                <div className="heshi-note">
                  {one.evaluated
                    ? `${t(`attention.verdict.${one.evaluated.verdict}`)} · ${one.evaluated.text}`
                    : t(one.dueOn < today ? 'attention.overdue' : 'attention.due', { day: one.dueOn })}
                </div>
              </>
            ),
          },
          {
            key: 'steps',
            title: t('column.steps'),
            render: (_, list) => (
              <span className="heshi-row">
                {list.steps.map((step) => (
                  <Button
                    key={step}
                    size="small"
                    aria-label={`${t(`attention.step.${step}`)} ${list.ownerName}`}
                    onClick={() => setDoing({ list, step })}
                  >
                    {t(`attention.step.${step}`)}
                  </Button>
                ))}
              </span>
            ),
          },
        ]}
      />
      {doing ? (
        <AttentionDialog key={`${doing.list.id} ${doing.step}`} {...doing} onClose={() => setDoing(null)} />
      ) : null}
    </>
  );
}

function Merchants({ list }: { list: AttentionView }) {
  const { t } = useTranslation('inspections');
  return (
    <ul className="heshi-bare-list heshi-flush">
      {list.merchants.map(({ merchantId, name, count }) => {
        const after = list.evaluated?.after.find((one) => one.merchantId === merchantId);
        return (
          <li key={merchantId}>
            <Link className="heshi-underlined" to={`/merchants/${merchantId}`}>
              {name}
            </Link>{' '}
            {after
              ? t('attention.beforeAfter', { before: count, after: after.count })
              : t('attention.count', { count })}
            {list.actions
              .filter((action) => action.merchantId === merchantId)
              .map((action) => (
                <div key={action.actionId} className="heshi-note">
                  {action.on} {action.by.name} {action.text}
                </div>
              ))}
          </li>
        );
      })}
    </ul>
  );
}

function AttentionDialog({ list, step, onClose }: Doing & { onClose: () => void }) {
  const { t } = useTranslation('inspections');
  const queries = useQueryClient();
  const today = useToday();
  const fields = useFields(list, step);
  return (
    <Dialog
      title={t(`attention.step.${step}`)}
      text={list.text}
      fields={fields}
      onClose={onClose}
      save={async (values, eventId) => {
        const action = actionOf(
          step,
          values,
          step === 'attention-evaluated' ? await sinceThen(list, today) : [],
        );
        await api.inspections.attend({ id: list.id, revision: list.revision, eventId, action });
        await queries.invalidateQueries({ queryKey: ['inspections', 'attention'] });
      }}
    />
  );
}

/** Disputes of the list's merchants since it went out, as far as the centre's figures name them. */
async function sinceThen(
  list: AttentionView,
  today: string,
): Promise<{ merchantId: string; count: number }[]> {
  // Those of the very day may have been before it.
  const from = shiftDay(businessDay(list.pushed.at), 1);
  if (from > today) return [];
  const { view } = await api.rollup.get({ path: list.ownerPath, from, to: today });
  const counts = new Map(view.byMerchant.map(({ merchantId, totals }) => [merchantId, totals.registered]));
  return list.merchants.flatMap(({ merchantId }) => {
    const count = counts.get(merchantId) ?? (view.byMerchant.length < NAMED ? 0 : undefined);
    return count === undefined ? [] : [{ merchantId, count }];
  });
}

function useFields(list: AttentionView, step: AttentionAction['step']): DialogField[] {
  const { t } = useTranslation('inspections');
  const today = useToday();
  switch (step) {
    case 'attention-taken':
      return [];
    case 'attention-acted':
      return [
        {
          kind: 'choice',
          name: 'merchantId',
          label: t('column.merchant'),
          options: list.merchants.map(({ merchantId, name }) => ({ value: merchantId, label: name })),
        },
        { kind: 'day', name: 'on', label: t('field.on'), initial: today },
        { kind: 'long', name: 'text', label: t('field.done') },
      ];
    case 'attention-evaluated':
      return [
        {
          kind: 'choice',
          name: 'verdict',
          label: t('field.verdict'),
          help: t('field.verdictHint'),
          options: VERDICTS.map((value) => ({ value, label: t(`attention.verdict.${value}`) })),
        },
        { kind: 'long', name: 'text', label: t('field.because') },
      ];
  }
}

function actionOf(
  step: AttentionAction['step'],
  values: DialogValues,
  after: { merchantId: string; count: number }[],
): AttentionAction {
  const text = (name: string): string => String(values[name] ?? '');
  switch (step) {
    case 'attention-taken':
      return { step, payload: {} };
    case 'attention-acted':
      return { step, payload: { merchantId: text('merchantId'), on: text('on'), text: text('text') } };
    case 'attention-evaluated':
      return {
        step,
        payload: {
          verdict: VERDICTS.find((one) => one === text('verdict')) ?? 'unchanged',
          after,
          text: text('text'),
        },
      };
  }
}
