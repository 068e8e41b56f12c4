import { Button, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FinanceDetail, LineRecorded, ProductView } from '../../contract/workstation/finance.ts';
import type { CreditLineState } from '../../domain/finance/index.ts';
import { useCodeWords } from '../kernel/components/code-words.ts';
import type { Option } from '../kernel/components/field.tsx';
import { Money } from '../kernel/components/money.tsx';
import { fenOf } from '../kernel/components/typed-values.ts';
import { Dialog, type DialogField } from '../kernel/kit/dialog.tsx';
import { useToday } from '../kernel/kit/now.tsx';

type Step = { type: 'granted' } | { type: 'drawn' | 'repaid' | 'closed'; line: CreditLineState };
const TITLES = { granted: 'new', drawn: 'draw', repaid: 'repay', closed: 'close' } as const;

export type LinesOf = Pick<FinanceDetail, 'lines' | 'canLend'> & {
  products: Pick<ProductView, 'code' | 'name'>[];
  /** The consents in force, one of which a new line rests on. */
  consents: Option[];
  /** True where the merchant's category is asked, as its record is not here. */
  asksCategory: boolean;
  save: (line: LineRecorded, category: string | null) => Promise<void>;
};

/** What banks have granted the merchant, drawn and repaid; a bank's officer, or who keeps its list, records it here. */
export function Lines(of: LinesOf) {
  const { t, i18n } = useTranslation('finance');
  const language = i18n.language.startsWith('zh') ? 'zh' : 'en';
  const [step, setStep] = useState<Step | null>(null);
  const { lines, canLend } = of;
  // A bank that is told nothing of the merchant any more grants it nothing by this road.
  const canGrant = canLend && (!of.asksCategory || of.consents.length > 0);
  const names = new Map(of.products.map(({ code, name }) => [code, name[language]]));
  if (lines.length === 0 && !canLend) return null;
  return (
    <section aria-label={t('lines.title')}>
      <div className="heshi-row-between">
        <h3>{t('lines.title')}</h3>
        {canGrant ? (
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
      {step ? <LineDialog of={of} step={step} onClose={() => setStep(null)} /> : null}
    </section>
  );
}

function LineDialog({ of, step, onClose }: { of: LinesOf; step: Step; onClose: () => void }) {
  const { t, i18n } = useTranslation('finance');
  const language = i18n.language.startsWith('zh') ? 'zh' : 'en';
  const codes = useCodeWords();
  const today = useToday();
  const amount: DialogField = { kind: 'amount', name: 'fen', label: t('lines.amount') };
  const on: DialogField = { kind: 'day', name: 'on', label: t('lines.on'), initial: today };
  const [only] = of.consents.length === 1 ? of.consents : [];
  const category: DialogField[] = of.asksCategory
    ? [
        {
          kind: 'choice',
          name: 'category',
          label: t('lines.category'),
          options: codes.options('merchantCategory'),
        },
      ]
    : [];
  const fields: DialogField[] =
    step.type === 'granted'
      ? [
          {
            kind: 'choice',
            name: 'consentId',
            label: t('lines.consent'),
            options: of.consents,
            ...(only === undefined ? {} : { initial: only.value }),
          },
          ...category,
          {
            kind: 'choice',
            name: 'product',
            label: t('lines.product'),
            options: of.products.map(({ code, name }) => ({ value: code, label: name[language] })),
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
      text={step.type === 'granted' ? t(of.asksCategory ? 'lines.ownText' : 'lines.newText') : undefined}
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
        await of.save(line, typeof values['category'] === 'string' ? values['category'] : null);
      }}
    />
  );
}
