import { useQueryClient } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvidenceView } from '../../contract/workstation/evidence.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { useEventId } from '../kernel/components/use-event-id.ts';

/** Withdraws one piece of evidence, with the reason that stays on record. */
export function WithdrawDialog({
  caseId,
  item,
  onClose,
}: {
  caseId: string;
  item: EvidenceView;
  onClose: () => void;
}) {
  const { t } = useTranslation('evidence');
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const eventId = useEventId();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const withdraw = async (): Promise<void> => {
    setError(null);
    setBusy(true);
    try {
      const list = await api.evidence.withdraw({
        caseId,
        sha256: item.sha256,
        reason: reason.trim(),
        eventId,
      });
      queries.setQueryData(['evidence', 'list', caseId], list);
      onClose();
      await queries.invalidateQueries({ queryKey: ['cases'] });
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={`${t('withdrawTitle')} · ${item.name}`}
      okText={t('withdraw')}
      okButtonProps={{ disabled: reason.trim().length < 2, loading: busy }}
      onOk={() => void withdraw()}
      onCancel={onClose}
    >
      <p>{t('withdrawText')}</p>
      {error ? <ErrorNotice error={error} /> : null}
      <label htmlFor="evidence-withdraw-reason">{t('withdrawReason')}</label>
      <Input.TextArea
        id="evidence-withdraw-reason"
        value={reason}
        maxLength={1000}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}
