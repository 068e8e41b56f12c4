import { useQueryClient } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FinanceDetail, LineRecorded } from '../../contract/workstation/finance.ts';
import type { CreditLineState } from '../../domain/finance/index.ts';
import { api } from '../kernel/api/client.ts';
import { Money } from '../kernel/components/money.tsx';
import { fenOf } from '../kernel/components/typed-values.ts';
import { Dialog, type DialogField } from '../kernel/kit/dialog.tsx';
import { useToday } from '../kernel/kit/now.tsx';

type Step = { type: 'granted' } | { type: 'drawn' | 'repaid' | 'closed'; line: CreditLineState };
const TITLES = { granted: 'new', drawn: 'draw', repaid: 'repay', closed: 'close' } as const;

/** What banks have granted the merchant, drawn and repaid; who keeps a bank's list records it here. */
export function Lines({ detail }: { detail: FinanceDetail }) {
  const { t, i18n } = useTranslation('finance');
  const language = i18n.language.startsWith('zh') ? 'zh' : 'en';
  const [step, setStep] = useState<Step | null>(null);
  const { lines, canLend } = detail;
  const names = new Map(detail.products.map(({ code, name }) => [code, name[language]]));
  if (lines.length === 0 && !canLend) return null;
  return (
    <section aria-label={t('lines.title')}>
      <div className="heshi-row-between">
        <h3>{t('lines.title')}</h3>
        {canLend ? (
          <Button size="small" onClick={() => setStep({ type: 'granted' })}>
            {t('lines.new')}
          </Button>
        ) : null}
      </div>
      {lines.length === 0 ? null : (
        <Table<CreditLineState>
          aria-label={t('lines.title')}
          size="small"
          rowKey="id"
          dataSource={lines}
          pagination={{ pageSize: 5, hideOnSinglePage: true }}
          columns={[
            {
              key: 'product',
              title: t('lines.product'),
              render: (_, one) => (
                <>
                  {names.get(one.product) ?? one.product}
                  <div className="heshi-note">
                    {one.lender.name} · {one.reference}
                    {one.closedOn === null ? null : ` · ${t('lines.closed', { day: one.closedOn })}`}
                  </div>
                </>
              ),
            },
            ...(['fen', 'drawnFen', 'repaidFen'] as const).map((field) => ({
              key: field,
              title: t(`lines.${field === 'fen' ? 'granted' : field === 'drawnFen' ? 'drawn' : 'repaid'}`),
              align: 'right' as const,
              className: 'heshi-nowrap',
              render: (_: unknown, one: CreditLineState) => <Money fen={one[field]} />,
            })),
            {
              key: 'act',
              render: (_, one) =>
                canLend && one.closedOn === null ? (
                  <div className="heshi-finance-actions">
                    {(['drawn', 'repaid', 'closed'] as const).map((type) => (
                      <Button
                        key={type}
                        size="small"
                        aria-label={`${t(`lines.${TITLES[type]}`)} ${one.reference}`}
                        onClick={() => setStep({ type, line: one })}
                      >
                        {t(`lines.${TITLES[type]}`)}
                      </Button>
                    ))}
                  </div>
                ) : null,
            },
          ]}
        />
      )}
      {step ? <LineDialog detail={detail} step={step} onClose={() => setStep(null)} /> : null}
    </section>
  );
}

function LineDialog({ detail, step, onClose }: { detail: FinanceDetail; step: Step; onClose: () => void }) {
  const { t, i18n } = useTranslation('finance');
  const language = i18n.language.startsWith('zh') ? 'zh' : 'en';
  const queries = useQueryClient();
  const today = useToday();
  const amount: DialogField = { kind: 'amount', name: 'fen', label: t('lines.amount') };
  const on: DialogField = { kind: 'day', name: 'on', label: t('lines.on'), initial: today };
  const fields: DialogField[] =
    step.type === 'granted'
      ? [
          {
            kind: 'choice',
            name: 'consentId',
            label: t('lines.consent'),
            options: detail.consents
              .filter(({ standing }) => standing === 'in-force')
              .map(({ state, number }) => ({
                value: state.id,
                label: `${state.recipient.name} · ${number}`,
              })),
          },
          {
            kind: 'choice',
            name: 'product',
            label: t('lines.product'),
            options: detail.products.map(({ code, name }) => ({ value: code, label: name[language] })),
          },
          amount,
          on,
          { kind: 'day', name: 'until', label: t('lines.until') },
          { kind: 'text', name: 'reference', label: t('lines.reference') },
        ]
      : step.type === 'closed'
        ? [on]
        : [amount, on];
  return (
    <Dialog
      title={t(`lines.${TITLES[step.type]}`)}
      text={step.type === 'granted' ? t('lines.newText') : undefined}
      fields={fields}
      fieldOf={(field) => field.replace(/^line\./, '')}
      onClose={onClose}
      save={async (values, eventId) => {
        const day = String(values['on']);
        const fen = typeof values['fen'] === 'number' ? (fenOf(values['fen']) ?? 0) : 0;
        const line: LineRecorded =
          step.type === 'granted'
            ? {
                type: 'granted',
                eventId,
                consentId: String(values['consentId']),
                product: String(values['product']),
                fen,
                on: day,
                until: String(values['until']),
                reference: String(values['reference']),
              }
            : step.type === 'closed'
              ? { type: 'closed', eventId, lineId: step.line.id, on: day }
              : { type: step.type, eventId, lineId: step.line.id, fen, on: day };
        const next = await api.finance.line({ id: detail.merchantId, line });
        queries.setQueryData(['finance', 'get', detail.merchantId], next);
      }}
    />
  );
}
