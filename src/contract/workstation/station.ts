import { type } from '@orpc/contract';
import { z } from 'zod';
import { UnitPath } from '../../domain/kernel/event/event.ts';
import { IN_SIGHT, unitAndBelow } from '../../domain/organisation/index.ts';
import { StationFields, stationSchemas, type StationState } from '../../domain/station/index.ts';
import { capable, FormId } from './base.ts';

export type StationView = StationState & { unitName: string; canHandle: boolean };

const Seen = z.object({ id: z.string().min(1).max(64), revision: z.int().min(1), eventId: FormId });

export const stations = {
  /** Stations in sight, the open ones first, by unit and name. */
  list: capable('station.read', IN_SIGHT).output(type<StationView[]>()),
  open: capable('station.handle', unitAndBelow('unitPath'))
    .input(StationFields.extend({ stationId: z.uuid(), unitPath: UnitPath }))
    .output(type<StationView[]>()),
  change: capable('station.handle', IN_SIGHT)
    .input(Seen.extend({ fields: StationFields }))
    .output(type<StationView[]>()),
  close: capable('station.handle', IN_SIGHT)
    .input(Seen.extend(stationSchemas['station-closed@1'].shape))
    .output(type<StationView[]>()),
};
