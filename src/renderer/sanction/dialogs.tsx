import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { SanctionDetail, SanctionFact } from '../../contract/workstation/sanction.ts';
import { SanctionCause, type SanctionDuty } from '../../domain/sanction/index.ts';
import { api } from '../kernel/api/client.ts';
import { openFile } from '../kernel/components/open-file.ts';
import { Dialog, type DialogField, type DialogValues } from '../kernel/kit/dialog.tsx';
import { useToday } from '../kernel/kit/now.tsx';
import { contentFields, contentOf, fieldHere } from './record-fields.ts';

/**
 * A decision about a merchant that is found by typing, or about the one given. Opens its record once it is there, and the notice of repair
 * to be printed, which goes to the merchant together with the decision (两书同达), unless that is not wanted.
 */
export function RecordDialog({ merchantId, onClose }: { merchantId: string | null; onClose: () => void }) {
  const { t, i18n } = useTranslation('sanction');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const notice: DialogField = {
    kind: 'choice',
    name: 'notice',
    label: t('notice.with'),
    options: [
      { value: 'yes', label: t('notice.yes') },
      { value: 'no', label: t('notice.no') },
    ],
    initial: 'yes',
  };
  const find: DialogField = {
    kind: 'record',
    name: 'merchantId',
    label: t('field.merchant'),
    find: async (search) =>
      (await api.merchants.list({ limit: 20, ...(search === '' ? {} : { search }) })).items.map((one) => ({
        value: one.id,
        label: `${one.name} · ${one.unitName}`,
      })),
  };
  return (
    <Dialog
      title={t('record.title')}
      text={t('record.text')}
      fields={[...(merchantId === null ? [find] : []), ...contentFields(i18n.t, null), notice]}
      fieldOf={fieldHere}
      onClose={onClose}
      save={async (values, eventId) => {
        const of = merchantId ?? String(values.merchantId);
        const content = contentOf(values, null);
        const { organ, number } = content;
        const known = await api.sanctions.known({ merchantId: of, organ, number });
        const { state } = await api.sanctions.record({
          eventId,
          merchantId: of,
          content,
          continues: known.creditEntryId,
        });
        await queries.invalidateQueries({ queryKey: ['sanctions'] });
        void navigate(`/sanctions/${state.id}`);
        if (values.notice !== 'yes') return;
        // Recorded already: what cannot be printed now is printed from its page.
        await api.sanctions.notice({ id: state.id }).then(
          (file) => openFile(file, false),
          () => message.error(t('notice.failed')),
        );
      }}
    />
  );
}

type StepProps = { detail: SanctionDetail; onClose: () => void };

/** One step of a record that is there, in a dialog. */
function StepDialog({
  detail: { state },
  onClose,
  title,
  text,
  fields,
  factOf,
}: StepProps & {
  title: string;
  text?: string;
  fields: readonly DialogField[];
  factOf: (values: DialogValues, eventId: string) => SanctionFact;
}) {
  const queries = useQueryClient();
  return (
    <Dialog
      title={title}
      text={text}
      fields={fields}
      fieldOf={fieldHere}
      onClose={onClose}
      save={async (values, eventId) => {
        const fact = factOf(values, eventId);
        await api.sanctions.step({ id: state.id, revision: state.revision, eventId, fact });
        await queries.invalidateQueries({ queryKey: ['sanctions'] });
      }}
    />
  );
}

/** Everything of a record as it is right, with the reason. */
export function CorrectDialog(props: StepProps) {
  const { t, i18n } = useTranslation('sanction');
  const { state } = props.detail;
  return (
    <StepDialog
      {...props}
      title={t('correct.title')}
      fields={[
        ...contentFields(i18n.t, state),
        { kind: 'text', name: 'reason', label: t('field.correctionReason') },
      ]}
      factOf={(values, entryId) => ({
        type: 'sanction-corrected',
        payload: { entryId, ...contentOf(values, state), reason: String(values.reason) },
      })}
    />
  );
}

/** That a duty was done, and what shows it. */
export function DutyDialog({ duty: { dutyId, text }, ...props }: StepProps & { duty: SanctionDuty }) {
  const { t } = useTranslation('sanction');
  const today = useToday();
  return (
    <StepDialog
      {...props}
      title={t('duty.done')}
      text={text}
      fields={[
        { kind: 'day', name: 'on', label: t('field.doneOn'), initial: today },
        { kind: 'text', name: 'proof', label: t('field.proof') },
      ]}
      factOf={({ on, proof }) => ({
        type: 'duty-done',
        payload: { dutyId, on: String(on), proof: String(proof), evidence: null },
      })}
    />
  );
}

/** That a duty turned out not to be done. */
export function ReopenDialog({ duty: { dutyId, text }, ...props }: StepProps & { duty: SanctionDuty }) {
  const { t } = useTranslation('sanction');
  return (
    <StepDialog
      {...props}
      title={t('duty.reopen')}
      text={text}
      fields={[{ kind: 'text', name: 'reason', label: t('field.reason') }]}
      factOf={({ reason }) => ({ type: 'duty-reopened', payload: { dutyId, reason: String(reason) } })}
    />
  );
}

/** Since when it is published. */
export function PublishedDialog(props: StepProps) {
  const { t } = useTranslation('sanction');
  return (
    <StepDialog
      {...props}
      title={t('published.title')}
      fields={[{ kind: 'day', name: 'on', label: t('field.publishedOn') }]}
      factOf={({ on }) => ({ type: 'sanction-published', payload: { on: String(on) } })}
    />
  );
}

/** That it is over: repaired, annulled, removed from the list, or at its maximum. */
export function EndDialog(props: StepProps) {
  const { t } = useTranslation('sanction');
  const today = useToday();
  return (
    <StepDialog
      {...props}
      title={t('end.title')}
      text={t('end.text')}
      fields={[
        {
          kind: 'choice',
          name: 'cause',
          label: t('field.cause'),
          options: SanctionCause.options.map((value) => ({ value, label: t(`cause.${value}`) })),
        },
        { kind: 'day', name: 'on', label: t('field.endedOn'), initial: today },
        { kind: 'note', name: 'number', label: t('field.endNumber') },
      ]}
      factOf={({ cause, on, number }) => ({
        type: 'sanction-ended',
        payload: {
          cause: SanctionCause.parse(cause),
          on: String(on),
          number: String(number).trim() || null,
          effectiveAt: null,
        },
      })}
    />
  );
}
