import { useQuery } from '@tanstack/react-query';
import { AutoComplete } from 'antd';
import { useState } from 'react';
import type { Control, FieldPath } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { MerchantSummary } from '../../contract/workstation/merchant.ts';
import { api } from '../kernel/api/client.ts';
import { FormField, type FormValues } from '../kernel/components/field.tsx';
import { TabMovesOn } from '../kernel/components/tab-moves-on.tsx';

/** The respondent: found on the roster as one types, or any name that is not on it. */
export function MerchantChoice<Values extends FormValues>({
  control,
  name,
  onChosen,
}: {
  control: Control<Values>;
  name: FieldPath<Values>;
  onChosen: (merchant: MerchantSummary | null) => void;
}) {
  const { t } = useTranslation('cases');
  const [text, setText] = useState('');
  const found = useQuery({
    queryKey: ['merchants', 'choice', text],
    queryFn: () => api.merchants.list({ search: text, limit: 12 }),
    enabled: text.trim() !== '',
    placeholderData: (before) => before,
  });
  const options = text.trim() === '' ? [] : (found.data?.items ?? []);
  return (
    <FormField
      control={control}
      name={name}
      label={t('form.merchantName')}
      required
      help={t('form.merchantHint')}
    >
      {({ id, value, onChange, onBlur, ref, status, aria }) => (
        <TabMovesOn>
          <AutoComplete
            {...aria}
            ref={ref}
            id={id}
            value={typeof value === 'string' ? value : ''}
            status={status}
            onBlur={onBlur}
            options={options.map((merchant) => ({
              value: merchant.id,
              label: `${merchant.name} · ${merchant.unitName}`,
            }))}
            onChange={(next: string) => {
              const merchant = options.find((one) => one.id === next);
              if (merchant) return;
              setText(next);
              onChange(next);
              onChosen(null);
            }}
            onSelect={(next: string) => {
              const merchant = options.find((one) => one.id === next);
              if (!merchant) return;
              onChange(merchant.name);
              onChosen(merchant);
            }}
          />
        </TabMovesOn>
      )}
    </FormField>
  );
}
