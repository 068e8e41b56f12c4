import type { UnitCoverage } from '../../contract/workstation/merchant.ts';
import { parentPath } from '../../domain/organisation/index.ts';

/** A unit with those right below it that have merchants. */
export type CoverageNode = UnitCoverage & { children?: CoverageNode[] };

/** The share of merchants with a promise in force, from 0 to 1; 0 where there are none. */
export const shareOf = ({ merchants, promised }: Pick<UnitCoverage, 'merchants' | 'promised'>): number =>
  merchants === 0 ? 0 : promised / merchants;

/** The units as a tree; those whose parent is not among them stand at its top. */
export function treeOf(units: readonly UnitCoverage[]): CoverageNode[] {
  const nodes = new Map<string, CoverageNode>(units.map((unit) => [unit.path, { ...unit }]));
  const top: CoverageNode[] = [];
  for (const node of nodes.values()) {
    const parent = nodes.get(parentPath(node.path) ?? '');
    if (parent) (parent.children ??= []).push(node);
    else top.push(node);
  }
  return top;
}
