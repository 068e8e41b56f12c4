import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { FormField, type FieldProps, type FormValues, type Option } from '../components/field.tsx';
import { useDebounced } from '../components/use-debounced.ts';

const SEARCH_AFTER_MS = 150;

/** A record, or several, found by typing any part of it; what was chosen keeps its name while others are looked for. */
export function RecordField<Values extends FormValues>({
  find,
  multiple,
  ...props
}: FieldProps<Values> & { find: (search: string) => Promise<Option[]>; multiple: boolean }) {
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<Option[]>([]);
  const wanted = useDebounced(search.trim(), SEARCH_AFTER_MS);
  const found = useQuery({
    queryKey: ['record-field', 'find', props.name, wanted],
    queryFn: () => find(wanted),
    placeholderData: keepPreviousData,
  });
  const options = [...new Map([...chosen, ...(found.data ?? [])].map((one) => [one.value, one])).values()];
  return (
    <FormField {...props}>
      {({ id, value, onChange, onBlur, ref, status, aria }) => {
        const pick = (ids: string[]): void =>
          setChosen(ids.flatMap((one) => options.find((option) => option.value === one) ?? []));
        const shared = {
          ...aria,
          id,
          ref,
          status,
          onBlur,
          'aria-label': props.label,
          options,
          showSearch: { filterOption: false, onSearch: setSearch, searchValue: search },
          loading: found.isFetching,
        } as const;
        return multiple ? (
          <Select<string[]>
            {...shared}
            mode="multiple"
            value={Array.isArray(value) ? (value as string[]) : []}
            onChange={(ids) => {
              pick(ids);
              onChange(ids);
            }}
          />
        ) : (
          <Select<string>
            {...shared}
            value={typeof value === 'string' ? value : null}
            onChange={(one) => {
              pick([one]);
              onChange(one);
            }}
          />
        );
      }}
    </FormField>
  );
}
