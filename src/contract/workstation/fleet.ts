import { type } from '@orpc/contract';
import { FleetQuery, ResyncOrder, type FleetView } from '../centre/fleet.ts';
import { unitAndBelow } from '../../domain/organisation/index.ts';
import { capable } from './base.ts';

/** Workstations of a supervisor's scope, as the centre knows them: only with a line to it. */
export const fleet = {
  list: capable('supervision.read', unitAndBelow('under')).input(FleetQuery).output(type<FleetView>()),
  /** Asks one workstation, in the person's name, to read its feed from the beginning and compare. */
  resync: capable('supervision.read', unitAndBelow()).input(ResyncOrder).output(type<{ ok: true }>()),
};
