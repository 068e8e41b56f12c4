import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ConsentView, FinanceDetail } from '../../contract/workstation/finance.ts';
import { ConsentCapacity } from '../../domain/finance/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { api } from '../kernel/api/client.ts';
import { openFile } from '../kernel/components/open-file.ts';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { Dialog } from '../kernel/kit/dialog.tsx';
import { STANDING_TONES } from './standing.ts';

/** To whom the merchant has consented to have what told, and how each consent stands; it is taken back with one button. */
export function Consents({ detail }: { detail: FinanceDetail }) {
  const { t } = useTranslation('finance');
  const navigate = useNavigate();
  const [revoking, setRevoking] = useState<ConsentView | null>(null);
  const { merchantId, consents, canHandle } = detail;
  return (
    <section aria-label={t('consents.title')}>
      <div className="heshi-row-between">
        <h3>{t('consents.title')}</h3>
        {canHandle ? (
          <Button
            size="small"
            onClick={() => void navigate(`/merchants/${encodeURIComponent(merchantId)}/consent`)}
          >
            {t('consents.new')}
          </Button>
        ) : null}
      </div>
      {consents.length === 0 ? (
        <p className="heshi-note">{t('consents.none')}</p>
      ) : (
        <Table<ConsentView>
          aria-label={t('consents.title')}
          size="small"
          rowKey="number"
          dataSource={consents}
          pagination={{ pageSize: 5, hideOnSinglePage: true }}
          columns={[
            {
              key: 'to',
              title: t('consents.to'),
              render: (_, { state, number }) => (
                <>
                  {state.recipient.name}
                  <div className="heshi-note">
                    {state.purpose} · <span className="heshi-nowrap">{number}</span>
                  </div>
                </>
              ),
            },
            {
              key: 'items',
              title: t('consents.items'),
              render: (_, { state }) => state.items.map((item) => t(`item.${item}`)).join(t('separator')),
            },
            {
              key: 'state',
              title: t('consents.state'),
              render: (_, { state, standing }) => (
                <>
                  <StatusTag tone={STANDING_TONES[standing]}>{t(`consents.standing.${standing}`)}</StatusTag>
                  <div className="heshi-note">
                    {state.revoked === null
                      ? `${state.from} – ${state.until}`
                      : t('consents.revokedBy', {
                          day: businessDay(state.revoked.hand.at),
                          name: state.revoked.revoker.name,
                        })}
                  </div>
                </>
              ),
            },
            {
              key: 'act',
              render: (_, one) =>
                canHandle ? (
                  <div className="heshi-finance-actions">
                    <Print consentId={one.state.id} number={one.number} />
                    {one.state.revoked === null ? (
                      <Button
                        size="small"
                        aria-label={`${t('consents.revoke')} ${one.number}`}
                        onClick={() => setRevoking(one)}
                      >
                        {t('consents.revoke')}
                      </Button>
                    ) : null}
                  </div>
                ) : null,
            },
          ]}
        />
      )}
      {revoking ? (
        <Revoke merchantId={merchantId} consent={revoking} onClose={() => setRevoking(null)} />
      ) : null}
    </section>
  );
}

function Print({ consentId, number }: { consentId: string; number: string }) {
  const { t } = useTranslation('finance');
  const { message } = App.useApp();
  const draw = useMutation({
    mutationFn: () => api.finance.paper({ consentId }),
    onSuccess: (file) => openFile(file, false),
    onError: () => void message.error(t('consents.failed')),
  });
  return (
    <Button
      size="small"
      loading={draw.isPending}
      aria-label={`${t('consents.print')} ${number}`}
      onClick={() => draw.mutate()}
    >
      {t('consents.print')}
    </Button>
  );
}

function Revoke({
  merchantId,
  consent: { state },
  onClose,
}: {
  merchantId: string;
  consent: ConsentView;
  onClose: () => void;
}) {
  const { t } = useTranslation('finance');
  const queries = useQueryClient();
  return (
    <Dialog
      title={t('consents.revoke')}
      text={t('consents.revokeText')}
      fields={[
        { kind: 'text', name: 'name', label: t('consents.by'), initial: state.signer.name },
        {
          kind: 'choice',
          name: 'capacity',
          label: t('consents.capacity'),
          initial: state.signer.capacity,
          options: ConsentCapacity.options.map((value) => ({ value, label: t(`capacity.${value}`) })),
        },
        { kind: 'note', name: 'note', label: t('consents.note') },
      ]}
      fieldOf={(field) => field.replace(/^by\./, '')}
      onClose={onClose}
      save={async ({ name, capacity, note }, eventId) => {
        const next = await api.finance.revoke({
          consentId: state.id,
          eventId,
          revoker: { name: String(name), capacity: ConsentCapacity.parse(capacity) },
          note: String(note ?? ''),
        });
        queries.setQueryData(['finance', 'get', merchantId], next);
      }}
    />
  );
}
