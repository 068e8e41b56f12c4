import type { Router } from '@orpc/server';
import type { WorkstationContract } from '../../contract/workstation/index.ts';
import { archive } from './archive.ts';
import { cases, summarizeCases } from './cases.ts';
import { deadlines } from './deadlines.ts';
import type { CallContext, Summaries } from './desk.ts';
import { documents } from './documents.ts';
import { drafts } from './drafts.ts';
import { evidence } from './evidence.ts';
import { fleet } from './fleet.ts';
import { filters } from './filters.ts';
import { repeats } from './repeats.ts';
import { search } from './search.ts';
import { os } from './implementer.ts';
import { imports } from './imports.ts';
import { merchants } from './merchants.ts';
import { presence } from './presence.ts';
import { procedures } from './procedures.ts';
import { returns, summarizeReturns } from './returns.ts';
import { rollup } from './rollup.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { supervision } from './supervision.ts';
import { sync } from './sync.ts';
import { todayHandlers } from './today.ts';

/** The workstation's contract, implemented; the same router serves both hosts. */
export const router: Router<WorkstationContract, CallContext> = os.router({
  session,
  today: todayHandlers,
  archive,
  cases,
  deadlines,
  returns,
  merchants,
  rollup,
  sync,
  drafts,
  documents,
  evidence,
  filters,
  fleet,
  repeats,
  search,
  imports,
  presence,
  procedures,
  supervision,
  settings,
});

/** What each capability says of its records on the lists of others. */
export const summaries: Summaries = { case: summarizeCases, return: summarizeReturns };
