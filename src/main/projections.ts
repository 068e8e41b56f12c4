import { streamOf, type StateOf, type StreamKind } from '../domain/streams.ts';
import { caseProjection } from './case/projection.ts';
import { merchantProjection } from './merchant/projection.ts';
import type { Projection, RowTable } from './kernel/store/projection.ts';
import { returnProjection } from './return/projection.ts';
import { calendarProjection, procedureProjection } from './procedure/projection.ts';
import { staffProjection } from './organisation/staff-projection.ts';
import { unitProjection } from './organisation/unit-projection.ts';

/** What is kept of each kind of stream; null where its state is all there is. */
const projections = {
  unit: unitProjection,
  procedure: procedureProjection,
  calendar: calendarProjection,
  staff: staffProjection,
  workstation: null,
  case: caseProjection,
  return: returnProjection,
  merchant: merchantProjection,
} satisfies { [Kind in StreamKind]: Projection<Kind> | null };

type Projections = typeof projections;

/** The kinds of stream that have rows, of which lists are made. */
export type ListedKind = {
  [Kind in StreamKind]: Projections[Kind] extends { rows: object } ? Kind : never;
}[StreamKind];

/** A kind with rows: what the one statement that writes them all has to know of it. */
export type ListedTable = RowTable<StateOf[ListedKind]> & { kind: ListedKind; searched: boolean };

const all: readonly Projection[] = Object.values(projections).filter((one) => one !== null);

/** The projections of all kinds that have one. */
export const PROJECTIONS = all;

/** All kinds with rows, and whether people search them. */
export const LISTED_TABLES: readonly ListedTable[] = all.flatMap(({ kind, rows }) =>
  rows === null || !isListed(kind) ? [] : [{ ...rows, kind, searched: streamOf(kind).search !== null }],
);

/** Whether a kind of stream has rows. */
export function isListed(kind: string): kind is ListedKind {
  return all.some((one) => one.kind === kind && one.rows !== null);
}
