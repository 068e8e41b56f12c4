import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Card, Skeleton } from 'antd';
import { useWatch, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api/client.ts';
import { useDebounced } from '../kernel/components/use-debounced.ts';
import { requestOf, ReturnValues, VERDICT_NEEDS } from './values.ts';
import { Verdict } from './verdict.tsx';

const JUDGE_AFTER_MS = 200;
const NO_PROMISE = [{ rule: 'no-commitment', outcome: 'negotiable' as const }];

/** The verdict on what is typed so far, anew with every change. */
export function VerdictPanel({ control }: { control: Control<ReturnValues> }) {
  const { t } = useTranslation('returns');
  const values = useWatch({ control, compute: (all) => all });
  const { merchantId } = values;
  const request = requestOf(values);
  const question = useDebounced(merchantId && request ? { merchantId, request } : null, JUDGE_AFTER_MS);
  const answer = useQuery({
    queryKey: ['returns', 'assess', question],
    queryFn: async () => (question ? await api.returns.assess(question) : null),
    enabled: question !== null,
    placeholderData: keepPreviousData,
  });

  const missing = VERDICT_NEEDS.filter((name) => !ReturnValues.shape[name].safeParse(values[name]).success);
  const judged = request === null || merchantId === null ? null : answer.data;
  const commitment = judged?.commitment ?? null;
  return (
    <Card size="small" title={<h2>{t('verdict.title')}</h2>} aria-busy={answer.isFetching}>
      {answer.error ? (
        <Alert type="warning" showIcon title={t('verdict.recheckFailed')} />
      ) : missing.length > 0 || request === null ? (
        <div role="status">
          <strong>{t('verdict.none')}</strong>
          <p className="heshi-flush-bottom">{t('verdict.noneText')}</p>
          {missing.length < VERDICT_NEEDS.length && missing.length > 0 ? (
            <p className="heshi-flush-bottom">
              {t('verdict.missing', {
                fields: missing.map((name) => t(`form.${FIELD_WORD[name]}`)).join(t('comma')),
              })}
            </p>
          ) : null}
        </div>
      ) : judged ? (
        <>
          <Verdict
            verdict={judged.assessment?.verdict ?? 'negotiable'}
            reasons={judged.assessment?.reasons ?? NO_PROMISE}
          />
          {commitment ? (
            <p className="heshi-follows">
              {t('form.promiseAtPurchase', { version: commitment.version, days: commitment.windowDays })}
            </p>
          ) : null}
        </>
      ) : (
        <Skeleton active title={false} />
      )}
    </Card>
  );
}

const FIELD_WORD = {
  merchantId: 'merchant',
  goodsCategory: 'goodsCategory',
  purchasedOn: 'purchasedOn',
  condition: 'condition',
  proofType: 'proofType',
} as const;
