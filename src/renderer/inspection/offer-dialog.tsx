import { useTranslation } from 'react-i18next';
import { shiftDay } from '../../domain/kernel/calendar/index.ts';
import { api } from '../kernel/api/client.ts';
import { Dialog, type DialogField } from '../kernel/kit/dialog.tsx';
import { useToday } from '../kernel/kit/now.tsx';

/** Hours of a working day at which somebody may come. */
const HOURS = ['09:00', '10:00', '11:00', '14:00', '15:00', '16:00'];

/** Offers advice to a merchant, known from where this was opened or still to be found. */
export function OfferDialog({
  merchant,
  drawId = null,
  onClose,
  onOffered,
}: {
  merchant?: { id: string; name: string };
  drawId?: string | null;
  onClose: () => void;
  onOffered: () => void;
}) {
  const { t } = useTranslation('inspections');
  const today = useToday();
  const find: DialogField = {
    kind: 'record',
    name: 'merchantId',
    label: t('column.merchant'),
    find: async (search) =>
      (await api.merchants.list({ limit: 20, ...(search === '' ? {} : { search }) })).items.map((one) => ({
        value: one.id,
        label: one.name,
      })),
  };
  return (
    <Dialog
      title={t('guidance.offer')}
      text={merchant ? t('guidance.offerText', { name: merchant.name }) : t('guidance.text')}
      onClose={onClose}
      fieldOf={(field) => (field.startsWith('slots') ? 'hours' : field)}
      fields={[
        ...(merchant ? [] : [find]),
        { kind: 'text', name: 'subject', label: t('field.subject') },
        { kind: 'day', name: 'day', label: t('field.day'), initial: shiftDay(today, 3) },
        {
          kind: 'choices',
          name: 'hours',
          label: t('field.hours'),
          help: t('field.hoursHint'),
          initial: ['10:00', '15:00'],
          options: HOURS.map((value) => ({ value, label: value })),
        },
      ]}
      save={async (values, guidanceId) => {
        const hours = Array.isArray(values['hours']) ? values['hours'] : [];
        await api.inspections.offer({
          guidanceId,
          merchantId: merchant?.id ?? String(values['merchantId']),
          subject: String(values['subject']),
          slots: hours.toSorted().map((hour) => `${String(values['day'])}T${hour}:00+08:00`),
          drawId,
        });
        onOffered();
      }}
    />
  );
}
