import type { ContractRouter } from '@orpc/contract';
import type { Declares } from '../access.ts';
import type { Access } from './base.ts';
import { accesses } from './access.ts';
import { alliance } from './alliance.ts';
import { archive } from './archive.ts';
import { cases } from './case.ts';
import { charity } from './charity.ts';
import { credits } from './credit.ts';
import { deadlines } from './deadlines.ts';
import { disclosures } from './disclosure.ts';
import { figures } from './figures.ts';
import { finance } from './finance.ts';
import { filters, repeats, search } from './search.ts';
import { funds } from './fund.ts';
import { fleet } from './fleet.ts';
import { evidence } from './evidence.ts';
import { drafts } from './drafts.ts';
import { rollup } from './rollup.ts';
import { settings } from './settings.ts';
import { today } from './today.ts';
import { documents } from './document.ts';
import { imports } from './imports.ts';
import { inspections } from './inspection.ts';
import { leniency } from './leniency.ts';
import { merchants } from './merchant.ts';
import { presence } from './live.ts';
import { privacy } from './privacy.ts';
import { procedures } from './procedure.ts';
import { publication } from './public.ts';
import { repair } from './repair.ts';
import { restorations } from './restoration.ts';
import { returns } from './return.ts';
import { sanctions } from './sanction.ts';
import { session } from './session.ts';
import { shop } from './shop.ts';
import { stations } from './station.ts';
import { streets } from './street.ts';
import { supervision } from './supervision.ts';
import { sync } from './sync.ts';

/** Everything a screen can ask of the workstation: the same over a MessagePort and over loopback HTTP; no call without its access. */
export const workstationContract = {
  session,
  today,
  archive,
  cases,
  deadlines,
  returns,
  merchants,
  funds,
  credits,
  sanctions,
  inspections,
  leniency,
  disclosures,
  shop,
  rollup,
  sync,
  drafts,
  documents,
  evidence,
  figures,
  finance,
  filters,
  fleet,
  repeats,
  search,
  imports,
  presence,
  privacy,
  publication,
  procedures,
  repair,
  restorations,
  streets,
  stations,
  supervision,
  settings,
  accesses,
  alliance,
  charity,
} satisfies ContractRouter<Declares<Access>>;
export type WorkstationContract = typeof workstationContract;
