import { useTranslation } from 'react-i18next';
import { shiftDay } from '../../domain/kernel/calendar/index.ts';
import { api } from '../kernel/api/client.ts';
import { Dialog } from '../kernel/kit/dialog.tsx';
import { useToday } from '../kernel/kit/now.tsx';
import type { Repeat } from './attention-view.tsx';

/** Days in which a unit has acted, unless somebody says otherwise (assumption). */
const DUE_IN_DAYS = 14;

/** Gives the chosen merchants to a unit, with what is expected of it and until when. */
export function PushDialog({
  ownerPath,
  period,
  least,
  merchants,
  onClose,
  onPushed,
}: {
  ownerPath: string;
  period: { from: string; to: string };
  least: number;
  merchants: readonly Repeat[];
  onClose: () => void;
  onPushed: () => void;
}) {
  const { t } = useTranslation('inspections');
  const today = useToday();
  return (
    <Dialog
      title={t('attention.push')}
      text={t('attention.pushText', { names: merchants.map(({ name }) => name).join(t('comma')) })}
      onClose={onClose}
      fields={[
        { kind: 'day', name: 'dueOn', label: t('field.dueOn'), initial: shiftDay(today, DUE_IN_DAYS) },
        { kind: 'long', name: 'text', label: t('field.expected') },
      ]}
      save={async (values, attentionId) => {
        await api.inspections.push({
          attentionId,
          ownerPath,
          ...period,
          least,
          merchants: [...merchants],
          dueOn: String(values['dueOn']),
          text: String(values['text']),
        });
        onPushed();
      }}
    />
  );
}
