import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';

/** Asks why a consumer's data is to be seen in full; the answer is logged with the look itself. */
export function RevealDialog({
  open,
  onClose,
  ask,
}: {
  open: boolean;
  onClose: () => void;
  /** Asks for it and takes what comes. */
  ask: (reason: string) => Promise<void>;
}) {
  const { t } = useTranslation('cases');
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const show = async (): Promise<void> => {
    setError(null);
    try {
      await ask(reason);
      setReason('');
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <Modal
      open={open}
      title={t('page.revealTitle')}
      okText={t('page.reveal')}
      onOk={() => void show()}
      onCancel={onClose}
      okButtonProps={{ disabled: reason.trim().length < 2 }}
    >
      <p>{t('page.revealText')}</p>
      {error ? <ErrorNotice error={error} /> : null}
      <label htmlFor="reveal-reason">{t('page.revealReason')}</label>
      <Input id="reveal-reason" value={reason} onChange={(event) => setReason(event.target.value)} />
    </Modal>
  );
}
