import { Checkbox, Input, Segmented, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '../../contract/workstation/case.ts';
import { CASE_STATUSES, type CaseStatus } from '../../domain/case/state.ts';
import { useCodeWords } from '../kernel/components/code-words.ts';
import { DayPicker } from '../kernel/kit/day-picker.tsx';
import { Filters } from '../kernel/kit/list-page.tsx';
import { CaseFilterTags } from './case-filter-tags.tsx';
import type { CaseSort, useCaseFilter } from './case-filter.ts';

/** What narrows the list of cases. `first` lends its names to filters that came with a link. */
export function CaseFilterBar({
  filtering: { filter, sort, search, set },
  first,
  total,
}: {
  filtering: ReturnType<typeof useCaseFilter>;
  first: CaseSummary | undefined;
  /** As it is shown; null until it is known. */
  total: string | null;
}) {
  const { t } = useTranslation('cases');
  const codes = useCodeWords();
  const supervision = useTranslation('supervision');
  const day = (name: 'from' | 'to', value: string | undefined) => (
    <DayPicker
      label={t(`list.${name}`)}
      placeholder={t(`list.${name}`)}
      value={value ?? null}
      untilToday
      onChange={(next) => set({ [name]: next })}
      onClear={() => set({ [name]: undefined })}
      className="heshi-day"
    />
  );
  const given = (name: 'merchant' | 'handling', label: string) => (
    <Tag
      closable
      closeIcon={<span aria-label={t('list.release', { filter: label })}>×</span>}
      onClose={() => set({ [name]: undefined })}
    >
      {label}
    </Tag>
  );
  return (
    <Filters label={t('list.filters')} total={total === null ? '' : t('list.total', { total })}>
      <Input.Search
        allowClear
        aria-label={t('list.search')}
        placeholder={t('list.searchHint')}
        className="heshi-search"
        value={search}
        onChange={(event) => set({ search: event.target.value })}
      />
      <Segmented<string>
        aria-label={t('list.show')}
        value={filter.open === true ? 'open' : 'all'}
        onChange={(value) => set({ show: value === 'open' ? undefined : 'all' })}
        options={[
          { value: 'open', label: t('list.open') },
          { value: 'all', label: t('list.all') },
        ]}
      />
      <Checkbox
        checked={filter.mine === true}
        onChange={(event) => set({ mine: event.target.checked ? '1' : undefined })}
      >
        {t('list.mine')}
      </Checkbox>
      <Checkbox
        checked={filter.overdue === true}
        onChange={(event) => set({ overdue: event.target.checked ? '1' : undefined })}
      >
        {t('list.overdue')}
      </Checkbox>
      <Checkbox
        checked={filter.assignedTo === 'me'}
        onChange={(event) => set({ assigned: event.target.checked ? 'me' : undefined })}
      >
        {supervision.t('holder.mine')}
      </Checkbox>
      <Select<CaseSort>
        aria-label={t('list.sort')}
        value={sort}
        onChange={(next) => set({ sort: next })}
        options={[
          { value: 'deadline', label: t('list.byDeadline') },
          { value: 'updated', label: t('list.byUpdated') },
          { value: 'registered', label: t('list.byRegistered') },
        ]}
        className="heshi-choice"
      />
      <Select<CaseStatus[]>
        mode="multiple"
        allowClear
        maxTagCount="responsive"
        aria-label={t('list.status')}
        placeholder={t('list.allStatuses')}
        className="heshi-choice-fixed"
        value={filter.status ?? []}
        onChange={(status) => set({ status: status.join(',') })}
        options={CASE_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
      />
      <Select<string>
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('list.object')}
        placeholder={t('list.allObjects')}
        className="heshi-choice-fixed"
        value={filter.object ?? null}
        onChange={(object: string | undefined) => set({ object })}
        options={codes.all('object')}
      />
      <Select<string>
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('list.problem')}
        placeholder={t('list.allProblems')}
        className="heshi-choice-fixed"
        value={filter.problem ?? null}
        onChange={(problem: string | undefined) => set({ problem })}
        options={codes.all('problem')}
      />
      {day('from', filter.registeredFrom)}
      {day('to', filter.registeredTo)}
      {filter.merchantId === undefined
        ? null
        : given('merchant', t('list.ofMerchant', { name: first?.merchantName ?? '—' }))}
      {filter.handlingPath === undefined
        ? null
        : given(
            'handling',
            t('list.ofUnit', {
              name: first?.handlingPath === filter.handlingPath ? first.handlingName : filter.handlingPath,
            }),
          )}
      <CaseFilterTags filter={filter} first={first} set={set} />
    </Filters>
  );
}
