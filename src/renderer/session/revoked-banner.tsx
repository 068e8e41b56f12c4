import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LEAST_PASSPHRASE } from '../../domain/organisation/index.ts';
import { api } from '../kernel/api/client.ts';
import { useSyncStatus } from '../kernel/app/use-sync-status.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { saveFile } from '../kernel/components/open-file.ts';

/** Over every page of a workstation that was taken out of service: what can still be done, and with what was not sent. */
export function RevokedBanner() {
  const { t } = useTranslation('session');
  const waiting = useSyncStatus()?.waiting ?? 0;
  const [exporting, setExporting] = useState(false);
  return (
    <>
      <Alert
        banner
        type="error"
        role="alert"
        title={t('revoked.title')}
        description={`${waiting > 0 ? t('revoked.text', { count: waiting }) : t('revoked.textNone')} ${t('revoked.again')}`}
        action={
          waiting > 0 ? <Button onClick={() => setExporting(true)}>{t('revoked.export')}</Button> : null
        }
      />
      {exporting ? <CarryDialog onClose={() => setExporting(false)} /> : null}
    </>
  );
}

function CarryDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('session');
  const common = useTranslation('common');
  const { message } = App.useApp();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const carrying = useMutation({
    mutationFn: () => api.session.carry({ passphrase }),
    onSuccess: (file) => {
      saveFile(file);
      void message.success(t('revoked.done', { count: file.facts }));
      onClose();
    },
  });
  const differs = again !== '' && again !== passphrase;
  const sound = passphrase.length >= LEAST_PASSPHRASE && again === passphrase;
  return (
    <Modal
      open
      title={t('revoked.export')}
      okText={t('revoked.save')}
      cancelText={common.t('action.cancel')}
      confirmLoading={carrying.isPending}
      okButtonProps={{ disabled: !sound }}
      onOk={() => carrying.mutate()}
      onCancel={onClose}
    >
      <p>{t('revoked.exportText')}</p>
      {carrying.error ? <ErrorNotice error={carrying.error} kept={false} /> : null}
      <Form layout="vertical" component={false}>
        <Form.Item label={t('revoked.passphrase')} htmlFor="carry-passphrase">
          <Input.Password
            id="carry-passphrase"
            autoComplete="new-password"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        </Form.Item>
        <Form.Item
          label={t('revoked.repeat')}
          htmlFor="carry-again"
          {...(differs ? { validateStatus: 'error' as const, help: t('revoked.differs') } : {})}
        >
          <Input.Password
            id="carry-again"
            autoComplete="new-password"
            value={again}
            onChange={(event) => setAgain(event.target.value)}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
