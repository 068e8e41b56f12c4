import type { Handler } from '../../../domain/case/index.ts';
import type { Body, Party } from '../../../domain/organisation/index.ts';
import type { Rulebook } from '../../../domain/procedure/index.ts';

export type DirectoryUnit = {
  path: string;
  name: string;
  /** `OUTSIDE_LEVEL` where `body` says what else it is. */
  level: number;
  party: Party;
  disputePoint: boolean;
  body: Body | null;
};

/** The units, procedures and calendars this workstation knows, in memory: every deadline and screen asks for them. */
export type UnitsAndRules = {
  unit(path: string): DirectoryUnit | undefined;
  all(): DirectoryUnit[];
  levelOf(path: string): number;
  partyOf(path: string): Party;
  /** What a unit is as the handler of a case. */
  handlerAt(path: string): Handler;
  /** The unit's name, or its id while its record has not arrived. */
  nameOf(path: string): string;
  /** Published procedures and imported calendars. */
  rules(): Rulebook;
};
