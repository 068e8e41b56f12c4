import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AdvanceStep, FundAction, FundDetail } from '../../contract/workstation/fund.ts';
import { PAID_IN } from '../../domain/fund/fund.ts';
import { shiftDay } from '../../domain/kernel/calendar/index.ts';
import { api } from '../kernel/api/client.ts';
import { yuan } from '../kernel/components/money.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';
import { useToday } from '../kernel/kit/now.tsx';
import { Dialog, type DialogField, type DialogValues } from '../kernel/kit/dialog.tsx';

/** What is being done: a step of the fund itself, or of one of its advances. */
export type Doing =
  | { step: Exclude<FundAction['step'], AdvanceStep> }
  | { step: AdvanceStep; advanceId: string };

/** Days after which an advance is to be back, unless somebody says otherwise (assumption). */
const RECOVERED_IN_DAYS = 30;

/** The form of one step. */
export function FundDialog({
  detail,
  doing,
  onClose,
}: {
  detail: FundDetail;
  doing: Doing;
  onClose: () => void;
}) {
  const { t } = useTranslation('funds');
  const say = useDataWords();
  const queries = useQueryClient();
  const { id, revision } = detail.state;
  const fields = useFields(detail, doing);
  const advanceId = 'advanceId' in doing ? doing.advanceId : '';
  const text = say(`funds:text.${doing.step}`);
  return (
    <Dialog
      title={t(`step.${doing.step}`)}
      text={text === doing.step ? undefined : text}
      fields={fields}
      onClose={onClose}
      save={async (values, eventId) => {
        const next = await api.funds.act({
          id,
          revision,
          eventId,
          action: actionOf(doing.step, advanceId, values),
        });
        queries.setQueryData(['funds', 'get', id], next);
        void queries.invalidateQueries({ queryKey: ['funds', 'list'] });
      }}
    />
  );
}

function useFields({ state, advances }: FundDetail, doing: Doing): DialogField[] {
  const { t } = useTranslation('funds');
  const today = useToday();
  const advance =
    'advanceId' in doing ? advances.find(({ advanceId }) => advanceId === doing.advanceId) : undefined;
  const on: DialogField = { kind: 'day', name: 'on', label: t('field.on'), initial: today };
  const reason: DialogField = { kind: 'long', name: 'reason', label: t('field.reason') };
  const amount = (fen?: number): DialogField => ({
    kind: 'amount',
    name: 'fen',
    label: t('field.amount'),
    ...(fen === undefined ? {} : { initial: fen }),
  });
  switch (doing.step) {
    case 'fund-floor-set':
      return [
        {
          kind: 'amount',
          name: 'floorFen',
          label: t('field.floor'),
          help: t('field.floorHint'),
          initial: state.floorFen,
        },
        reason,
      ];
    case 'fund-deposited':
      return [amount(), { kind: 'text', name: 'payer', label: t('field.payer') }, on];
    case 'fund-deposit-undone':
      return [
        {
          kind: 'choice',
          name: 'undoneId',
          label: t('step.fund-deposited'),
          options: state.entries.flatMap(({ id, day, postings }) => {
            const fen = postings.find(({ account }) => account === PAID_IN)?.fen ?? 0;
            return fen < 0 ? [{ value: id, label: `${day} ${yuan(-fen)}` }] : [];
          }),
        },
        reason,
        on,
      ];
    case 'advance-requested':
      return [
        {
          kind: 'record',
          name: 'caseId',
          label: t('field.case'),
          help: t('field.caseHint'),
          find: async (search) =>
            (await api.cases.list({ limit: 20, filter: search === '' ? {} : { search } })).items.map(
              (one) => ({
                value: one.id,
                label: `${one.number} ${one.consumerName} · ${one.merchantName}`,
              }),
            ),
        },
        amount(),
        { kind: 'long', name: 'finding', label: t('field.finding'), help: t('field.findingHint') },
      ];
    case 'advance-approved':
      return [];
    case 'advance-refused':
    case 'write-off-proposed':
      return [reason];
    case 'advance-paid':
      return [
        on,
        {
          kind: 'day',
          name: 'recoverBy',
          label: t('field.recoverBy'),
          initial: shiftDay(today, RECOVERED_IN_DAYS),
        },
      ];
    case 'advance-recovered':
      return [amount(advance?.owedFen), on];
    case 'write-off-approved':
      return [on];
  }
}

/** The step as the contract has it, of values that the dialog's own schemas have passed. */
function actionOf(step: FundAction['step'], advanceId: string, values: DialogValues): FundAction {
  const text = (name: string): string => String(values[name] ?? '');
  const fen = Number(values['fen']);
  const on = text('on');
  switch (step) {
    case 'fund-floor-set':
      return { step, payload: { floorFen: Number(values['floorFen']), reason: text('reason') } };
    case 'fund-deposited':
      return { step, payload: { fen, payer: text('payer'), on } };
    case 'fund-deposit-undone':
      return { step, payload: { undoneId: text('undoneId'), reason: text('reason'), on } };
    case 'advance-requested':
      return { step, payload: { caseId: text('caseId'), fen, finding: text('finding') } };
    case 'advance-approved':
      return { step, payload: { advanceId } };
    case 'advance-refused':
    case 'write-off-proposed':
      return { step, payload: { advanceId, reason: text('reason') } };
    case 'advance-paid':
      return { step, payload: { advanceId, on, recoverBy: text('recoverBy') } };
    case 'advance-recovered':
      return { step, payload: { advanceId, fen, on } };
    case 'write-off-approved':
      return { step, payload: { advanceId, on } };
  }
}
