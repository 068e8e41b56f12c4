import { needed, sayRows, wholeOption, type Call, type Command } from './call.ts';

const FLEET_HEADINGS = [
  'unit',
  'code',
  'device',
  'status',
  'release',
  'seen',
  'sign',
  'waiting',
  'since',
  'refused',
  'attention',
  'files',
  'behind',
  'clockMinutes',
  'resync',
];
const MONTH_MINUTES = 60 * 24 * 30;

async function enrol(call: Call): Promise<void> {
  const { admin, options, rest } = call;
  const validMinutes = wholeOption('minutes', options.minutes, 1, MONTH_MINUTES);
  const { codes } = await admin.createCodes({
    unitPaths: [...rest],
    ...(validMinutes === undefined ? {} : { validMinutes }),
  });
  sayRows(call, codes, ['unitPath', 'code', 'expiresAt']);
}

async function revoke({ admin, options, rest, say }: Call): Promise<void> {
  const [deviceId = ''] = rest;
  const reason = needed('reason', options.reason);
  await admin.revoke({ deviceId, reason });
  say(
    `${deviceId} can neither send nor read any more. What it had not sent is still on it: it may be enrolled again.`,
  );
}

const minutesOf = (ms: number | undefined): number | null =>
  ms === undefined ? null : Math.round(ms / 60_000);

/** What the centre knows of every workstation: the one that waits longest is the one to call. */
async function fleet(call: Call): Promise<void> {
  const { admin, options, say, remark } = call;
  const view = await admin.fleet({ under: options.unit });
  if (options.json) return say(JSON.stringify(view, null, 2));
  const rows = view.stations.map((station) => {
    const { report } = station;
    return {
      unit: station.unitPath,
      code: station.code,
      device: station.deviceId,
      status: station.status,
      release: report?.release ?? null,
      seen: station.lastSeenAt,
      sign: report?.sign ?? null,
      waiting: report?.waiting ?? null,
      since: report?.waitingSince ?? null,
      refused: station.refused,
      attention: report && report.rejected + report.quarantined + report.unknown + report.salvaged,
      files: report?.evidenceWaiting ?? null,
      behind: station.feedLag,
      clockMinutes: minutesOf(report?.clockOffsetMs),
      resync: station.resync === null ? null : station.resync.result === null ? 'asked' : 'done',
    };
  });
  sayRows(call, rows, FLEET_HEADINGS);
  const { workstations, reported } = view.completeness;
  remark(`${reported} of ${workstations} workstations in service seen within 24 hours`);
}

async function resync({ admin, options, rest, say }: Call): Promise<void> {
  const [deviceId = ''] = rest;
  await admin.resync({ deviceId, reason: needed('reason', options.reason) });
  say(`Asked, on record. ${deviceId} compares with its next round and tells what it found: fleet shows it.`);
}

/** Workstations. */
export const deviceCommands: Readonly<Record<string, Command>> = {
  enrol: {
    usage: 'enrol UNIT… [--minutes N] [--json]',
    about: 'one-time codes, one a unit, for a day or so many minutes',
    least: 1,
    most: 2000,
    run: enrol,
  },
  revoke: {
    usage: 'revoke DEVICE --reason TEXT',
    about: 'takes a workstation out of service',
    least: 1,
    most: 1,
    run: revoke,
  },
  fleet: {
    usage: 'fleet [--unit PATH] [--json]',
    about: 'every workstation: waiting, release, clock, what needs a person',
    least: 0,
    most: 0,
    run: fleet,
  },
  resync: {
    usage: 'resync DEVICE --reason TEXT',
    about: 'has a workstation read its feed anew and compare, on record',
    least: 1,
    most: 1,
    run: resync,
  },
};
