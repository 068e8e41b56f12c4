import { Button, Card, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MerchantDetail } from '../../contract/workstation/merchant.ts';
import type { MerchantCommitment } from '../../domain/merchant/commitments.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { EndForm } from './commitment-forms.tsx';
import { useToday } from '../kernel/kit/now.tsx';

export type Standing = 'inForce' | 'future' | 'ended';

/** Where a promise stands on a day `YYYY-MM-DD`. */
export function standingOf(
  { effectiveFrom, effectiveTo }: Pick<MerchantCommitment, 'effectiveFrom' | 'effectiveTo'>,
  day: string,
): Standing {
  if (effectiveTo !== null && effectiveTo <= day) return 'ended';
  return effectiveFrom > day ? 'future' : 'inForce';
}

const TONES = { inForce: 'good', future: 'warning', ended: 'neutral' } as const;

/** Every promise a merchant ever made, the latest first: returns are judged by the one in force at purchase. */
export function Commitments({ merchant }: { merchant: MerchantDetail }) {
  const { t } = useTranslation('merchants');
  const { t: tReturns } = useTranslation('returns');
  const [ending, setEnding] = useState<string | null>(null);
  const { commitments } = merchant.state;
  const day = useToday();
  const ended = commitments.find((one) => one.commitmentId === ending);
  return (
    <Card size="small" title={<h2>{t('page.commitments')}</h2>}>
      {commitments.length === 0 ? (
        <EmptyState title={t('page.commitmentsEmpty')} text={t('page.commitmentsEmptyText')} />
      ) : (
        <ol className="heshi-promises" reversed>
          {commitments.toReversed().map((one) => {
            const standing = standingOf(one, day);
            const goods = one.excludedGoods.map((code) => tReturns(`goods.${code}`, { defaultValue: code }));
            return (
              <li key={one.commitmentId} data-in-force={standing === 'inForce'}>
                <div className="heshi-row">
                  <strong>{t('page.days', { days: one.windowDays })}</strong>
                  <StatusTag tone={TONES[standing]}>{t(`page.${standing}`)}</StatusTag>
                  <Tag>{t('page.version', { version: one.version })}</Tag>
                  {merchant.canEdit && one.effectiveTo === null ? (
                    <Button
                      size="small"
                      type="text"
                      className="heshi-push"
                      onClick={() => setEnding(one.commitmentId)}
                    >
                      {t('page.end')}
                    </Button>
                  ) : null}
                </div>
                <div>
                  {one.effectiveTo === null
                    ? t('page.period', { from: one.effectiveFrom })
                    : t('page.periodUntil', { from: one.effectiveFrom, to: one.effectiveTo })}
                  {' · '}
                  {t(one.windowStartsNextDay ? 'page.fromNextDay' : 'page.fromSameDay')}
                </div>
                <div>
                  {goods.length === 0
                    ? t('page.excludedNone')
                    : t('page.excluded', { goods: goods.join(tReturns('comma')) })}
                </div>
                {one.note === null ? null : (
                  <div>
                    {t('page.note')} · {one.note}
                  </div>
                )}
              </li>
            );
          })}
        </ol>
      )}
      {ended ? (
        <EndForm
          key={ended.commitmentId}
          merchant={merchant}
          commitment={ended}
          open
          onClose={() => setEnding(null)}
        />
      ) : null}
    </Card>
  );
}
