import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FinanceDetail } from '../../contract/workstation/finance.ts';
import { api } from '../kernel/api/client.ts';
import { Dialog } from '../kernel/kit/dialog.tsx';

const SEEN = ['licence', 'public-register'] as const;

/** The day on the merchant's licence, by which its months in business are counted. */
export function Licence({ detail: { merchantId, licence, canHandle } }: { detail: FinanceDetail }) {
  const { t } = useTranslation('finance');
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  return (
    <div className="heshi-row-between">
      <span>
        {licence === null
          ? t('licence.none')
          : t('licence.known', { day: licence.establishedOn, seen: t(`licence.of.${licence.seen}`) })}
      </span>
      {canHandle ? (
        <Button size="small" onClick={() => setOpen(true)}>
          {t('licence.title')}
        </Button>
      ) : null}
      {open ? (
        <Dialog
          title={t('licence.title')}
          fields={[
            {
              kind: 'day',
              name: 'establishedOn',
              label: t('licence.day'),
              ...(licence === null ? {} : { initial: licence.establishedOn }),
            },
            {
              kind: 'choice',
              name: 'seen',
              label: t('licence.seen'),
              initial: 'licence',
              options: SEEN.map((value) => ({ value, label: t(`licence.of.${value}`) })),
            },
          ]}
          onClose={() => setOpen(false)}
          save={async ({ establishedOn, seen }, eventId) => {
            const next = await api.finance.licence({
              id: merchantId,
              eventId,
              establishedOn: String(establishedOn),
              seen: seen === 'public-register' ? seen : 'licence',
            });
            queries.setQueryData(['finance', 'get', merchantId], next);
          }}
        />
      ) : null}
    </div>
  );
}
