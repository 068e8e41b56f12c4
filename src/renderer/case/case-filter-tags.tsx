import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseFilter, CaseSummary } from '../../contract/workstation/case.ts';
import type { useCaseFilter } from './case-filter.ts';

type Set = ReturnType<typeof useCaseFilter>['set'];

/** Filters that came with a link, each to be lifted by itself. `first` lends its names. */
export function CaseFilterTags({
  filter,
  first,
  set,
}: {
  filter: CaseFilter;
  first: CaseSummary | undefined;
  set: Set;
}) {
  const { t } = useTranslation('supervision');
  const cases = useTranslation('cases');
  const tag = (key: string, label: string, lift: Parameters<Set>[0]) => (
    <Tag
      key={key}
      closable
      closeIcon={<span aria-label={cases.t('list.release', { filter: label })}>×</span>}
      onClose={() => set(lift)}
    >
      {label}
    </Tag>
  );
  const { assignedTo, under, dueThisWeek, closedFrom, closedTo, review } = filter;
  const holder = first?.assigned?.staffId === assignedTo ? first?.assigned?.name : undefined;
  return (
    <>
      {assignedTo === undefined || assignedTo === 'me'
        ? null
        : tag(
            'assigned',
            assignedTo === 'nobody'
              ? t('holder.nobody')
              : t('list.assignedTo', { name: holder ?? assignedTo }),
            { assigned: undefined },
          )}
      {under === undefined
        ? null
        : tag(
            'under',
            t('list.under', { name: first?.handlingPath === under ? first.handlingName : under }),
            { under: undefined },
          )}
      {dueThisWeek ? tag('week', t('list.week'), { week: undefined }) : null}
      {closedFrom === undefined && closedTo === undefined
        ? null
        : tag('closed', t('list.closed', { from: closedFrom ?? '…', to: closedTo ?? '…' }), {
            closedFrom: undefined,
            closedTo: undefined,
          })}
      {review === undefined ? null : tag('review', t(`list.review.${review}`), { review: undefined })}
    </>
  );
}
