import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PrivacyDetail } from '../../contract/workstation/privacy.ts';
import { PrivacyManner } from '../../domain/privacy/index.ts';
import { api } from '../kernel/api/client.ts';
import { Dialog } from '../kernel/kit/dialog.tsx';
import { useToday } from '../kernel/kit/now.tsx';

type Props = { detail: PrivacyDetail; onClose: () => void };

/** That the answer which was printed last reached the requester, and how. */
export function AnswerDialog({ detail: { state }, onClose }: Props) {
  const { t } = useTranslation('privacy');
  const queries = useQueryClient();
  const today = useToday();
  return (
    <Dialog
      title={t('answer.title')}
      text={t('answer.text')}
      fields={[
        {
          kind: 'choice',
          name: 'manner',
          label: t('answer.manner'),
          options: PrivacyManner.options.map((value) => ({ value, label: t(`manner.${value}`) })),
        },
        { kind: 'day', name: 'answeredOn', label: t('answer.answeredOn'), initial: today },
      ]}
      onClose={onClose}
      save={async ({ manner, answeredOn }, eventId) => {
        await api.privacy.answer({
          id: state.id,
          revision: state.revision,
          eventId,
          manner: PrivacyManner.parse(manner),
          answeredOn: String(answeredOn),
        });
        await queries.invalidateQueries({ queryKey: ['privacy'] });
      }}
    />
  );
}

/** That the requester does not want it dealt with any more. */
export function WithdrawDialog({ detail: { state }, onClose }: Props) {
  const { t } = useTranslation('privacy');
  const queries = useQueryClient();
  return (
    <Dialog
      title={t('withdraw.title')}
      text={t('withdraw.text')}
      fields={[{ kind: 'long', name: 'reason', label: t('withdraw.reason') }]}
      onClose={onClose}
      save={async ({ reason }, eventId) => {
        await api.privacy.withdraw({
          id: state.id,
          revision: state.revision,
          eventId,
          reason: String(reason),
        });
        await queries.invalidateQueries({ queryKey: ['privacy'] });
      }}
    />
  );
}
