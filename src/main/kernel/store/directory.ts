import type { Body, Party } from '../../../domain/organisation/index.ts';
import { lastUnit } from '../../../domain/kernel/event/unit-path.ts';
import { shippedRules } from '../../../domain/procedure/index.ts';
import { RULE_KINDS, rulebookOf } from '../../../domain/streams.ts';
import type { Reader, Writer } from './access.ts';
import type { Projections } from './projections.ts';
import { sealsFacts } from './record-keys.ts';
import { loadKinds } from './streams.ts';
import type { DirectoryUnit, UnitsAndRules } from './units-and-rules.ts';

/** Units and rules as the store keeps them in step with what arrives, and what it keeps of each kind of stream by them. */
export type Directory = UnitsAndRules & {
  projections: Projections;
  /** Whether what is personal in new facts is sealed. */
  seals(): boolean;
  /** Reads units and rules again. */
  reload(from: Reader | Writer): Promise<void>;
};

export function createDirectory(projections: Projections): Directory {
  let units = new Map<string, DirectoryUnit>();
  let rules = shippedRules;
  let seals = false;
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
    projections,
    rules: () => rules,
    seals: () => seals,
    reload: async (from) => {
      seals = await sealsFacts(from);
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
            body: row.body as Body | null,
          },
        ]),
      );
    },
  };
}
