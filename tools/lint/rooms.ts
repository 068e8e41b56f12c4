/**
 * The lint rule `heshi/rooms`: who may import whom. The structure of `src` is declared here, once; ARCHITECTURE.md
 * draws it, and `tests/architecture/rooms.test.ts` plants a violation of every line.
 *
 * - A **layer** is the first folder below `src`. Layers depend one way.
 * - A **kernel** room serves every capability of its layer and knows none of them.
 * - A **capability** room (`case`, `return`, …) bears the same name in every layer. It may import kernels, itself in
 *   any layer below, and of another capability only its `index.ts`.
 * - Everything else in a layer is **composition**: it puts the rooms together, and no room may import it.
 */
import { dirname, relative, resolve, sep } from 'node:path';

/** The layers that a layer may import besides itself, and the packages it may use; `any` where it is not limited. */
type Layer = {
  below: readonly string[];
  packages: readonly string[] | 'any';
  builtins: readonly string[] | 'any';
};

export const LAYERS = {
  terminal: { below: [], packages: [], builtins: 'any' },
  domain: { below: [], packages: ['zod'], builtins: [] },
  contract: { below: ['domain'], packages: ['zod', '@orpc/contract'], builtins: [] },
  words: { below: ['domain'], packages: [], builtins: [] },
  protocol: {
    below: ['domain', 'contract'],
    packages: ['zod', '@orpc/client', '@orpc/contract', '@orpc/openapi-client/fetch'],
    builtins: ['node:crypto', 'node:fs/promises'],
  },
  main: { below: ['terminal', 'domain', 'contract', 'words', 'protocol'], packages: 'any', builtins: 'any' },
  central: {
    below: ['terminal', 'domain', 'contract', 'words', 'protocol'],
    packages: 'any',
    builtins: 'any',
  },
  renderer: { below: ['domain', 'contract', 'words'], packages: 'any', builtins: [] },
  preload: { below: [], packages: ['electron'], builtins: [] },
} as const satisfies Record<string, Layer>;
type LayerName = keyof typeof LAYERS;

/** Folders that put a layer together, beside the files that stand directly in it. */
const COMPOSITION: Partial<Record<LayerName, readonly string[]>> = {
  main: ['hosts', 'shell'],
  central: ['command'],
  renderer: ['app'],
};

/** The only files that may import Electron. */
const ELECTRON = new Set(['src/main/index.ts', 'src/main/hosts/electron.ts', 'src/preload/index.ts']);

/** Layers in which a file is a room of its own, so that it needs no `index.ts`. */
const FLAT: ReadonlySet<LayerName> = new Set(['contract', 'words', 'protocol', 'preload', 'terminal']);
/** Files of the contract that serve every capability. */
const CONTRACT_KERNEL = new Set(['base', 'errors', 'exchange', 'values']);

export type Room = {
  layer: LayerName;
  kind: 'kernel' | 'capability' | 'composition';
  /** Empty for a composition. */
  name: string;
  /** True for the file by which other capabilities know the room. */
  door: boolean;
};

const isLayer = (name: string | undefined): name is LayerName => name !== undefined && name in LAYERS;

/** The room of a file, by its path from the root with `/`; null outside `src`. */
export function roomOf(path: string): Room | null {
  const [top, layer, first, second, ...deeper] = path.split('/');
  if (top !== 'src' || !isLayer(layer) || first === undefined) return null;
  if (FLAT.has(layer)) {
    if (layer === 'protocol' || layer === 'preload' || layer === 'terminal')
      return { layer, kind: 'kernel', name: 'kernel', door: true };
    // `contract/workstation/case.ts`, `words/case/en.ts`: the capability is the file, or the folder.
    const name = layer === 'contract' ? second?.replace(/\.ts$/, '') : first;
    if (name === undefined || name === 'index' || first.endsWith('.ts'))
      return { layer, kind: 'composition', name: '', door: true };
    const kind = layer === 'contract' && CONTRACT_KERNEL.has(name) ? 'kernel' : 'capability';
    return { layer, kind, name: kind === 'kernel' ? 'kernel' : name, door: true };
  }
  if (second === undefined || COMPOSITION[layer]?.includes(first))
    return { layer, kind: 'composition', name: '', door: true };
  const door = deeper.length === 0 && /^index\.tsx?$/.test(second);
  return { layer, kind: first === 'kernel' ? 'kernel' : 'capability', name: first, door };
}

/** Why a room may not import what stands outside of `src`, or null: migrations and the release's name are for those who run. */
function refuseOutside({ layer }: Room, to: string): string | null {
  if (/^(?:tools|tests|bench)\//.test(to)) return 'the product knows nothing of its tools and tests';
  const runs = layer === 'main' || layer === 'central';
  return runs && (to === 'package.json' || to.startsWith(`migrations/`))
    ? null
    : `${layer} may not import ${to}`;
}

/** Why a file may not import another of ours, or null. Paths from the root. */
export function refuseFile(from: string, to: string): string | null {
  const asking = roomOf(from);
  if (asking === null) return null;
  const asked = roomOf(to);
  if (asked === null) return refuseOutside(asking, to);
  const below: readonly string[] = LAYERS[asking.layer].below;
  const sameLayer = asking.layer === asked.layer;
  if (!sameLayer && !below.includes(asked.layer)) return `${asking.layer} may not import ${asked.layer}`;
  if (asking.kind === 'composition' || asked.kind === 'kernel') return null;
  if (asked.kind === 'composition')
    return sameLayer && !FLAT.has(asking.layer) ? 'a room may not import what puts the rooms together' : null;
  if (asking.kind === 'kernel') {
    if (sameLayer) return `the kernel knows no capability, and ${asked.name} is one`;
  } else if (asking.name === asked.name) return null;
  return asked.door ? null : `of ${asked.name} only its index.ts may be imported here`;
}

/** Why a file may not import a package or a part of Node, or null. */
export function refusePackage(from: string, name: string): string | null {
  const asking = roomOf(from);
  if (asking === null) return null;
  if (name === 'electron')
    return ELECTRON.has(from) ? null : 'Electron stands in its host and its entry only';
  const { packages, builtins }: Layer = LAYERS[asking.layer];
  const allowed = name.startsWith('node:') ? builtins : packages;
  return allowed === 'any' || allowed.includes(name) ? null : `${asking.layer} may not import ${name}`;
}

type Source = { value: unknown };
type Reporter = { filename: string; cwd: string; report(finding: { node: object; message: string }): void };

function check({
  filename,
  cwd,
  report,
}: Reporter): Record<string, (node: { source?: Source | null }) => void> {
  const slashed = (path: string): string => relative(cwd, path).split(sep).join('/');
  const from = slashed(filename);
  if (roomOf(from) === null) return {};
  const look = (node: { source?: Source | null }): void => {
    const { source } = node;
    if (source === undefined || source === null) return;
    if (typeof source.value !== 'string')
      return report({ node, message: 'say what is imported, so that the rule can look' });
    const to = source.value;
    const refusal = to.startsWith('.')
      ? refuseFile(from, slashed(resolve(cwd, dirname(from), to)))
      : refusePackage(from, to);
    if (refusal !== null) report({ node: source, message: refusal });
  };
  return {
    ImportDeclaration: look,
    ImportExpression: look,
    ExportNamedDeclaration: look,
    ExportAllDeclaration: look,
  };
}

export default { meta: { name: 'heshi' }, rules: { rooms: { create: check } } };
