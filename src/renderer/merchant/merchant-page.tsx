import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { MerchantDetail } from '../../contract/workstation/merchant.ts';
import { CreditSection } from '../credit/index.ts';
import { SanctionSection } from '../sanction/index.ts';
import { PlaqueSection } from '../street/index.ts';
import { FinanceSection } from '../finance/index.ts';
import { DisclosureSection } from '../disclosure/index.ts';
import { GuidanceSection } from '../inspection/index.ts';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { Page } from '../kernel/components/page.tsx';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { Commitments } from './commitments.tsx';
import { MerchantFacts } from './merchant-facts.tsx';
import { MerchantForm } from './merchant-form.tsx';
import { MerchantHistory } from './merchant-history.tsx';
import { ProposalForm } from './proposal-form.tsx';
import { MergedNotice, RegisterCard } from './register/merged.tsx';
import { MoveForm } from './register/move-form.tsx';
import './merchants.css';

/** One merchant: who it is, what it promised, and what this workstation knows of it. */
export function MerchantPage() {
  const { t } = useTranslation('merchants');
  const { id = '' } = useParams();
  const merchant = useQuery({ queryKey: ['merchants', 'get', id], queryFn: () => api.merchants.get({ id }) });
  return (
    <RecordPage
      personal
      query={merchant}
      title={t('title')}
      gone={
        <EmptyState
          title={t('page.notFound')}
          text={t('page.notFoundText')}
          action={<Link to="/merchants">{t('page.backToList')}</Link>}
        />
      }
    >
      {(data) => <Loaded key={id} merchant={data} />}
    </RecordPage>
  );
}

function Loaded({ merchant }: { merchant: MerchantDetail }) {
  const { t } = useTranslation('merchants');
  const register = useTranslation('register');
  const navigate = useNavigate();
  const { staff } = useSession();
  const [form, setForm] = useState<'edit' | 'commitment' | 'move' | null>(null);
  const { state } = merchant;
  // What is merged into another is kept as it was.
  const canEdit = merchant.canEdit && state.mergedInto === undefined;
  const close = (): void => setForm(null);
  return (
    <Page
      title={state.name}
      tags={
        state.invented ? (
          <Tooltip title={t('list.inventedHint')}>
            <Tag>{t('list.invented')}</Tag>
          </Tooltip>
        ) : undefined
      }
      actions={
        <>
          {canEdit ? <Button onClick={() => setForm('edit')}>{t('page.edit')}</Button> : null}
          {canEdit ? <Button onClick={() => setForm('commitment')}>{t('page.newCommitment')}</Button> : null}
          {canEdit ? <Button onClick={() => setForm('move')}>{register.t('move.title')}</Button> : null}
          {canEdit ? (
            <Button
              onClick={() => void navigate(`/merchants/duplicates?first=${encodeURIComponent(state.id)}`)}
            >
              {register.t('compare.with')}
            </Button>
          ) : null}
        </>
      }
      primary={
        staff.capabilities.includes('return.handle') && state.mergedInto === undefined ? (
          <Button
            type="primary"
            onClick={() => void navigate(`/returns/new?merchant=${encodeURIComponent(state.id)}`)}
          >
            {t('page.newReturn')}
          </Button>
        ) : undefined
      }
    >
      <MergedNotice merchant={merchant} />
      {merchant.canEdit ? null : <Alert type="info" showIcon title={t('page.readOnly')} />}
      <div className="heshi-columns heshi-merchant">
        <div className="heshi-merchant-column">
          <Commitments merchant={merchant} />
          <CreditSection merchantId={state.id} />
          <SanctionSection merchantId={state.id} />
          <GuidanceSection merchantId={state.id} />
          <PlaqueSection merchantId={state.id} />
          {state.mergedInto === undefined ? <FinanceSection merchantId={state.id} /> : null}
          <DisclosureSection merchantId={state.id} />
        </div>
        <div className="heshi-merchant-column">
          <MerchantFacts merchant={merchant} />
          <RegisterCard merchant={merchant} />
          <Card size="small" title={<h2>{t('page.timeline')}</h2>}>
            <MerchantHistory entries={merchant.timeline} places={placesOf(merchant)} />
          </Card>
        </div>
      </div>
      {canEdit ? (
        <>
          {/* A new revision brings new fields: the form starts from what is on record. */}
          <MerchantForm
            key={`merchant-${state.revision}`}
            merchant={merchant}
            open={form === 'edit'}
            onClose={close}
            onSaved={close}
          />
          <ProposalForm
            key={`commitment-${state.revision}`}
            merchant={merchant}
            open={form === 'commitment'}
            onClose={close}
          />
          <MoveForm
            key={`move-${state.revision}`}
            merchant={merchant}
            open={form === 'move'}
            onClose={close}
          />
        </>
      ) : null}
    </Page>
  );
}

/** Names of the units in which the merchant trades or traded. */
function placesOf({ state, summary, earlierPlaces }: MerchantDetail): ReadonlyMap<string, string> {
  return new Map([
    ...earlierPlaces.map(({ unitPath, unitName }) => [unitPath, unitName] as const),
    [state.unitPath, summary.unitName],
  ]);
}
