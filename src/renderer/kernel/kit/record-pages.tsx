import { createContext, useContext, type ReactNode } from 'react';
import type { Manifest } from './manifest.ts';

type Pages = ReadonlyMap<string, (id: string) => string>;

const Context = createContext<Pages>(new Map());

/** Makes the pages of records known to all rooms below, which import none of each other's. */
export function RecordPages({
  manifests,
  children,
}: {
  manifests: readonly Pick<Manifest, 'records'>[];
  children: ReactNode;
}) {
  const pages: Pages = new Map(manifests.flatMap(({ records = {} }) => Object.entries(records)));
  return <Context value={pages}>{children}</Context>;
}

/** The page of a record, where a room shows such records; null where none does. */
export function useRecordPath({ kind, id }: { kind: string; id: string }): string | null {
  return useContext(Context).get(kind)?.(id) ?? null;
}
