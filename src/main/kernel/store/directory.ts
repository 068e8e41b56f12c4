import type { Handler } from '../../../domain/case/index.ts';
import type { Party } from '../../../domain/organisation/index.ts';
import { lastUnit } from '../../../domain/kernel/event/unit-path.ts';
import { shippedRules, type Rulebook } from '../../../domain/procedure/index.ts';
import { RULE_KINDS, rulebookOf } from '../../../domain/streams.ts';
import type { Reader, Writer } from './store.ts';
import { loadKinds } from './streams.ts';

export type DirectoryUnit = {
  path: string;
  name: string;
  level: number;
  party: Party;
  disputePoint: boolean;
};

/** The units, procedures and calendars this workstation knows, in memory: every deadline and screen asks for them. */
export type Directory = {
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
  reload(from: Reader | Writer): Promise<void>;
};

export function createDirectory(): Directory {
  let units = new Map<string, DirectoryUnit>();
  let rules = shippedRules;
  // Before a unit's record has arrived its depth is the best guess: district 4, circle 3, mall 2, shop 1.
  const levelOf = (path: string): number => units.get(path)?.level ?? Math.max(1, 6 - path.split('/').length);
  const partyOf = (path: string): Party => units.get(path)?.party ?? 'operator';
  return {
    unit: (path) => units.get(path),
    all: () => [...units.values()],
    levelOf,
    partyOf,
    handlerAt: (path) => ({ level: levelOf(path), regulator: partyOf(path) === 'regulator' }),
    nameOf: (path) => units.get(path)?.name ?? lastUnit(path),
    rules: () => rules,
    reload: async (from) => {
      rules = rulebookOf(await loadKinds(from, RULE_KINDS));
      const rows = await from.selectFrom('unit_row').selectAll().execute();
      units = new Map(
        rows.map((row) => [
          row.path,
          {
            path: row.path,
            name: row.name,
            level: row.level,
            party: row.party as Party,
            disputePoint: row.dispute_point === 1,
          },
        ]),
      );
    },
  };
}
