import { archive } from './archive.ts';
import { cases } from './cases.ts';
import { deadlines } from './deadlines.ts';
import { filters, repeats, search } from './finding.ts';
import { fleet } from './fleet.ts';
import { evidence } from './evidence.ts';
import { drafts, rollup, settings, today } from './desk.ts';
import { documents } from './documents.ts';
import { imports } from './imports.ts';
import { merchants } from './merchants.ts';
import { presence } from './presence.ts';
import { procedures } from './procedures.ts';
import { returns } from './returns.ts';
import { session } from './session.ts';
import { supervision } from './supervision.ts';
import { sync } from './sync.ts';

/** Everything a screen can ask of the workstation: the same over a MessagePort and over loopback HTTP. */
export const workstationContract = {
  session,
  today,
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
};
export type WorkstationContract = typeof workstationContract;
