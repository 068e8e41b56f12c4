import { Button, Card, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MerchantDetail } from '../../contract/workstation/merchant.ts';
import {
  openProposal,
  type Hand,
  type MerchantCommitment,
  type PromiseProposal,
} from '../../domain/merchant/commitments.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { When } from '../kernel/components/when.tsx';
import { useToday } from '../kernel/kit/now.tsx';
import { ConfirmForm, RefuseProposalForm } from './decide-proposal.tsx';
import { CardButtons } from './card-buttons.tsx';
import { EndForm } from './end-form.tsx';
import { PublicAddress } from './public-address.tsx';
import { PromiseTermsList } from './promise-terms.tsx';

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

/**
 * What the merchant proposes, and every promise it ever made, the latest first: returns are judged by the one in force at
 * purchase.
 */
export function Commitments({ merchant }: { merchant: MerchantDetail }) {
  const { t } = useTranslation('merchants');
  const [ending, setEnding] = useState<string | null>(null);
  const { commitments, proposals = [] } = merchant.state;
  const day = useToday();
  const ended = commitments.find((one) => one.commitmentId === ending);
  const waiting = openProposal(merchant.state);
  const refused = proposals.filter(({ standing }) => standing === 'refused');
  return (
    <Card size="small" title={<h2>{t('page.commitments')}</h2>}>
      <PublicAddress merchant={merchant} />
      {waiting ? <Waiting merchant={merchant} proposal={waiting} /> : null}
      {commitments.length === 0 && !waiting ? (
        <EmptyState title={t('page.commitmentsEmpty')} text={t('page.commitmentsEmptyText')} />
      ) : (
        <ol className="heshi-promises" reversed>
          {commitments.toReversed().map((one) => (
            <Version
              key={one.commitmentId}
              merchantId={merchant.state.id}
              commitment={one}
              day={day}
              onEnd={merchant.canEdit && one.effectiveTo === null ? () => setEnding(one.commitmentId) : null}
            />
          ))}
        </ol>
      )}
      {refused.length === 0 ? null : (
        <ul className="heshi-promises" aria-label={t('proposal.refusedOnes')}>
          {refused.toReversed().map((one) => (
            <Refused key={one.commitmentId} proposal={one} />
          ))}
        </ul>
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

function Version({
  merchantId,
  commitment: one,
  day,
  onEnd,
}: {
  merchantId: string;
  commitment: MerchantCommitment;
  day: string;
  onEnd: (() => void) | null;
}) {
  const { t } = useTranslation('merchants');
  const standing = standingOf(one, day);
  return (
    <li data-in-force={standing === 'inForce'}>
      <div className="heshi-row">
        <strong>{t('page.days', { days: one.windowDays })}</strong>
        <StatusTag tone={TONES[standing]}>{t(`page.${standing}`)}</StatusTag>
        <Tag>{t('page.version', { version: one.version })}</Tag>
        <span className="heshi-push heshi-nowrap">
          {standing === 'ended' ? null : <CardButtons merchantId={merchantId} commitment={one} />}
          {onEnd ? (
            <Button size="small" type="text" onClick={onEnd}>
              {t('page.end')}
            </Button>
          ) : null}
        </span>
      </div>
      <div>
        {one.effectiveTo === null
          ? t('page.period', { from: one.effectiveFrom })
          : t('page.periodUntil', { from: one.effectiveFrom, to: one.effectiveTo })}
      </div>
      <PromiseTermsList terms={one} />
      {one.proposed && one.confirmed ? (
        <div className="heshi-muted">
          {t('page.hands', { proposed: one.proposed.name, confirmed: one.confirmed.name })}
        </div>
      ) : null}
    </li>
  );
}

/** What waits to be confirmed, with what the signed-in person may do about it. */
function Waiting({ merchant, proposal }: { merchant: MerchantDetail; proposal: PromiseProposal }) {
  const { t } = useTranslation('merchants');
  const [form, setForm] = useState<'confirm' | 'refuse' | null>(null);
  const close = (): void => setForm(null);
  return (
    <section aria-label={t('proposal.waiting')} className="heshi-proposal">
      <div className="heshi-row">
        <strong>{t('page.days', { days: proposal.windowDays })}</strong>
        <StatusTag tone="warning">{t('proposal.waiting')}</StatusTag>
      </div>
      <div>{t('proposal.wantedFrom', { from: proposal.effectiveFrom })}</div>
      <PromiseTermsList terms={{ ...proposal, windowStartsNextDay: proposal.startRule !== 'purchase-day' }} />
      <By hand={proposal.proposed} />
      {merchant.canConfirm ? (
        <div className="heshi-row">
          <Button type="primary" onClick={() => setForm('confirm')}>
            {t('confirm.action')}
          </Button>
          <Button onClick={() => setForm('refuse')}>{t('refuseProposal.action')}</Button>
        </div>
      ) : (
        <p className="heshi-hint">{t('proposal.whoConfirms')}</p>
      )}
      {form === 'confirm' ? <ConfirmForm merchant={merchant} proposal={proposal} onClose={close} /> : null}
      {form === 'refuse' ? (
        <RefuseProposalForm merchant={merchant} proposal={proposal} onClose={close} />
      ) : null}
    </section>
  );
}

function Refused({ proposal }: { proposal: PromiseProposal }) {
  const { t } = useTranslation('merchants');
  return (
    <li>
      <div className="heshi-row">
        <strong>{t('page.days', { days: proposal.windowDays })}</strong>
        <StatusTag tone="bad">{t('proposal.refused')}</StatusTag>
      </div>
      <By hand={proposal.proposed} />
      {proposal.refused ? (
        <div className="heshi-as-typed">
          {t('proposal.refusedBecause', { name: proposal.refused.name, reason: proposal.refused.reason })}
        </div>
      ) : null}
    </li>
  );
}

function By({ hand }: { hand: Hand }) {
  const { t } = useTranslation('merchants');
  return (
    <div className="heshi-muted">
      {t('proposal.by', { name: hand.name })} <When at={hand.at} />
    </div>
  );
}
