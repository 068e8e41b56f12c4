import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { GuidanceTable } from './guidance-table.tsx';
import type { ViewProps } from './inspections-page.tsx';
import { OfferDialog } from './offer-dialog.tsx';

/** Advice by appointment, of all merchants in sight. */
export function GuidanceView({ frame }: ViewProps) {
  const { t } = useTranslation('inspections');
  const { staff } = useSession();
  const queries = useQueryClient();
  const [offering, setOffering] = useState(false);
  const list = useQuery({
    queryKey: ['inspections', 'guidances'],
    queryFn: () => api.inspections.guidances(),
  });
  return frame({
    primary:
      staff.unit.party === 'regulator' ? (
        <Button type="primary" onClick={() => setOffering(true)}>
          {t('guidance.offer')}
        </Button>
      ) : undefined,
    children: (
      <div className="heshi-inspection">
        <Card size="small" title={<h2>{t('views.guidance')}</h2>}>
          {list.error ? <ErrorNotice error={list.error} kept={false} /> : null}
          {list.data?.length === 0 ? (
            <EmptyState title={t('guidance.none')} text={t('guidance.text')} />
          ) : (
            <GuidanceTable guidances={list.data ?? []} pending={list.isPending} />
          )}
          {offering ? (
            <OfferDialog
              onClose={() => setOffering(false)}
              onOffered={() => void queries.invalidateQueries({ queryKey: ['inspections', 'guidances'] })}
            />
          ) : null}
        </Card>
      </div>
    ),
  });
}
