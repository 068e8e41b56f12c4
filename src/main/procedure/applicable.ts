import { instrumentsOf, type CaseState, type Instrument } from '../../domain/case/index.ts';
import type { Party } from '../../domain/organisation/index.ts';
import { DEFAULT_VERSION } from '../../domain/procedure/default-procedure.ts';
import { entriesOf, type CodeListName, type Procedure } from '../../domain/procedure/procedure.ts';
import { procedureInForce, procedureOfCase as ofCase } from '../../domain/procedure/rulebook.ts';
import { todayOf, type WorkstationParts } from '../kernel/parts.ts';

/** What a unit is, as the rules ask: where, at which level, of which party. */
export function unitHere(
  workstation: WorkstationParts,
  path: string,
): { path: string; level: number; party: Party } {
  return { path, level: workstation.directory.levelOf(path), party: workstation.directory.partyOf(path) };
}

/** The version of the procedure that a case began under; the shipped one where it is not known here. */
export function procedureOfCase(
  { directory }: WorkstationParts,
  state: Pick<CaseState, 'registeredPath' | 'procedure'>,
): Procedure {
  return ofCase(directory.rules(), state);
}

/** The procedure in force today. */
export function procedureNow(workstation: WorkstationParts, unitPath: string): Procedure {
  return procedureInForce(workstation.directory.rules(), unitPath, todayOf(workstation)).procedure;
}

/** What a registration says of the procedure it begins under: nothing where that is the shipped one. */
export function procedureToday(workstation: WorkstationParts, unitPath: string): { procedure?: number } {
  const { version } = procedureInForce(workstation.directory.rules(), unitPath, todayOf(workstation));
  return version === DEFAULT_VERSION ? {} : { procedure: version };
}

/** The instruments with which the case's handling unit may settle it. */
export function instrumentsHere({ directory }: WorkstationParts, state: CaseState): Instrument[] {
  return instrumentsOf(state, { ...directory, rules: directory.rules() });
}

/** Those of the wanted codes that are not retired; the list's first active one where all are. */
export function pickActive(procedure: Procedure, list: CodeListName, wanted: readonly string[]): string[] {
  const active = entriesOf(procedure, list).filter((one) => one.active);
  const found = wanted.filter((code) => active.some((one) => one.code === code));
  return found.length > 0 ? found : active.slice(0, 1).map((one) => one.code);
}

/** The people's mediation committee that the case's procedure names for a unit, or null. */
export function committeeHere(
  workstation: WorkstationParts,
  state: CaseState,
  unitPath: string,
): string | null {
  const { units = null } =
    procedureOfCase(workstation, state).instruments.find(({ code }) => code === 'peoples-mediation') ?? {};
  return units?.find(({ path }) => path === unitPath)?.body ?? null;
}
