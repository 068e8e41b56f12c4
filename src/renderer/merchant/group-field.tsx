import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useWatch, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { MerchantDetail } from '../../contract/workstation/merchant.ts';
import type { PromiseGroup } from '../../domain/merchant/commitments.ts';
import { api } from '../kernel/api/client.ts';
import { FormField, TextField, type FormValues } from '../kernel/components/field.tsx';
import { useDebounced } from '../kernel/components/use-debounced.ts';

type Shop = PromiseGroup['shops'][number];
export type GroupValues = FormValues & { groupName: string; groupShops: Shop[] };

/** The group that stands in the form; null where none is named. A name without shops is refused where it is saved. */
export const groupOf = ({ groupName, groupShops }: GroupValues): PromiseGroup | null =>
  groupName.trim() === '' ? null : { name: groupName.trim(), shops: groupShops };

const SEARCH_AFTER_MS = 150;

/** Shops that take back one another's goods: a name, and the shops of it that this workstation knows. */
export function GroupField<Values extends GroupValues>({
  control,
  merchant: { state },
}: {
  control: Control<Values>;
  merchant: MerchantDetail;
}) {
  const { t } = useTranslation('merchants');
  // The names stand in every such form; its own other fields are of no account here.
  const group = control as unknown as Control<GroupValues>;
  const [search, setSearch] = useState('');
  const wanted = useDebounced(search.trim(), SEARCH_AFTER_MS);
  const name = useWatch({ control: group, name: 'groupName' });
  const found = useQuery({
    queryKey: ['merchants', 'list', { search: wanted, limit: 20 }],
    queryFn: () => api.merchants.list({ limit: 20, ...(wanted === '' ? {} : { search: wanted }) }),
    placeholderData: keepPreviousData,
    enabled: name.trim() !== '',
  });
  const own = { merchantId: state.id, name: state.name, unitPath: state.unitPath };
  return (
    <>
      <TextField
        control={group}
        name="groupName"
        label={t('proposal.group')}
        help={t('proposal.groupHint')}
      />
      {name.trim() === '' ? null : (
        <FormField control={group} name="groupShops" label={t('proposal.groupShops')} required>
          {({ id, value, onChange, onBlur, ref, status, aria }) => {
            const shops = value as Shop[];
            const known = new Map(
              [
                own,
                ...shops,
                ...(found.data?.items ?? []).map((one) => ({
                  merchantId: one.id,
                  name: one.name,
                  unitPath: one.unitPath,
                })),
              ].map((shop) => [shop.merchantId, shop]),
            );
            return (
              <Select
                {...aria}
                id={id}
                ref={ref}
                status={status}
                onBlur={onBlur}
                mode="multiple"
                aria-label={t('proposal.groupShops')}
                value={shops.map(({ merchantId }) => merchantId)}
                onChange={(ids: string[]) =>
                  onChange(ids.flatMap((one) => (known.has(one) ? [known.get(one)] : [])))
                }
                options={[...known.values()].map((shop) => ({ value: shop.merchantId, label: shop.name }))}
                showSearch={{ filterOption: false, onSearch: setSearch, searchValue: search }}
                loading={found.isFetching}
              />
            );
          }}
        </FormField>
      )}
    </>
  );
}
