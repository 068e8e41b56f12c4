import { useTranslation } from 'react-i18next';
import type { AllianceAction, AllianceDetail, DiscountView } from '../../contract/workstation/alliance.ts';
import { shiftDay } from '../../domain/kernel/calendar/index.ts';
import { Dialog, type DialogField, type DialogValues } from '../kernel/kit/dialog.tsx';
import { useToday } from '../kernel/kit/now.tsx';
import { useAct } from './use-act.ts';
import { useRuleWords } from './wordings.ts';

/** What is being done: a new discount of either kind, or a change of one. */
export type DiscountForm = { kind: 'percent' | 'amount'; before: DiscountView | null };

/** How long a discount runs unless somebody says otherwise, and how much it takes off (assumption). */
const USUAL = { days: 89, percent: 10 };

function useFields({ rules }: AllianceDetail, { kind, before }: DiscountForm): DialogField[] {
  const { t } = useTranslation('alliance');
  const say = useRuleWords();
  const today = useToday();
  const off = before?.off;
  return [
    {
      kind: 'text',
      name: 'what',
      label: t('field.what'),
      help: t('field.whatHint'),
      initial: before?.what ?? '',
    },
    ...(kind === 'percent'
      ? [
          {
            kind: 'number' as const,
            name: 'percent',
            label: t('field.percent'),
            help: t('field.percentHint'),
            initial: off?.kind === 'percent' ? off.percent : USUAL.percent,
          },
        ]
      : [
          {
            kind: 'amount' as const,
            name: 'fen',
            label: t('field.fen'),
            ...(off?.kind === 'amount' ? { initial: off.fen } : {}),
          },
          {
            kind: 'amount' as const,
            name: 'overFen',
            label: t('field.overFen'),
            help: t('field.overHint'),
            initial: off?.kind === 'amount' ? off.overFen : 0,
          },
        ]),
    { kind: 'day', name: 'from', label: t('field.from'), initial: before?.from ?? today },
    {
      kind: 'day',
      name: 'until',
      label: t('field.until'),
      initial: before?.until ?? shiftDay(today, USUAL.days),
    },
    {
      kind: 'choice',
      name: 'level',
      label: t('field.level'),
      initial: String(before?.level ?? 1),
      options: rules.levels.map(({ level, name }) => ({ value: String(level), label: say(name) })),
    },
  ];
}

/** The step as the contract has it, of values that the dialog's own schemas have passed. */
function actionOf({ kind, before }: DiscountForm, values: DialogValues): AllianceAction {
  const payload = {
    what: String(values['what']),
    off:
      kind === 'percent'
        ? { kind, percent: Number(values['percent']) }
        : { kind, fen: Number(values['fen']), overFen: Number(values['overFen']) },
    from: String(values['from']),
    until: String(values['until']),
    level: Number(values['level']),
  };
  return before === null
    ? { step: 'discount-offered', payload }
    : { step: 'discount-changed', payload: { ...payload, discountId: before.discountId } };
}

/** The form of a discount; what is refused stands at its field. */
export function DiscountDialog({
  detail,
  form,
  onClose,
}: {
  detail: AllianceDetail;
  form: DiscountForm;
  onClose: () => void;
}) {
  const { t } = useTranslation('alliance');
  const act = useAct(detail);
  return (
    <Dialog
      title={
        form.before !== null
          ? t('step.discount-changed')
          : t(form.kind === 'percent' ? 'offerPercent' : 'offerAmount')
      }
      onClose={onClose}
      fields={useFields(detail, form)}
      fieldOf={(field) => field.replace(/^action\.payload\./, '').replace(/^off\./, '')}
      save={(values, eventId) => act(actionOf(form, values), eventId)}
    />
  );
}
