import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FinanceDetail } from '../../contract/workstation/finance.ts';
import { api } from '../kernel/api/client.ts';
import { openFile } from '../kernel/components/open-file.ts';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { Dialog } from '../kernel/kit/dialog.tsx';
import { useToday } from '../kernel/kit/now.tsx';
import { Missing } from './products.tsx';

const MANNERS = ['screen', 'paper', 'post'] as const;

/** Whether the merchant is on the whitelist, what it still misses, and the notice of the last change. */
export function Whitelist({ detail }: { detail: FinanceDetail }) {
  const { t } = useTranslation('finance');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const today = useToday();
  const [open, setOpen] = useState(false);
  const { merchantId, canHandle } = detail;
  const { listed, failing, changes } = detail.whitelist;
  const [last] = changes;
  const print = useMutation({
    mutationFn: () => api.finance.noticePaper({ id: merchantId }),
    onSuccess: (file) => openFile(file, false),
    onError: () => void message.error(t('consents.failed')),
  });
  return (
    <section aria-label={t('whitelist.title')}>
      <div className="heshi-row-between">
        <h3>{t('whitelist.title')}</h3>
        <span>
          <StatusTag tone={listed ? 'good' : 'neutral'}>
            {t(listed ? 'whitelist.on' : 'whitelist.off')}
          </StatusTag>
          {listed && last ? (
            <span className="heshi-note">{t('whitelist.since', { day: last.on })}</span>
          ) : null}
        </span>
      </div>
      {failing.length === 0 ? null : (
        <>
          <span className="heshi-note">{t('whitelist.missing')}</span>
          <Missing failing={failing} />
        </>
      )}
      {changes.length === 0 ? null : (
        <ul aria-label={t('whitelist.changes')} className="heshi-finance-missing">
          {changes.slice(0, 5).map((one) => (
            <li key={`${one.on} ${one.change}`}>
              {t(`whitelist.${one.change}`, { day: one.on })}
              <span className="heshi-note">
                {' · '}
                {one.noticeOn === null
                  ? t('whitelist.notNoticed')
                  : t('whitelist.noticed', { day: one.noticeOn })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {last && canHandle ? (
        <div className="heshi-finance-actions">
          <Button size="small" loading={print.isPending} onClick={() => print.mutate()}>
            {t('whitelist.print')}
          </Button>
          {last.noticeOn === null ? (
            <Button size="small" onClick={() => setOpen(true)}>
              {t('whitelist.record')}
            </Button>
          ) : null}
        </div>
      ) : null}
      {open && last ? (
        <Dialog
          title={t('whitelist.record')}
          text={t('whitelist.recordText')}
          fields={[
            {
              kind: 'choice',
              name: 'manner',
              label: t('whitelist.manner'),
              options: MANNERS.map((value) => ({ value, label: t(`whitelist.manners.${value}`) })),
            },
            { kind: 'day', name: 'on', label: t('whitelist.on2'), initial: today },
          ]}
          onClose={() => setOpen(false)}
          save={async ({ manner, on }, eventId) => {
            const chosen = MANNERS.find((one) => one === manner) ?? 'screen';
            const next = await api.finance.notice({
              id: merchantId,
              eventId,
              change: last.change,
              manner: chosen,
              on: String(on),
            });
            queries.setQueryData(['finance', 'get', merchantId], next);
          }}
        />
      ) : null}
    </section>
  );
}
