import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select, Spin } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { commitmentOn, type MerchantCommitment, type PromiseGroup } from '../../domain/merchant/index.ts';
import { api } from '../kernel/api/client.ts';
import { FormField } from '../kernel/components/field.tsx';
import { useDebounced } from '../kernel/components/use-debounced.ts';
import type { ReturnValues } from './values.ts';
import { useToday } from '../kernel/kit/now.tsx';

const SEARCH_AFTER_MS = 150;

/** The merchant of a return, found by typing any part of its name, with the promise it stands by. */
export function MerchantField({
  control,
  merchantId,
  onOnly,
}: {
  control: Control<ReturnValues>;
  merchantId: string | null;
  /** Called with the only merchant this workstation knows. */
  onOnly: (merchantId: string) => void;
}) {
  const { t } = useTranslation('returns');
  const today = useToday();
  const [search, setSearch] = useState('');
  /** True once someone has emptied the field: it then stays empty. */
  const left = useRef(false);
  const wanted = useDebounced(search.trim(), SEARCH_AFTER_MS);
  const found = useQuery({
    queryKey: ['merchants', 'list', { search: wanted, limit: 20 }],
    queryFn: () => api.merchants.list({ limit: 20, ...(wanted === '' ? {} : { search: wanted }) }),
    placeholderData: keepPreviousData,
  });
  const chosen = useQuery({
    queryKey: ['merchants', 'get', merchantId],
    queryFn: () => api.merchants.get({ id: merchantId ?? '' }),
    enabled: merchantId !== null,
  });

  // A shop's workstation knows one merchant: it is chosen by itself.
  const only = search === '' && found.data?.total === 1 ? found.data.items[0]?.id : undefined;
  useEffect(() => {
    if (only !== undefined && merchantId === null && !left.current) onOnly(only);
  }, [only, merchantId, onOnly]);

  const options = (found.data?.items ?? []).map((one) => ({
    value: one.id,
    label: one.name,
    note: [
      one.unitName,
      one.commitmentDays === null ? t('verdict.noPromise') : t('verdict.days', { days: one.commitmentDays }),
    ].join(' · '),
  }));
  const summary = chosen.data?.summary;
  if (summary && summary.id === merchantId && !options.some((one) => one.value === summary.id)) {
    options.unshift({ value: summary.id, label: summary.name, note: summary.unitName });
  }

  return (
    <>
      <FormField control={control} name="merchantId" label={t('form.merchant')} required>
        {({ id, value, onChange, onBlur, ref, status }) => (
          <Select<string>
            id={id}
            ref={ref}
            status={status}
            aria-label={t('form.merchant')}
            aria-required
            allowClear
            autoFocus={merchantId === null}
            value={typeof value === 'string' ? value : null}
            onChange={(next: string | undefined) => {
              left.current = next === undefined;
              onChange(next ?? null);
            }}
            onBlur={onBlur}
            placeholder={t('form.merchantHint')}
            options={options}
            showSearch={{ filterOption: false, onSearch: setSearch, searchValue: search }}
            loading={found.isFetching}
            notFoundContent={
              found.isPending ? (
                <Spin size="small" />
              ) : (
                <>
                  {t('form.merchantNone')} <Link to="/merchants?new=1">{t('form.merchantAdd')}</Link>
                </>
              )
            }
            optionRender={({ data }) => (
              <>
                {data.label} <small className="heshi-muted">{data.note}</small>
              </>
            )}
          />
        )}
      </FormField>
      {merchantId === null ? null : chosen.error ? (
        <p className="heshi-flush">{t('form.promiseUnread')}</p>
      ) : chosen.data ? (
        <>
          <Promise commitment={commitmentOn(chosen.data.state, today)} />
          <PurchasedAtField
            control={control}
            merchantId={merchantId}
            group={commitmentOn(chosen.data.state, today)?.group ?? null}
          />
        </>
      ) : null}
    </>
  );
}

/** Where goods were bought that come back to a shop of a group: here, unless said otherwise. */
function PurchasedAtField({
  control,
  merchantId,
  group,
}: {
  control: Control<ReturnValues>;
  merchantId: string;
  group: PromiseGroup | null;
}) {
  const { t } = useTranslation('returns');
  if (group === null) return null;
  const others = group.shops.filter((shop) => shop.merchantId !== merchantId);
  return (
    <FormField control={control} name="purchasedAt" label={t('form.purchasedAt')}>
      {({ id, value, onChange, onBlur, ref, status }) => (
        <Select<string>
          id={id}
          ref={ref}
          status={status}
          onBlur={onBlur}
          aria-label={t('form.purchasedAt')}
          value={typeof value === 'string' ? value : ''}
          onChange={(one) => onChange(one === '' ? null : one)}
          options={[
            { value: '', label: t('form.purchasedHere') },
            ...others.map((shop) => ({ value: shop.merchantId, label: shop.name })),
          ]}
        />
      )}
    </FormField>
  );
}

/** The promise in force today. */
function Promise({ commitment }: { commitment: MerchantCommitment | null }) {
  const { t } = useTranslation('returns');
  if (commitment === null) {
    return <p className="heshi-flush heshi-caution">{t('form.promiseNone')}</p>;
  }
  const goods = commitment.excludedGoods.map((one) => t(`goods.${one}`, { defaultValue: one }));
  return (
    <p className="heshi-flush heshi-muted">
      {t('form.promise')}{' '}
      {t('form.promiseInForce', { days: commitment.windowDays, from: commitment.effectiveFrom })}
      {goods.length > 0 ? ` · ${t('form.promiseExcluded', { goods: goods.join(t('comma')) })}` : ''}
    </p>
  );
}
