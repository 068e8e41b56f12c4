import { useMutation } from '@tanstack/react-query';
import { Button, Card, Descriptions } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RestorationDetail } from '../../../contract/workstation/restoration.ts';
import { api } from '../../kernel/api/client.ts';
import { ErrorNotice } from '../../kernel/components/error-notice.tsx';
import { openFile, saveFile } from '../../kernel/components/open-file.ts';
import { Dialog } from '../../kernel/kit/dialog.tsx';

export function Applicant({ detail: { state, summary, canReveal, inquiry } }: { detail: RestorationDetail }) {
  const { t } = useTranslation('restorations');
  const [asking, setAsking] = useState(false);
  const [phone, setPhone] = useState<string | null>(null);
  const { id, handler, representative } = state;
  const print = useMutation({
    mutationFn: () => api.restorations.paper({ id, paper: { kind: 'application' } }),
    onSuccess: (file) => openFile(file, false),
  });
  return (
    <Card
      size="small"
      title={<h2>{t('page.form')}</h2>}
      extra={
        canReveal ? (
          <Button size="small" loading={print.isPending} onClick={() => print.mutate()}>
            {t('page.printForm')}
          </Button>
        ) : null
      }
    >
      {print.error ? <ErrorNotice error={print.error} kept={false} /> : null}
      <Descriptions
        size="small"
        column={2}
        items={[
          {
            key: 'merchant',
            label: t('merchant'),
            children: `${state.merchantName} ${state.creditCode ?? ''}`,
          },
          { key: 'window', label: t('window'), children: summary.windowName },
          { key: 'who', label: t('page.representative'), children: representative.name },
          {
            key: 'handler',
            label: t('page.handler'),
            children: (
              <div>
                {[handler.name, phone ?? handler.phone, handler.authority]
                  .filter((one) => one !== '')
                  .join(' · ')}{' '}
                {canReveal && phone === null ? (
                  <Button size="small" onClick={() => setAsking(true)}>
                    {t('page.reveal')}
                  </Button>
                ) : null}
              </div>
            ),
          },
          { key: 'channel', label: t('page.filed'), children: t(`channel.${state.channel}`) },
          {
            key: 'inquiry',
            label: t('page.inquiry'),
            children: (
              <div>
                <span className="heshi-nowrap">{inquiry.code}</span>
                <div className="heshi-muted">{t('page.inquiryText')}</div>
              </div>
            ),
          },
          {
            key: 'files',
            label: t('page.attachments'),
            children: <Files state={state} />,
          },
        ]}
      />
      {asking ? (
        <Dialog
          title={t('page.reveal')}
          text={t('page.revealText')}
          fields={[{ kind: 'text', name: 'reason', label: t('page.revealReason') }]}
          saved={false}
          onClose={() => setAsking(false)}
          save={async ({ reason }) => {
            setPhone((await api.restorations.reveal({ id, reason: String(reason) })).phone);
          }}
        />
      ) : null}
    </Card>
  );
}

/** The materials, each to be had as a file; what does not lie here comes from the centre. */
function Files({ state: { id, attachments } }: Pick<RestorationDetail, 'state'>) {
  const { t } = useTranslation('restorations');
  const open = useMutation({
    mutationFn: (sha256: string) => api.restorations.openFile({ id, sha256 }),
    onSuccess: ({ name, ...file }) => saveFile({ fileName: name, ...file }),
  });
  return (
    <div>
      {open.error ? <ErrorNotice error={open.error} kept={false} /> : null}
      <ul className="heshi-restoration-files">
        {attachments.map(({ sha256, kind, name }) => (
          <li key={sha256}>
            {t(`proof.${kind}`)}{' '}
            <Button
              size="small"
              type="link"
              loading={open.isPending && open.variables === sha256}
              onClick={() => open.mutate(sha256)}
            >
              {name}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
