import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { GuidanceAction, GuidanceView } from '../../contract/workstation/inspection.ts';
import { shiftDay } from '../../domain/kernel/calendar/index.ts';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { exactTime } from '../kernel/components/when.tsx';
import { Dialog, type DialogField, type DialogValues } from '../kernel/kit/dialog.tsx';
import { useToday } from '../kernel/kit/now.tsx';

/** Days after which promises are looked at again, unless somebody says otherwise (assumption). */
const RECHECKED_IN_DAYS = 14;

/** The form of one step of a guidance. */
export function GuidanceDialog({
  guidance,
  step,
  onClose,
}: {
  guidance: GuidanceView;
  step: GuidanceAction['step'];
  onClose: () => void;
}) {
  const { t } = useTranslation('inspections');
  const queries = useQueryClient();
  const fields = useFields(guidance, step);
  return (
    <Dialog
      title={t(`guidance.step.${step}`)}
      text={`${guidance.merchantName} · ${guidance.subject}`}
      fields={fields}
      onClose={onClose}
      save={async (values, eventId) => {
        await api.inspections.guide({
          id: guidance.id,
          revision: guidance.revision,
          eventId,
          action: actionOf(step, values),
        });
        await queries.invalidateQueries({ queryKey: ['inspections'] });
      }}
    />
  );
}

function useFields(guidance: GuidanceView, step: GuidanceAction['step']): DialogField[] {
  const { t } = useTranslation('inspections');
  const { staff } = useSession();
  const today = useToday();
  switch (step) {
    case 'guidance-slot-chosen':
      return [
        {
          kind: 'choice',
          name: 'slot',
          label: t('field.slot'),
          options: guidance.slots.map((value) => ({ value, label: exactTime(value) })),
        },
        { kind: 'text', name: 'contact', label: t('field.contact') },
      ];
    case 'guidance-held':
      return [
        { kind: 'day', name: 'on', label: t('field.on'), initial: today },
        { kind: 'text', name: 'officer', label: t('field.officer'), initial: staff.name },
        { kind: 'long', name: 'findings', label: t('field.findings') },
        { kind: 'note', name: 'promises', label: t('field.promises'), help: t('field.promisesHint') },
        {
          kind: 'day',
          name: 'recheckOn',
          label: t('field.recheckOn'),
          optional: true,
          initial: shiftDay(today, RECHECKED_IN_DAYS),
        },
      ];
    case 'guidance-rechecked':
      return [
        { kind: 'day', name: 'on', label: t('field.on'), initial: today },
        {
          kind: 'choice',
          name: 'kept',
          label: t('field.kept'),
          options: [
            { value: 'yes', label: t('kept.yes') },
            { value: 'no', label: t('kept.no') },
          ],
        },
        { kind: 'note', name: 'text', label: t('field.text') },
      ];
    case 'guidance-cancelled':
      return [{ kind: 'long', name: 'reason', label: t('field.reason') }];
  }
}

function actionOf(step: GuidanceAction['step'], values: DialogValues): GuidanceAction {
  const text = (name: string): string => String(values[name] ?? '');
  switch (step) {
    case 'guidance-slot-chosen':
      return { step, payload: { slot: text('slot'), contact: text('contact') } };
    case 'guidance-held':
      return {
        step,
        payload: {
          on: text('on'),
          officer: text('officer'),
          findings: text('findings'),
          promises: text('promises')
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== ''),
          recheckOn: text('recheckOn') === '' ? null : text('recheckOn'),
        },
      };
    case 'guidance-rechecked':
      return { step, payload: { on: text('on'), kept: text('kept') === 'yes', text: text('text') } };
    case 'guidance-cancelled':
      return { step, payload: { reason: text('reason') } };
  }
}
