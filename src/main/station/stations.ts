import type { StationView } from '../../contract/workstation/station.ts';
import { covers, may } from '../../domain/organisation/index.ts';
import type { StationFields } from '../../domain/station/index.ts';
import { command, noContext, requireSame } from '../kernel/command.ts';
import { os } from '../kernel/implementer.ts';
import type { StaffContext } from '../kernel/parts.ts';
import { loadKinds } from '../kernel/store/streams.ts';

async function listStations({ workstation, staff }: StaffContext): Promise<StationView[]> {
  const all = await loadKinds(workstation.store.read, ['station']);
  const over = ({ closed }: StationView): number => (closed === null ? 0 : 1);
  return all
    .map(({ state }) => ({
      ...state,
      unitName: workstation.directory.nameOf(state.unitPath),
      canHandle:
        state.closed === null && covers(staff.unitPath, state.unitPath) && may(staff.role, 'station.handle'),
    }))
    .toSorted(
      (a, b) =>
        over(a) - over(b) ||
        a.unitPath.localeCompare(b.unitPath) ||
        a.name.localeCompare(b.name, 'zh') ||
        a.id.localeCompare(b.id),
    );
}

type Opening = StationFields & { stationId: string; unitPath: string };

const openStation = command({
  context: noContext,
  decide: ({ stationId, ...payload }: Opening) => ({
    facts: [{ stream: { kind: 'station', id: stationId }, type: 'station-opened', version: 1, payload }],
    result: undefined,
  }),
  once: {
    id: ({ stationId }) => ({ stream: { kind: 'station', id: stationId } }),
    again: ({ payload }, { stationId: _id, ...typed }) => requireSame(payload, typed),
  },
});

type Step = {
  id: string;
  revision: number;
  eventId: string;
  type: 'station-changed' | 'station-closed';
  payload: StationFields | { on: string; reason: string };
};

const actOnStation = command({
  context: noContext,
  decide: ({ id, revision, eventId, type, payload }: Step) => ({
    facts: [
      { id: eventId, stream: { kind: 'station', id }, type, version: 1, payload, expectedRevision: revision },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: (recorded, { id, type, payload }) =>
      requireSame([recorded.stream.id, recorded.type, recorded.payload], [id, type, payload]),
  },
});

export const stations = {
  list: os.stations.list.handler(({ context }) => listStations(context)),
  open: os.stations.open.handler(async ({ context, input }) => {
    await openStation(context, input);
    return listStations(context);
  }),
  change: os.stations.change.handler(async ({ context, input: { fields, ...seen } }) => {
    await actOnStation(context, { ...seen, type: 'station-changed', payload: fields });
    return listStations(context);
  }),
  close: os.stations.close.handler(async ({ context, input: { on, reason, ...seen } }) => {
    await actOnStation(context, { ...seen, type: 'station-closed', payload: { on, reason } });
    return listStations(context);
  }),
};
