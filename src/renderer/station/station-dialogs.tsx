import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { StationView } from '../../contract/workstation/station.ts';
import { OFFERS } from '../../domain/station/index.ts';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { Dialog, type DialogField, type DialogValues } from '../kernel/kit/dialog.tsx';
import { useToday } from '../kernel/kit/now.tsx';

/** Level of a mall: below it no station is kept. */
const LOWEST_LEVEL = 2;

/** A new station, or what is to be changed of one. */
export function StationDialog({ station, onClose }: { station?: StationView; onClose: () => void }) {
  const { t, i18n } = useTranslation('stations');
  const { staff } = useSession();
  const queries = useQueryClient();
  const units = useQuery({ queryKey: ['rollup', 'units'], queryFn: () => api.rollup.units() });
  const chinese = i18n.language.startsWith('zh');
  const unit: DialogField = {
    kind: 'choice',
    name: 'unitPath',
    label: t('field.unit'),
    initial: staff.unit.path,
    options: (units.data ?? [])
      .filter(({ level }) => level >= LOWEST_LEVEL)
      .map(({ path, name }) => ({ value: path, label: name })),
  };
  return (
    <Dialog
      title={station ? t('change') : t('open')}
      onClose={onClose}
      fieldOf={(field) => field.replace(/^fields\./, '')}
      fields={[
        ...(station ? [] : [unit]),
        { kind: 'text', name: 'name', label: t('field.name'), initial: station?.name ?? '' },
        {
          kind: 'text',
          name: 'place',
          label: t('field.place'),
          help: t('field.placeHint'),
          initial: station?.place ?? '',
        },
        {
          kind: 'text',
          name: 'opens',
          label: t('field.opens'),
          help: t('field.timeHint'),
          initial: station?.opens ?? '09:00',
        },
        { kind: 'text', name: 'closes', label: t('field.closes'), initial: station?.closes ?? '21:00' },
        {
          kind: 'choices',
          name: 'offers',
          label: t('field.offers'),
          initial: station?.offers ?? [],
          options: OFFERS.map(({ code, name }) => ({ value: code, label: chinese ? name.zh : name.en })),
        },
        {
          kind: 'note',
          name: 'note',
          label: t('field.note'),
          help: t('field.noteHint'),
          initial: station?.note ?? '',
        },
      ]}
      save={async (values, eventId) => {
        const fields = fieldsOf(values);
        const list = station
          ? await api.stations.change({ id: station.id, revision: station.revision, eventId, fields })
          : await api.stations.open({ ...fields, stationId: eventId, unitPath: String(values['unitPath']) });
        queries.setQueryData(['stations'], list);
      }}
    />
  );
}

function fieldsOf({ name, place, opens, closes, offers, note }: DialogValues) {
  return {
    name: String(name),
    place: String(place),
    opens: String(opens).trim(),
    closes: String(closes).trim(),
    offers: Array.isArray(offers) ? offers : [],
    note: String(note ?? ''),
  };
}

/** A station is closed for good. */
export function CloseDialog({ station, onClose }: { station: StationView; onClose: () => void }) {
  const { t } = useTranslation('stations');
  const queries = useQueryClient();
  const today = useToday();
  return (
    <Dialog
      title={t('close')}
      text={station.name}
      onClose={onClose}
      fields={[
        { kind: 'day', name: 'on', label: t('field.on'), initial: today },
        { kind: 'long', name: 'reason', label: t('field.reason') },
      ]}
      save={async ({ on, reason }, eventId) => {
        const list = await api.stations.close({
          id: station.id,
          revision: station.revision,
          eventId,
          on: String(on),
          reason: String(reason),
        });
        queries.setQueryData(['stations'], list);
      }}
    />
  );
}
