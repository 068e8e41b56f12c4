import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../contract/workstation/case.ts';
import type { MerchantField } from '../../domain/merchant/changes.ts';
import { commitmentSchemas } from '../../domain/merchant/commitments.ts';
import { History } from '../kernel/components/timeline.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';

/** What happened to a merchant on the roster: of each update what stood before and what stands now. */
export function MerchantHistory({ entries }: { entries: readonly TimelineEntry[] }) {
  const { t, i18n } = useTranslation('merchants');
  const cases = useTranslation('cases');
  const say = useDataWords();
  const title = ({ type, version }: TimelineEntry): string =>
    i18n.exists(`merchants:event.${type}`)
      ? say(`merchants:event.${type}`)
      : cases.t('page.unknownEvent', { type, version });
  const value = (field: string, of: unknown): string => {
    if (typeof of !== 'string' || of === '') return cases.t('entry.nothing');
    return field === 'category' ? say(`merchants:category.${of}`) : of;
  };
  const lines = (entry: TimelineEntry): string[] => [
    ...(entry.changes ?? []).map(({ field, before, after }) =>
      cases.t('entry.change', {
        field: t(`form.${field as MerchantField}`),
        before: value(field, before),
        after: value(field, after),
      }),
    ),
    ...promised(entry).map(({ days, from }) => t('event.promise', { days, from })),
    ...ended(entry).map((to) => t('event.until', { to })),
  ];
  return (
    <History
      entries={entries}
      title={title}
      body={(entry) =>
        lines(entry).map((line) => (
          <div key={line} className="heshi-as-typed">
            {line}
          </div>
        ))
      }
    />
  );
}

function promised({ type, payload }: TimelineEntry): { days: number; from: string }[] {
  const read = type === 'commitment-made' ? commitmentSchemas['commitment-made@1'].safeParse(payload) : null;
  return read?.success ? [{ days: read.data.windowDays, from: read.data.effectiveFrom }] : [];
}

function ended({ type, payload }: TimelineEntry): string[] {
  const read = type === 'commitment-ended' ? commitmentSchemas['commitment-ended@1'].safeParse(payload) : null;
  return read?.success ? [read.data.effectiveTo] : [];
}
