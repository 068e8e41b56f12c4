import { Input, Tree } from 'antd';
import type { TreeDataNode } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RollupUnit } from '../../contract/centre/rollup.ts';
import { ancestorsAndSelf, parentPath } from '../../domain/organisation/index.ts';

type Node = TreeDataNode & { key: string; children: Node[] };

/** Nests units under their nearest ancestor in sight; `shown` keeps some, with all above them. */
function nest(units: readonly RollupUnit[], shown: ReadonlySet<string> | null): Node[] {
  const nodes = new Map<string, Node>();
  const roots: Node[] = [];
  for (const unit of units.toSorted((a, b) => a.path.localeCompare(b.path))) {
    if (shown && !shown.has(unit.path)) continue;
    const node: Node = { key: unit.path, title: <span title={unit.name}>{unit.name}</span>, children: [] };
    nodes.set(unit.path, node);
    const parent = ancestorsAndSelf(parentPath(unit.path) ?? '')
      .map((path) => nodes.get(path))
      .find((found) => found !== undefined);
    (parent?.children ?? roots).push(node);
  }
  return roots;
}

/** The units below one's scope as a tree; typing keeps those whose name fits and what they hang under. */
export function UnitsTree({
  units,
  selected,
  height,
  onSelect,
}: {
  units: readonly RollupUnit[];
  selected: string | null;
  height: number;
  onSelect: (path: string) => void;
}) {
  const { t } = useTranslation('rollup');
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<readonly string[]>([]);
  const wanted = search.trim().toLocaleLowerCase();
  const found = useMemo(
    () =>
      wanted === ''
        ? null
        : new Set(
            units
              .filter((unit) => unit.name.toLocaleLowerCase().includes(wanted))
              .flatMap((unit) => ancestorsAndSelf(unit.path)),
          ),
    [units, wanted],
  );
  const nodes = useMemo(() => nest(units, found), [units, found]);
  // Whatever is chosen, here or by drilling down, the way to it opens; it may be closed again.
  useEffect(() => {
    if (selected === null) return;
    setOpened((before) => [...new Set([...before, ...ancestorsAndSelf(selected)])]);
  }, [selected]);
  const expanded = useMemo(() => (found ? [...found] : [...opened]), [opened, found]);
  return (
    <nav aria-label={t('units.label')}>
      <Input.Search
        allowClear
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        placeholder={t('units.search')}
        aria-label={t('units.search')}
        className="heshi-below-s"
      />
      <Tree<Node>
        aria-label={t('units.label')}
        blockNode
        showLine
        virtual
        height={height}
        treeData={nodes}
        expandedKeys={expanded}
        selectedKeys={selected === null ? [] : [selected]}
        onExpand={(keys) => setOpened(keys.map(String))}
        onSelect={(_, { node }) => onSelect(node.key)}
      />
    </nav>
  );
}
