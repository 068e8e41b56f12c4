import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FleetWorkstation } from '../../contract/centre/fleet.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';

/** Asks one workstation to compare, with a reason that stays on record. */
export function ResyncDialog({
  workstation,
  onClose,
}: {
  workstation: FleetWorkstation;
  onClose: () => void;
}) {
  const { t } = useTranslation('fleet');
  const common = useTranslation('common');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const missing = reason.trim() === '';
  const asking = useMutation({
    mutationFn: () => api.fleet.resync({ deviceId: workstation.deviceId, reason }),
    onSuccess: async () => {
      void message.success(t('resync.done', { name: workstation.name }));
      await queries.invalidateQueries({ queryKey: ['fleet'] });
      onClose();
    },
  });
  const submit = (): void => {
    setTried(true);
    if (!missing) asking.mutate();
  };
  return (
    <Modal
      open
      title={t('resync.title', { name: workstation.name })}
      okText={t('resync.submit')}
      cancelText={common.t('action.cancel')}
      confirmLoading={asking.isPending}
      onOk={submit}
      onCancel={onClose}
    >
      <p>{t('resync.text')}</p>
      {asking.error ? <ErrorNotice error={asking.error} kept={false} /> : null}
      <Form layout="vertical" component={false}>
        <Form.Item
          label={t('resync.reason')}
          htmlFor="resync-reason"
          required
          {...(tried && missing ? { validateStatus: 'error' as const, help: t('resync.reasonMissing') } : {})}
        >
          <Input
            id="resync-reason"
            autoFocus
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            onPressEnter={submit}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
