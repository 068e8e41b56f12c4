import type { Router } from '@orpc/server';
import type { CentralContract } from '../contract/centre/index.ts';
import { administratorHandlers } from './administrators/handlers.ts';
import { allianceHandlers } from './alliance/handlers.ts';
import { archiveHandlers } from './archive/handlers.ts';
import { creditHandlers, gradeFiguresHandler } from './credit/handlers.ts';
import { disclosureHandlers } from './disclosure/handlers.ts';
import { financeHandlers } from './finance/handlers.ts';
import { fleetHandlers } from './fleet/handlers.ts';
import { feedHandlers } from './kernel/feeds/handlers.ts';
import type { CentreContext } from './kernel/http/context.ts';
import { sessionHandlers } from './kernel/http/handlers.ts';
import { ingestHandlers } from './kernel/ingest/handlers.ts';
import { inspectionHandlers } from './inspection/handlers.ts';
import { liveHandlers } from './live/handlers.ts';
import type { Live } from './live/live.ts';
import { maintenanceHandlers } from './maintenance/handlers.ts';
import type { Maintenance } from './maintenance/index.ts';
import { numbersHandlers } from './numbers/handlers.ts';
import { organisationHandlers } from './organisation/handlers.ts';
import { procedureHandlers } from './procedure/handlers.ts';
import { repeatsHandlers } from './repeats/handlers.ts';
import type { ConsumerMarks } from './repeats/keys.ts';
import { rollupHandlers } from './rollup/handlers.ts';

/** The centre's contract, implemented: each capability's handlers in their places. */
export function createRouter({
  live,
  marks,
  maintenance,
}: {
  live: Live;
  marks: ConsumerMarks;
  maintenance: Maintenance;
}): Router<CentralContract, CentreContext> {
  return {
    ...sessionHandlers,
    enrol: organisationHandlers.enrol,
    keyShare: organisationHandlers.keyShare,
    recover: organisationHandlers.recover,
    ...ingestHandlers(live.moved),
    ...feedHandlers,
    archive: archiveHandlers,
    rollup: rollupHandlers.device,
    figures: rollupHandlers.figures,
    grades: gradeFiguresHandler,
    creditPolicy: creditHandlers.person,
    report: fleetHandlers.report,
    fleet: fleetHandlers.device,
    ...liveHandlers(live),
    repeats: repeatsHandlers(marks),
    checkCitizen: allianceHandlers.person,
    numbers: numbersHandlers.device,
    disclosures: disclosureHandlers.holder,
    consents: disclosureHandlers.officer,
    admin: {
      ...organisationHandlers.administrator,
      ...fleetHandlers.administrator,
      rollup: rollupHandlers.administrator,
      figures: rollupHandlers.figuresForAdministrator,
      ...numbersHandlers.administrator,
      ...procedureHandlers,
      ...creditHandlers.administrator,
      ...disclosureHandlers.administrator,
      ...financeHandlers,
      ...allianceHandlers.administrator,
      ...inspectionHandlers,
      ...maintenanceHandlers(maintenance),
      administrators: administratorHandlers,
    },
  };
}
