import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button, Table, type TableProps } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useListKeys } from '../app/keyboard.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorNotice } from '../components/error-notice.tsx';
import { Page } from '../components/page.tsx';
import { shownTotal } from '../components/total.ts';

const PAGE = 50;
/** How long a search waits for the next character. */
export const SEARCH_AFTER_MS = 150;

/** Records that were asked for page by page, as far as they are here. */
export type RecordList<Row> = {
  items: Row[];
  /** How many there are in all, as it is shown; null until the first page is here. */
  total: string | null;
  pending: boolean;
  error: Error | null;
  /** Asks for the next page; null when all are here. */
  more: { ask: () => void; running: boolean } | null;
  /** Changes whenever other records are asked for. */
  asked: string;
};

/** Asks for records page by page. What was there stays until the answer to a changed question is here. */
export function useRecordList<Row>(
  queryKey: readonly unknown[],
  ask: (page: {
    limit: number;
    cursor?: string;
  }) => Promise<{ items: Row[]; total: number; cursor: string | null }>,
): RecordList<Row> {
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => ask({ limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.cursor,
    placeholderData: keepPreviousData,
  });
  const total = list.data?.pages[0]?.total;
  return {
    items: list.data?.pages.flatMap((page) => page.items) ?? [],
    total: total === undefined ? null : shownTotal(total),
    pending: list.isPending,
    error: list.error,
    more: list.hasNextPage
      ? { ask: () => void list.fetchNextPage(), running: list.isFetchingNextPage }
      : null,
    asked: JSON.stringify(queryKey),
  };
}

/** Filters that stand in the address, so that a list can be linked to and gone back to. */
export function useAddressFilters() {
  const [parameters, setParameters] = useSearchParams();
  return {
    /** A filter's text; undefined when it is not set. */
    text: (name: string): string | undefined => parameters.get(name) || undefined,
    /** A filter's codes: several of one name, or separated by commas. */
    codes: (name: string): string[] => parameters.getAll(name).flatMap((one) => one.split(',')),
    set: (name: string, value: string | null | undefined): void =>
      setParameters(
        (old) => {
          const next = new URLSearchParams(old);
          if (value === null || value === undefined || value === '') next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      ),
    clear: (): void => setParameters({}, { replace: true }),
  };
}

/** The bar of filters above a list, and how many records they leave. */
export function Filters({ label, total, children }: { label?: string; total: string; children: ReactNode }) {
  return (
    <search className="heshi-filters" {...(label === undefined ? {} : { 'aria-label': label })}>
      {children}
      <span role="status">{total}</span>
    </search>
  );
}

type Words = { title: string; text: string };

/** Why a list is empty: nothing is there yet, or nothing that the filters let through. */
export function EmptyList({
  filtered,
  empty,
  noneFound,
  clear,
}: {
  filtered: boolean;
  empty: Words;
  noneFound: Words;
  /** Takes all filters off. */
  clear: { label: string; act: () => void };
}) {
  if (!filtered) return <EmptyState {...empty} />;
  return <EmptyState {...noneFound} action={<Button onClick={clear.act}>{clear.label}</Button>} />;
}

/**
 * Records as rows. A click on a row opens it, and so does Enter on the current one, which J and K, or Ctrl+↓ and Ctrl+↑,
 * move. The current row is the record and not its place: the list may be sorted anew under it.
 */
export function RecordTable<Row extends { id: string }>({
  items,
  pathOf,
  label,
  columns,
  keyboard = true,
  pending = false,
  empty,
  asked,
  keys,
}: {
  items: Row[];
  /** The page of a record. */
  pathOf: (row: Row) => string;
  label: string;
  columns: NonNullable<TableProps<Row>['columns']>;
  /** False where the list is one of several on a page. */
  keyboard?: boolean;
  pending?: boolean;
  empty?: ReactNode;
  /** While this stays, so does the current row. */
  asked?: string;
  /** What a letter does to the row that has the focus, by the letter. */
  keys?: Readonly<Record<string, (row: Row) => void>>;
}) {
  const navigate = useNavigate();
  const [currentId, setCurrentId] = useState<string | null>(null);
  useEffect(() => setCurrentId(null), [asked]);
  const current = items.findIndex((item) => item.id === currentId);
  useListKeys(
    keyboard ? items.length : 0,
    current,
    (to) => setCurrentId(items[to]?.id ?? null),
    () => {
      const item = items[current];
      if (item) void navigate(pathOf(item));
    },
  );
  return (
    <Table<Row>
      size="small"
      rowKey="id"
      aria-label={label}
      loading={pending}
      dataSource={items}
      pagination={false}
      rowClassName={(_, index) => (index === current ? 'heshi-record heshi-record-current' : 'heshi-record')}
      onRow={(item) => ({
        onClick: (event) => {
          // A link inside the row has already gone its own way.
          if (!event.defaultPrevented) void navigate(pathOf(item));
        },
        onKeyDown: (event) => {
          const { ctrlKey, metaKey, altKey, target, nativeEvent } = event;
          // What stands in a panel over the page bubbles through here too.
          const here = target instanceof Node && event.currentTarget.contains(target);
          const act = here && !ctrlKey && !metaKey && !altKey && !nativeEvent.isComposing;
          if (act) keys?.[event.key.toLowerCase()]?.(item);
        },
      })}
      {...(empty === undefined ? {} : { locale: { emptyText: pending ? ' ' : empty } })}
      columns={columns}
    />
  );
}

/** A page that lists records: filters, what went wrong, the records as `children` show them, and the next page of them. */
export function ListPage<Row>({
  title,
  actions,
  primary,
  filters,
  list,
  footer,
  children,
}: {
  title: string;
  actions?: ReactNode;
  primary?: ReactNode;
  filters: ReactNode;
  list: RecordList<Row>;
  /** What follows the last record that is here. */
  footer?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation('common');
  return (
    <Page title={title} actions={actions} primary={primary}>
      {filters}
      {list.error ? <ErrorNotice error={list.error} kept={false} /> : null}
      {children}
      {list.more ? (
        <Button loading={list.more.running} onClick={list.more.ask}>
          {t('action.showMore')}
        </Button>
      ) : null}
      {footer}
    </Page>
  );
}
