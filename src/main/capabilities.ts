import type { Router } from '@orpc/server';
import type { WorkstationContract } from '../contract/workstation/index.ts';
import { accessProjection } from './access/projection.ts';
import { accesses } from './access/accesses.ts';
import { alliance } from './alliance/alliance.ts';
import { archive } from './archive/archive.ts';
import { cases, summarizeCases } from './case/cases.ts';
import { charity } from './charity/charities.ts';
import { creditProjection } from './credit/projection.ts';
import { credits } from './credit/credits.ts';
import { deadlines } from './deadlines/deadlines.ts';
import type { CallContext, Summaries } from './kernel/parts.ts';
import { disclosures } from './disclosure/disclosures.ts';
import { documents } from './document/documents.ts';
import { drafts } from './drafts/drafts.ts';
import { evidence } from './evidence/evidence.ts';
import { figures } from './figures/figures.ts';
import { finance } from './finance/finances.ts';
import { fleet } from './fleet/fleet.ts';
import { filters } from './filters/filters.ts';
import { repeats } from './repeats/repeats.ts';
import { search } from './search/search.ts';
import { funds } from './fund/funds.ts';
import { fundProjection, insuranceProjection } from './fund/projection.ts';
import { imports } from './imports/imports.ts';
import { inspections } from './inspection/inspections.ts';
import {
  attentionProjection,
  commendationProjection,
  guidanceProjection,
  inspectionPlanProjection,
  inspectionProjection,
} from './inspection/projection.ts';
import { leniency } from './leniency/leniencies.ts';
import { merchants } from './merchant/merchants.ts';
import { leniencyProjection } from './leniency/projection.ts';
import { presence } from './live/presence.ts';
import { privacy } from './privacy/privacy.ts';
import { privacyProjection } from './privacy/projection.ts';
import { publication } from './public/publication.ts';
import { procedures } from './procedure/procedures.ts';
import { repair } from './repair/repair.ts';
import { restorationProjection } from './restoration/projection.ts';
import { restorations } from './restoration/restorations.ts';
import { returns, summarizeReturns } from './return/returns.ts';
import { rollup } from './rollup/rollup.ts';
import { sanctionProjection } from './sanction/projection.ts';
import { sanctions } from './sanction/sanctions.ts';
import { session } from './session/session.ts';
import { settings } from './settings/settings.ts';
import { shop } from './shop/shop.ts';
import { stationProjection } from './station/projection.ts';
import { stations } from './station/stations.ts';
import { streetProjection, storefrontProjection } from './street/projection.ts';
import { streets } from './street/streets.ts';
import { supervision } from './supervision/supervision.ts';
import { sync } from './sync/sync.ts';
import { todayHandlers } from './today/today.ts';
import type { StreamKind } from '../domain/streams.ts';
import { caseProjection } from './case/projection.ts';
import { merchantProjection } from './merchant/projection.ts';
import type { Projection } from './kernel/store/projection.ts';
import { collectProjections } from './kernel/store/projections.ts';
import { returnProjection } from './return/projection.ts';
import { calendarProjection, procedureProjection } from './procedure/projection.ts';
import { staffProjection } from './organisation/staff-projection.ts';
import { unitProjection } from './organisation/unit-projection.ts';

/** The workstation's contract, implemented; the same router serves both hosts. */
export const router: Router<WorkstationContract, CallContext> = {
  session,
  today: todayHandlers,
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
};

/** What each capability says of its records on the lists of others. */
export const summaries: Summaries = { case: summarizeCases, return: summarizeReturns };

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
  fund: fundProjection,
  insurance: insuranceProjection,
  credit: creditProjection,
  'credit-policy': null,
  sanction: sanctionProjection,
  leniency: leniencyProjection,
  'finance-products': null,
  consent: null,
  'credit-line': null,
  finance: null,
  'inspection-plan': inspectionPlanProjection,
  inspection: inspectionProjection,
  guidance: guidanceProjection,
  commendation: commendationProjection,
  attention: attentionProjection,
  restoration: restorationProjection,
  street: streetProjection,
  storefront: storefrontProjection,
  station: stationProjection,
  disclosure: null,
  public: null,
  privacy: privacyProjection,
  alliance: null,
  'alliance-check': null,
  charity: null,
  'charity-application': null,
  access: accessProjection,
} satisfies { [Kind in StreamKind]: Projection<Kind> | null };

/** The projections of all kinds that have one. */
export const PROJECTIONS = collectProjections(Object.values(projections).filter((one) => one !== null));
