import { stat } from 'node:fs/promises';
import type { Diagnostics } from '../../contract/workstation/settings.ts';
import { calendarAt } from '../../domain/procedure/index.ts';
import { readSettings, writeSettings } from '../kernel/store/settings.ts';
import { asStaff, type CallContext } from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { openOs } from '../kernel/implementer.ts';

async function diagnostics({ workstation }: CallContext): Promise<Diagnostics> {
  const { read } = workstation.store;
  const events = await read
    .selectFrom('event')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const cases = await read
    .selectFrom('case_row')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const problems = await read.selectFrom('problem_log').selectAll().orderBy('id', 'desc').limit(20).execute();
  return {
    release: workstation.release,
    host: workstation.host.name,
    deviceId: workstation.identity()?.deviceId ?? null,
    dataFolder: workstation.store.folder,
    databaseBytes: (await stat(workstation.store.file)).size,
    events: events.count,
    cases: cases.count,
    calendarYears: calendarAt(
      workstation.directory.rules(),
      workstation.identity()?.unitPath ?? '/',
    ).years.toSorted((a, b) => a - b),
    recentProblems: problems.map(({ at, code, text }) => ({ at, code, text })),
  };
}

/**
 * How this workstation looks, and how long it holds back what was just recorded; kept per workstation, and anyone's who
 * stands before it: who cannot read the language must be able to change it before signing in.
 */
export const settings = {
  get: openOs.settings.get.handler(({ context }) => readSettings(context.workstation.store.read)),
  set: openOs.settings.set.handler(async ({ context, input }) => {
    if (input.lockMinutes !== undefined) {
      // Whoever walks past must not keep the window open for longer.
      const { client, workstation } = asStaff(context);
      await workstation.sessions.require(client, workstation.store.read);
      if (workstation.sessions.isLocked(client)) throw serviceError('LOCKED');
    }
    const changed = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    const next = { ...(await readSettings(context.workstation.store.read)), ...changed };
    await context.workstation.store.write((writer) => writeSettings(writer, next));
    if (input.undoSeconds !== undefined) context.workstation.sync.holdFor(input.undoSeconds * 1000);
    if (input.lockMinutes !== undefined) context.workstation.sessions.lockAfter(input.lockMinutes);
    return next;
  }),
  diagnostics: openOs.settings.diagnostics.handler(({ context }) => diagnostics(context)),
};
