import type { UseQueryResult } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { asApiError } from '../api/errors.ts';
import { ErrorNotice } from '../components/error-notice.tsx';
import { Page } from '../components/page.tsx';
import { Watermarked } from './watermarked.tsx';

/**
 * The page of one record. `children` shows the record once it is here, as a page of its own, and keeps it while it is
 * asked for again; until then this page stands in with the state of the question. `gone` is shown where no such record
 * is known.
 */
export function RecordPage<Data>({
  query,
  title,
  actions,
  gone,
  personal = false,
  children,
}: {
  query: UseQueryResult<Data>;
  title: string;
  actions?: ReactNode;
  gone: ReactNode;
  /** It is about people: it bears who opened it and when. */
  personal?: boolean;
  children: (data: Data) => ReactNode;
}) {
  const { data, error } = query;
  if (data !== undefined) return personal ? <Watermarked>{children(data)}</Watermarked> : children(data);
  return (
    <Page title={title} actions={actions}>
      {error === null ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : asApiError(error).code === 'NOT_FOUND' ? (
        gone
      ) : (
        <ErrorNotice error={error} kept={false} />
      )}
    </Page>
  );
}
