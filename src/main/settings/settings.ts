import { stat } from 'node:fs/promises';
import type { Diagnostics } from '../../contract/workstation/settings.ts';
import { calendarAt } from '../../domain/procedure/index.ts';
import { readSettings, writeSettings } from '../kernel/store/settings.ts';
import type { CallContext } from '../kernel/desk.ts';
import { openOs } from '../kernel/implementer.ts';

async function diagnostics({ desk }: CallContext): Promise<Diagnostics> {
  const { read } = desk.store;
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
    release: desk.release,
    host: desk.host.name,
    deviceId: desk.identity()?.deviceId ?? null,
    dataFolder: desk.store.folder,
    databaseBytes: (await stat(desk.store.file)).size,
    events: events.count,
    cases: cases.count,
    calendarYears: calendarAt(desk.directory.rules(), desk.identity()?.unitPath ?? '/').years.toSorted(
      (a, b) => a - b,
    ),
    recentProblems: problems.map(({ at, code, text }) => ({ at, code, text })),
  };
}

/**
 * How this desk looks; kept per workstation, and anyone's who stands before it: who cannot read the language must be
 * able to change it before signing in.
 */
export const settings = {
  get: openOs.settings.get.handler(({ context }) => readSettings(context.desk.store.read)),
  set: openOs.settings.set.handler(async ({ context, input }) => {
    const changed = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    const next = { ...(await readSettings(context.desk.store.read)), ...changed };
    await context.desk.store.write((writer) => writeSettings(writer, next));
    return next;
  }),
  diagnostics: openOs.settings.diagnostics.handler(({ context }) => diagnostics(context)),
};
