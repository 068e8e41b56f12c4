import { Button, Card, Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useState } from 'react';
import type { ReturnDetail } from '../../contract/workstation/return.ts';
import { RevealDialog } from '../case/index.ts';
import { AskAboutData } from '../privacy/index.ts';
import { api } from '../kernel/api/client.ts';
import { Money } from '../kernel/components/money.tsx';
import { When } from '../kernel/components/when.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';

/** What the consumer asked, of which purchase, and under which promise. */
export function Asked({ detail: { state, summary, commitment, canReveal } }: { detail: ReturnDetail }) {
  const { t } = useTranslation('returns');
  const [asking, setAsking] = useState(false);
  const [revealed, setRevealed] = useState<string | null>(null);
  const { request, consumer } = state;
  const proof = [t(`proof.${request.proofType}`), request.proofNumber].filter(Boolean).join(' ');
  return (
    <Card size="small" title={<h2>{t('page.asked')}</h2>}>
      <Descriptions
        size="small"
        column={2}
        items={[
          { key: 'goods', label: t('page.goods'), children: request.goodsName },
          { key: 'category', label: t('page.category'), children: t(`goods.${request.goodsCategory}`) },
          { key: 'amount', label: t('page.amount'), children: <Money fen={request.amountFen} /> },
          { key: 'purchasedOn', label: t('page.purchasedOn'), children: request.purchasedOn },
          { key: 'condition', label: t('page.condition'), children: t(`condition.${request.condition}`) },
          { key: 'proof', label: t('page.proof'), children: proof },
          {
            key: 'gift',
            label: t('page.gift'),
            children: (
              <>
                {t(`gift.${request.gift}`)}{' '}
                {request.giftPriceFen === null ? null : <Money fen={request.giftPriceFen} />}
              </>
            ),
          },
          {
            key: 'consumer',
            label: t('page.consumer'),
            children: (
              <span className="heshi-row">
                {`${consumer.name} · ${revealed ?? consumer.phone ?? t('page.noPhone')}`}
                {canReveal && revealed === null ? (
                  <Button size="small" onClick={() => setAsking(true)}>
                    {t('page.reveal')}
                  </Button>
                ) : null}
                <AskAboutData kind="return" id={state.id} />
                <RevealDialog
                  open={asking}
                  onClose={() => setAsking(false)}
                  ask={async (reason) => {
                    setRevealed((await api.returns.reveal({ id: state.id, reason })).phone);
                    setAsking(false);
                  }}
                />
              </span>
            ),
          },
          {
            key: 'merchant',
            label: t('page.merchant'),
            children: <Link to={`/merchants/${state.merchantId}`}>{state.merchantName}</Link>,
          },
          ...(state.purchasedAt === undefined
            ? []
            : [
                {
                  key: 'purchasedAt',
                  label: t('page.purchasedAt'),
                  children: t('page.purchasedAtText', {
                    name: state.purchasedAt.name,
                    group: state.purchasedAt.group,
                  }),
                },
              ]),
          {
            key: 'promise',
            label: t('page.promise'),
            children: commitment
              ? t('page.promiseText', { version: commitment.version, days: commitment.windowDays })
              : t('page.promiseNone'),
          },
          {
            key: 'requestedBy',
            label: t('page.requestedBy'),
            children: (
              <>
                {t('page.requestedText', { name: state.requestedBy, unit: summary.unitName })} ·{' '}
                <When at={state.requestedAt} />
              </>
            ),
          },
          ...(request.confirmedUnsuitable
            ? [{ key: 'unsuitable', label: t('page.remark'), children: t('page.unsuitable') }]
            : []),
        ]}
      />
    </Card>
  );
}

/** What was decided, by whom and why. */
export function Decision({ detail: { state } }: { detail: ReturnDetail }) {
  const { t } = useTranslation('returns');
  const say = useDataWords();
  const by = (
    <p className="heshi-follows">
      {t('page.decidedBy')} {state.decidedBy}{' '}
      {state.decidedAt === null ? null : <When at={state.decidedAt} />}
    </p>
  );
  return (
    <Card size="small" title={<h2>{t('page.decision')}</h2>}>
      {state.status === 'granted' ? (
        <>
          <strong>
            {t('page.grantedText')} <Money fen={state.refundFen} />
          </strong>
          <p className="heshi-follows">
            {t('page.route')} {state.route === null ? '' : say(`returns:route.${state.route}`)} ·{' '}
            {t('page.refundedOn')} {state.refundedOn}
          </p>
          {by}
        </>
      ) : (
        <>
          <strong>
            {t('page.refusedText', { ground: state.refusal ? t(`ground.${state.refusal.ground}`) : '' })}
          </strong>
          <p className="heshi-follows heshi-as-typed">{state.refusal?.text}</p>
          {by}
        </>
      )}
    </Card>
  );
}
