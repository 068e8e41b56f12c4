import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { TimelineEntry } from '../../contract/workstation/case.ts';
import type { MerchantField } from '../../domain/merchant/changes.ts';
import { commitmentSchemas } from '../../domain/merchant/commitments.ts';
import { registerSchemas } from '../../domain/merchant/register.ts';
import { useCodeWords } from '../kernel/components/code-words.ts';
import { History } from '../kernel/components/timeline.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';

/** What happened to a merchant on the roster: of each update what stood before and what stands now. */
export function MerchantHistory({
  entries,
  places,
}: {
  entries: readonly TimelineEntry[];
  /** Names of units by their paths, as far as they are known here. */
  places: ReadonlyMap<string, string>;
}) {
  const { t, i18n } = useTranslation('merchants');
  const cases = useTranslation('cases');
  const register = useTranslation('register');
  const codes = useCodeWords();
  const say = useDataWords();
  const title = ({ type, version }: TimelineEntry): string =>
    i18n.exists(`merchants:event.${type}`)
      ? say(`merchants:event.${type}`)
      : i18n.exists(`register:event.${type}`)
        ? say(`register:event.${type}`)
        : cases.t('page.unknownEvent', { type, version });
  const value = (field: string, of: unknown): string => {
    if (Array.isArray(of) && of.length > 0) return of.join(cases.t('page.comma'));
    if (typeof of !== 'string' || of === '') return cases.t('entry.nothing');
    return field === 'category' ? codes.word('merchantCategory', of) : of;
  };
  const fieldName = (field: MerchantField): string =>
    field === 'aliases'
      ? register.t('form.aliases')
      : field === 'contacts'
        ? register.t('contacts.title')
        : t(`form.${field}`);
  const lines = (entry: TimelineEntry): string[] => [
    ...(entry.changes ?? []).map(({ field, before, after }) =>
      cases.t('entry.change', {
        field: fieldName(field as MerchantField),
        before: value(field, before),
        after: value(field, after),
      }),
    ),
    ...promised(entry).map(({ days, from }) => t('event.promise', { days, from })),
    ...confirmed(entry).map((from) => t('event.from', { from })),
    ...refused(entry),
    ...ended(entry).map((to) => t('event.until', { to })),
    ...moved(entry).map(({ fromPath, toPath, movedOn }) =>
      register.t('event.move', {
        from: places.get(fromPath) ?? fromPath,
        to: places.get(toPath) ?? toPath,
        day: movedOn,
      }),
    ),
    ...merged(entry).map((into) => register.t('event.into', { into })),
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

const Promised = z.object({ windowDays: z.number(), effectiveFrom: z.string() });

function promised({ type, payload }: TimelineEntry): { days: number; from: string }[] {
  const read = ['commitment-made', 'commitment-proposed'].includes(type) ? Promised.safeParse(payload) : null;
  return read?.success ? [{ days: read.data.windowDays, from: read.data.effectiveFrom }] : [];
}

function confirmed({ type, payload }: TimelineEntry): string[] {
  const read =
    type === 'commitment-confirmed' ? commitmentSchemas['commitment-confirmed@1'].safeParse(payload) : null;
  return read?.success ? [read.data.effectiveFrom] : [];
}

function refused({ type, payload }: TimelineEntry): string[] {
  const read =
    type === 'commitment-refused' ? commitmentSchemas['commitment-refused@1'].safeParse(payload) : null;
  return read?.success ? [read.data.reason] : [];
}

function ended({ type, payload }: TimelineEntry): string[] {
  const read =
    type === 'commitment-ended' ? commitmentSchemas['commitment-ended@1'].safeParse(payload) : null;
  return read?.success ? [read.data.effectiveTo] : [];
}

function moved({ type, payload }: TimelineEntry): { fromPath: string; toPath: string; movedOn: string }[] {
  const read = type === 'merchant-moved' ? registerSchemas['merchant-moved@1'].safeParse(payload) : null;
  return read?.success ? [read.data] : [];
}

function merged({ type, payload }: TimelineEntry): string[] {
  const read = type === 'merchant-merged' ? registerSchemas['merchant-merged@1'].safeParse(payload) : null;
  return read?.success ? [read.data.intoName] : [];
}
