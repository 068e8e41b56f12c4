import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Checkbox, Input } from 'antd';
import { useState } from 'react';
import type { Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { PrivacyCandidate } from '../../contract/workstation/privacy.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { FormField } from '../kernel/components/field.tsx';
import { useDebounced } from '../kernel/components/use-debounced.ts';
import { keyOf, recordOf, type RequestValues } from './values.ts';

const SEARCH_AFTER_MS = 150;

/** Records found by name, telephone or number, of which the requester's are ticked; what is ticked stays while others are looked for. */
export function RecordsField({ control }: { control: Control<RequestValues> }) {
  const { t } = useTranslation('privacy');
  const [search, setSearch] = useState('');
  const wanted = useDebounced(search.trim(), SEARCH_AFTER_MS);
  const found = useQuery({
    queryKey: ['privacy', 'find', wanted],
    queryFn: () => api.privacy.find({ search: wanted }),
    placeholderData: keepPreviousData,
  });
  return (
    <FormField
      control={control}
      name="records"
      label={t('form.recordsLabel')}
      help={t('form.recordsHint')}
      required
    >
      {({ id, value, onChange, onBlur, ref, status, aria }) => {
        const chosen = Array.isArray(value) ? (value as string[]) : [];
        return (
          <div className="heshi-stack-s">
            <Input
              {...aria}
              id={id}
              ref={ref}
              status={status}
              type="search"
              autoComplete="off"
              value={search}
              placeholder={t('searchHint')}
              onBlur={onBlur}
              onChange={(event) => setSearch(event.target.value)}
              // Enter looks, and does not send the form off.
              onKeyDown={(event) => {
                if (event.key === 'Enter' && !event.ctrlKey) event.preventDefault();
              }}
            />
            {found.error ? <ErrorNotice error={found.error} kept={false} /> : null}
            <Found searched={wanted !== ''} found={found.data ?? []} chosen={chosen} onChange={onChange} />
          </div>
        );
      }}
    </FormField>
  );
}

function Found({
  searched,
  found,
  chosen,
  onChange,
}: {
  searched: boolean;
  found: readonly PrivacyCandidate[];
  chosen: readonly string[];
  onChange: (value: string[]) => void;
}) {
  const { t } = useTranslation('privacy');
  const known = useQuery({
    queryKey: ['privacy', 'chosen', chosen],
    queryFn: () => api.privacy.chosen({ records: chosen.flatMap((key) => recordOf(key) ?? []) }),
    placeholderData: keepPreviousData,
  });
  const ticked = new Set(chosen);
  // What is ticked first, each once.
  const all = new Map(
    [...(known.data ?? []).filter((one) => ticked.has(keyOf(one))), ...found].map((one) => [keyOf(one), one]),
  );
  if (all.size === 0)
    return searched ? (
      <p role="status" className="heshi-close heshi-muted">
        {t('form.noneFound')}
      </p>
    ) : null;
  return (
    <>
      <ul aria-label={t('form.recordsList')} className="heshi-privacy-records">
        {[...all].map(([key, one]) => (
          <li key={key}>
            <Checkbox
              checked={ticked.has(key)}
              onChange={({ target }) =>
                onChange(target.checked ? [...chosen, key] : chosen.filter((other) => other !== key))
              }
            >
              {t('form.candidate', {
                kind: t(`kind.${one.kind}`),
                number: one.number,
                name: one.consumer.name,
                phone: one.consumer.phone ?? '',
                merchant: one.merchantName,
                on: one.on,
                unit: one.unitName,
              })}
            </Checkbox>
          </li>
        ))}
      </ul>
      <span role="status" className="heshi-muted">
        {t('form.chosen', { count: chosen.length })}
      </span>
    </>
  );
}
