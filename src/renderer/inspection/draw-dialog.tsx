import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DrawAction, DrawDetail, DrawnMerchant } from '../../contract/workstation/inspection.ts';
import { api } from '../kernel/api/client.ts';
import { Dialog, type DialogField, type DialogValues } from '../kernel/kit/dialog.tsx';
import { useToday } from '../kernel/kit/now.tsx';

/** What is being done to a draw. */
export type DrawDoing =
  | { step: 'draw-made' | 'draw-abandoned' }
  | { step: 'result-recorded'; merchant: DrawnMerchant };

const PLAIN = ['nothing-found', 'finding', 'not-reached'] as const;

/** The form of one step of a draw. */
export function DrawDialog({
  detail,
  doing,
  onClose,
}: {
  detail: DrawDetail;
  doing: DrawDoing;
  onClose: () => void;
}) {
  const { t } = useTranslation('inspections');
  const queries = useQueryClient();
  const { id } = detail.summary;
  const fields = useFields(doing, detail.exceptions);
  const title = {
    'draw-made': t('draw.witness'),
    'draw-abandoned': t('draw.abandon'),
    'result-recorded': t('draw.record'),
  }[doing.step];
  const text = {
    'draw-made': t('draw.witnessText'),
    'draw-abandoned': t('draw.abandonText'),
    'result-recorded': 'merchant' in doing ? t('draw.recordText', { name: doing.merchant.name }) : '',
  }[doing.step];
  return (
    <Dialog
      title={title}
      text={text}
      fields={fields}
      onClose={onClose}
      fieldOf={(field) =>
        field
          .replace(/^action\.payload\./, '')
          .replace(/^creditFactId$/, 'outcome')
          .replace(/^guidanceId$|^exception[.].*/, 'exception')
      }
      save={async (values, eventId) => {
        const next = await api.inspections.act({
          id,
          revision: detail.revision,
          eventId,
          action: actionOf(doing, values),
        });
        queries.setQueryData(['inspections', 'draw', id], next);
        void queries.invalidateQueries({ queryKey: ['inspections', 'draws'] });
      }}
    />
  );
}

/** Where nothing is said of why guidance did not come first. */
const NO_EXCEPTION = 'none';

function useFields(doing: DrawDoing, exceptions: DrawDetail['exceptions']): DialogField[] {
  const { t, i18n } = useTranslation('inspections');
  const today = useToday();
  switch (doing.step) {
    case 'draw-made':
      return [{ kind: 'text', name: 'witnessSeed', label: t('draw.witnessSeed'), help: t('draw.seedHint') }];
    case 'draw-abandoned':
      return [{ kind: 'long', name: 'reason', label: t('field.reason') }];
    case 'result-recorded':
      return [
        { kind: 'day', name: 'on', label: t('field.on'), initial: today },
        {
          kind: 'choice',
          name: 'outcome',
          label: t('field.outcome'),
          help: t('field.outcomeHint'),
          options: [
            ...PLAIN.map((value) => ({ value: value as string, label: t(`outcome.${value}`) })),
            ...doing.merchant.entries.map(({ entryId, kind, on, text }) => ({
              value: `credit:${entryId}`,
              label: t('outcome.entry', { kind: t(`entry.${kind}`), on, text }),
            })),
          ],
        },
        { kind: 'note', name: 'text', label: t('field.text') },
        // After a repair, where no guidance has come yet.
        ...(doing.merchant.guidanceFirst?.guidanceId === null
          ? ([
              {
                kind: 'choice',
                name: 'exception',
                label: t('field.exception'),
                help: t('field.exceptionHint'),
                initial: NO_EXCEPTION,
                options: [
                  { value: NO_EXCEPTION, label: t('exception.none') },
                  ...exceptions.map(({ code, name }) => ({
                    value: code,
                    label: i18n.language === 'en' ? name.en : name.zh,
                  })),
                ],
              },
              { kind: 'note', name: 'exceptionReason', label: t('field.exceptionReason') },
            ] satisfies DialogField[])
          : []),
      ];
  }
}

function exceptionOf(kind: string, reason: string) {
  return kind === '' || kind === NO_EXCEPTION ? {} : { exception: { kind, reason } };
}

function actionOf(doing: DrawDoing, values: DialogValues): DrawAction {
  const text = (name: string): string => String(values[name] ?? '');
  switch (doing.step) {
    case 'draw-made':
      return { step: doing.step, payload: { witnessSeed: text('witnessSeed') } };
    case 'draw-abandoned':
      return { step: doing.step, payload: { reason: text('reason') } };
    case 'result-recorded': {
      const chosen = text('outcome');
      const entry = chosen.startsWith('credit:') ? chosen.slice('credit:'.length) : null;
      return {
        step: doing.step,
        payload: {
          merchantId: doing.merchant.merchantId,
          on: text('on'),
          outcome: entry === null ? (PLAIN.find((one) => one === chosen) ?? 'nothing-found') : 'credit-fact',
          text: text('text'),
          creditFactId: entry,
          ...exceptionOf(text('exception'), text('exceptionReason')),
        },
      };
    }
  }
}
