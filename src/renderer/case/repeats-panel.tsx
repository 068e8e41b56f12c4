import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseSummary } from '../../contract/workstation/case.ts';
import type { Repeats, RepeatsElsewhere } from '../../contract/workstation/search.ts';
import { api } from '../kernel/api/client.ts';
import { yuan } from '../kernel/components/money.tsx';
import { CaseStatusTag } from '../kernel/components/status-tag.tsx';
import { useDebounced } from '../kernel/components/use-debounced.ts';
import { When } from '../kernel/components/when.tsx';
import { ElsewhereFacts, saysSomething, useElsewhere } from './elsewhere.tsx';

/** Earlier complaints of the consumer being registered; nothing when there are none. */
export function RepeatsWhileRegistering({
  phone,
  merchantId,
  merchantName,
}: {
  phone: string;
  merchantId: string | null;
  merchantName: string;
}) {
  const asked = useDebounced(JSON.stringify({ phone, merchantId, merchantName }), 300);
  const found = useQuery({
    queryKey: ['repeats', 'find', asked],
    queryFn: () => api.repeats.find(JSON.parse(asked) as Parameters<typeof api.repeats.find>[0]),
    enabled: phone.length >= 7,
  });
  const elsewhere = useElsewhere(
    ['find', asked],
    () => {
      const { phone: number, merchantId: merchant } = JSON.parse(asked) as {
        phone: string;
        merchantId: string | null;
      };
      return api.repeats.askElsewhere({ phone: number, merchantId: merchant });
    },
    phone.length >= 7,
  );
  return found.data ? <Facts found={found.data} elsewhere={elsewhere} /> : null;
}

/** Other complaints of a case's consumer; nothing when there are none. Of a closed case, other units are not asked. */
export function RepeatsOfCase({ caseId, closed }: { caseId: string; closed: boolean }) {
  const elsewhere = useElsewhere(
    ['case', caseId],
    () => api.repeats.askElsewhereOfCase({ id: caseId }),
    !closed,
  );
  const found = useQuery({
    queryKey: ['repeats', 'case', caseId],
    queryFn: () => api.repeats.ofCase({ id: caseId }),
  });
  return found.data ? <Facts found={found.data} elsewhere={elsewhere} /> : null;
}

function Facts({ found, elsewhere }: { found: Repeats; elsewhere: RepeatsElsewhere | null }) {
  const { t } = useTranslation('cases');
  const { withMerchant, facts } = found;
  const here = facts.cases > 0 || facts.returns > 0;
  if (!here && !saysSomething(elsewhere)) return null;
  return (
    <Card size="small" role="region" aria-label={t('repeats.title')} title={t('repeats.title')}>
      {here ? (
        <p>
          {t('repeats.facts', {
            days: facts.days,
            cases: facts.cases,
            merchants: facts.merchants,
            returns: facts.returns,
            claimed: yuan(facts.claimedFen),
          })}
        </p>
      ) : null}
      <Listed label={t('repeats.withMerchant')} items={withMerchant} />
      <Listed label={t('repeats.elsewhere')} items={found.elsewhere} />
      {elsewhere ? <ElsewhereFacts found={elsewhere} /> : null}
      <p className="heshi-hint">{t('repeats.scope')}</p>
    </Card>
  );
}

function Listed({ label, items }: { label: string; items: CaseSummary[] }) {
  if (items.length === 0) return null;
  return (
    <>
      <strong>{label}</strong>
      <ul className="heshi-facts-list">
        {items.map((item) => (
          <li key={item.id}>
            <Link to={`/cases/${item.id}`} className="heshi-underlined">
              {item.number}
            </Link>{' '}
            {item.merchantName} <When at={item.registeredAt} /> <CaseStatusTag status={item.status} />
          </li>
        ))}
      </ul>
    </>
  );
}
