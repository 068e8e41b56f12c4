import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { ConsentForm } from './consent-form.tsx';

/** A new consent of a merchant: filled in, read, and signed on this screen or on paper. */
export function ConsentPage() {
  const { t } = useTranslation('finance');
  const merchants = useTranslation('merchants');
  const { id = '' } = useParams();
  const finance = useQuery({
    queryKey: ['finance', 'get', id],
    queryFn: () => api.finance.get({ id }),
  });
  return (
    <RecordPage
      personal
      query={finance}
      title={t('form.title')}
      gone={
        <EmptyState
          title={merchants.t('page.notFound')}
          text={merchants.t('page.notFoundText')}
          action={<Link to="/merchants">{merchants.t('page.backToList')}</Link>}
        />
      }
    >
      {(detail) => <ConsentForm key={id} detail={detail} />}
    </RecordPage>
  );
}
