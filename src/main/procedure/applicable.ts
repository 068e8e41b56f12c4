import { instrumentsOf, type CaseState, type Instrument } from '../../domain/case/index.ts';
import type { Party } from '../../domain/organisation/index.ts';
import { DEFAULT_VERSION } from '../../domain/procedure/default-procedure.ts';
import { entriesOf, type CodeListName, type Procedure } from '../../domain/procedure/procedure.ts';
import { procedureInForce, procedureOfCase as ofCase } from '../../domain/procedure/rulebook.ts';
import { todayOf, type Desk } from '../kernel/desk.ts';

/** What a unit is, as the rules ask: where, at which level, of which party. */
export function unitHere(desk: Desk, path: string): { path: string; level: number; party: Party } {
  return { path, level: desk.directory.levelOf(path), party: desk.directory.partyOf(path) };
}

/** The version of the procedure that a case began under; the shipped one where it is not known here. */
export function procedureOfCase(
  { directory }: Desk,
  state: Pick<CaseState, 'registeredPath' | 'procedure'>,
): Procedure {
  return ofCase(directory.rules(), state);
}

/** The procedure in force today. */
export function procedureNow(desk: Desk, unitPath: string): Procedure {
  return procedureInForce(desk.directory.rules(), unitPath, todayOf(desk)).procedure;
}

/** What a registration says of the procedure it begins under: nothing where that is the shipped one. */
export function procedureToday(desk: Desk, unitPath: string): { procedure?: number } {
  const { version } = procedureInForce(desk.directory.rules(), unitPath, todayOf(desk));
  return version === DEFAULT_VERSION ? {} : { procedure: version };
}

/** The instruments with which the case's handling unit may settle it. */
export function instrumentsHere({ directory }: Desk, state: CaseState): Instrument[] {
  return instrumentsOf(state, { ...directory, rules: directory.rules() });
}

/** Those of the wanted codes that are not retired; the list's first active one where all are. */
export function pickActive(procedure: Procedure, list: CodeListName, wanted: readonly string[]): string[] {
  const active = entriesOf(procedure, list).filter((one) => one.active);
  const found = wanted.filter((code) => active.some((one) => one.code === code));
  return found.length > 0 ? found : active.slice(0, 1).map((one) => one.code);
}

/** The people's mediation committee that the case's procedure names for a unit, or null. */
export function committeeHere(desk: Desk, state: CaseState, unitPath: string): string | null {
  const { units = null } =
    procedureOfCase(desk, state).instruments.find(({ code }) => code === 'peoples-mediation') ?? {};
  return units?.find(({ path }) => path === unitPath)?.body ?? null;
}
