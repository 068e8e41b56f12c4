import { needed, sayRows, wholeOption, type Call, type Command } from './call.ts';

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
};
