import { applyFeedPage, loadState } from '../../src/main/kernel/store/index.ts';
import { foreignEvent, type TestWorkstation } from './workstation.ts';

/** Gives a workstation without a centre the numbers 1 to `last` of a year, as the centre's facts would; once. */
export async function leaseTo(
  workstation: TestWorkstation,
  last: number,
  year = new Date().getFullYear(),
): Promise<void> {
  const { store, directory, identity } = workstation.running.parts;
  const own = identity();
  if (own === null || (await loadState(store.read, 'workstation', own.deviceId))) return;
  const events = [
    foreignEvent('workstation', own.deviceId, 'workstation-enrolled', {
      name: own.deviceName,
      unitPath: own.unitPath,
      code: own.deviceCode,
      publicKey: own.publicKey,
    }),
    foreignEvent('workstation', own.deviceId, 'numbers-leased', {
      year,
      first: 1,
      last,
      pattern: '甬海消调（{unit}）〔{year}〕第{sequence:4}号',
    }),
  ];
  await store.write((writer) =>
    applyFeedPage(
      writer,
      {
        items: events.map((event) => workstation.feed.item(event)),
        head: workstation.feed.head(),
        centreTime: new Date().toISOString(),
      },
      directory,
    ),
  );
}
