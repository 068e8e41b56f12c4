import { useQuery } from '@tanstack/react-query';
import { Card, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CreditDetail } from '../../contract/workstation/credit.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Actions } from './actions.tsx';
import { Entries } from './entries.tsx';
import { GradeView } from './grade-view.tsx';
import { Explanation } from './explanation.tsx';
import { Objections } from './objections.tsx';
import { WhatChanged } from './what-changed.tsx';
import { WhatIf } from './what-if.tsx';
import './credit.css';

/** A merchant's grade with its explanation, what was said to it, and what can be done about it. */
export function CreditSection({ merchantId }: { merchantId: string }) {
  const { t } = useTranslation('credit');
  const credit = useQuery({
    queryKey: ['credits', 'get', merchantId],
    queryFn: () => api.credits.get({ id: merchantId }),
  });
  return (
    <Card size="small" className="heshi-credit" title={<h2>{t('title')}</h2>}>
      {credit.error ? <ErrorNotice error={credit.error} /> : null}
      {credit.isPending ? <Skeleton active /> : null}
      {credit.data ? <Loaded credit={credit.data} /> : null}
    </Card>
  );
}

function Loaded({ credit }: { credit: CreditDetail }) {
  const { t } = useTranslation('credit');
  const grade = credit.state?.grade ?? null;
  return (
    <>
      {grade === null || credit.state === null ? (
        <EmptyState title={t('none')} text={t('noneText')} />
      ) : (
        <>
          <GradeView credit={credit} state={credit.state} grade={grade} />
          <WhatChanged credit={credit} grade={grade} />
          <Explanation credit={credit} grade={grade} />
          {credit.policy === null ? null : (
            <WhatIf
              key={`${grade.at} ${grade.month}`}
              listings={credit.listings}
              lapsed={credit.lapsed}
              grade={grade}
              policy={credit.policy}
            />
          )}
        </>
      )}
      {credit.state === null ? null : (
        <>
          <Objections credit={credit} state={credit.state} />
          <Entries credit={credit} state={credit.state} />
        </>
      )}
      <Actions credit={credit} />
    </>
  );
}
