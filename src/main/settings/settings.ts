import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Diagnostics } from '../../contract/workstation/settings.ts';
import { calendarAt } from '../../domain/procedure/index.ts';
import { STORE_FILE } from '../kernel/store/fault.ts';
import { asStaff, type CallContext } from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { openOs } from '../kernel/implementer.ts';

async function diagnostics({ gate }: CallContext): Promise<Diagnostics> {
  const parts = gate.parts();
  const { enrolment, events, cases, calendarYears } = gate.vault.card();
  const common = {
    release: gate.release,
    host: gate.host.name,
    deviceId: enrolment?.deviceId ?? null,
    dataFolder: gate.dataFolder,
    databaseBytes: (await stat(join(gate.dataFolder, STORE_FILE))).size,
  };
  // As it was when it was last shut.
  if (parts === null) return { ...common, events, cases, calendarYears, recentProblems: gate.problems() };
  const { read } = parts.store;
  const count = async (table: 'event' | 'case_row'): Promise<number> =>
    (
      await read
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
    ).count;
  const problems = await read.selectFrom('problem_log').selectAll().orderBy('id', 'desc').limit(20).execute();
  return {
    ...common,
    deviceId: parts.identity()?.deviceId ?? null,
    events: await count('event'),
    cases: await count('case_row'),
    calendarYears: calendarAt(parts.directory.rules(), parts.identity()?.unitPath ?? '/').years.toSorted(
      (a, b) => a - b,
    ),
    recentProblems: problems.map(({ at, code, text }) => ({ at, code, text })),
  };
}

/**
 * How this workstation looks, and how long it holds back what was just recorded; kept per workstation, and anyone's who
 * stands before it: who cannot read the language must be able to change it before signing in.
 */
export const settings = {
  get: openOs.settings.get.handler(({ context }) => context.gate.vault.settings()),
  set: openOs.settings.set.handler(async ({ context, input }) => {
    const { gate } = context;
    if (input.lockMinutes !== undefined) {
      // Whoever walks past must not keep the window open for longer.
      const { client } = asStaff(context);
      if (gate.sessions.isLocked(client)) throw serviceError('LOCKED');
      await gate.sessions.require(client, context.workstation.store.read);
    }
    const changed = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    const next = { ...gate.vault.settings(), ...changed };
    await gate.vault.saveSettings(next);
    if (input.undoSeconds !== undefined) gate.parts()?.sync.holdFor(input.undoSeconds * 1000);
    if (input.lockMinutes !== undefined) gate.sessions.lockAfter(input.lockMinutes);
    return next;
  }),
  diagnostics: openOs.settings.diagnostics.handler(({ context }) => diagnostics(context)),
};
