import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { METRICS } from '../../src/domain/rollup/metrics.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { readReport } from '../../tools/test/report.ts';
import { sinceLast } from '../../tools/test/types.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** The files that the capability adds, where they would stand in a tree of their own. */
const ADDED = join(import.meta.dirname, 'new-capability');
/** The most files that are there already and may change for a capability. */
const AT_MOST = 6;

const STEPS = globSync('*.ts', { cwd: join(ROOT, 'migrations/workstation') }).length;
/** What the added files leave open, because it moves on with the product: the next metric's id, and the next migration's number. */
const OPEN = { NEXT_METRIC: String(METRICS.length + 1), NEXT_STEP: String(STEPS + 1).padStart(4, '0') };
const filled = (text: string): string =>
  text.replaceAll('NEXT_METRIC', OPEN.NEXT_METRIC).replaceAll('NEXT_STEP', OPEN.NEXT_STEP);

/** What is put into files that are there: lines, each behind or before a text that stands there once. */
type Line = { behind: string; put: string } | { before: string; put: string };
const LINES: Record<string, Line[]> = {
  'src/domain/streams.ts': [
    {
      behind: "import { returnStream } from './return/stream.ts';\n",
      put: "import { visitStream } from './visit/stream.ts';\n",
    },
    { behind: '    returnStream,\n', put: '    visitStream,\n' },
  ],
  'src/domain/rollup/metrics.ts': [
    {
      behind: "import { RETURN_METRICS } from '../return/index.ts';\n",
      put: "import { VISIT_METRICS } from '../visit/index.ts';\n",
    },
    { behind: '  ...FUND_METRICS,\n', put: '  ...VISIT_METRICS,\n' },
  ],
  'src/contract/workstation/index.ts': [
    { behind: "import { sync } from './sync.ts';\n", put: "import { visits } from './visit.ts';\n" },
    { behind: 'export const workstationContract = {\n', put: '  visits,\n' },
  ],
  'src/main/capabilities.ts': [
    {
      behind: "import { todayHandlers } from './today/today.ts';\n",
      put: "import { visits } from './visit/visits.ts';\nimport { visitProjection } from './visit/projection.ts';\n",
    },
    { behind: 'Router<WorkstationContract, CallContext> = {\n', put: '  visits,\n' },
    { behind: 'const projections = {\n', put: '  visit: visitProjection,\n' },
  ],
  'src/main/kernel/store/migrate.ts': [
    {
      before: "import { execute } from './connection.ts';\n",
      put: "import { up as visits } from '../../../../migrations/workstation/NEXT_STEP-visits.ts';\n",
    },
    { before: '];\n\nfunction userVersion', put: '  visits,\n' },
  ],
  'src/renderer/manifests.ts': [
    {
      behind: "import { verify } from './document/verify/manifest.tsx';\n",
      put: "import { visits } from './visit/manifest.tsx';\n",
    },
    { behind: '  merchants,\n', put: '  visits,\n' },
  ],
};

function withLine(text: string, line: Line): string {
  const mark = 'behind' in line ? line.behind : line.before;
  const [first = '', second, ...more] = text.split(mark);
  if (second === undefined || more.length > 0) throw new Error(`Not there once: ${mark}`);
  return first + ('behind' in line ? mark + filled(line.put) : filled(line.put) + mark) + second;
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile()
      ? [
          join(entry.parentPath, entry.name)
            .slice(folder.length + 1)
            .replaceAll('\\', '/'),
        ]
      : [],
  );

/** The paths that the steps of the recipe name in CONTRIBUTING.md. */
function recipePaths(): string[] {
  const guide = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
  const [, recipe = ''] = guide.split('## Recipe: add a capability\n');
  const [steps = ''] = recipe.slice(recipe.indexOf('\n1. ')).split('\n##');
  return Array.from(steps.matchAll(/`([\w.-]+(?:\/[\w.-]+)+)\/?`/g), ([, path = '']) => path);
}

let tree = '';
let remove: () => Promise<void>;
/** The files of the copy that are not as they are in the project, and those that are not there. */
let changed: string[];
let added: string[];
const isThere = (file: string): boolean =>
  statSync(join(ROOT, file), { throwIfNoEntry: false })?.isFile() === true;

/** The folders that are copied, with what stands beside them; the others are fetched, built or read by people. */
const COPIED = ['src', 'migrations', 'tools', 'tests', 'bench'];

beforeAll(async () => {
  const temporary = await temporaryFolder('heshi-capability-');
  ({ remove } = temporary);
  tree = join(temporary.folder, 'heshi');
  // Written and not copied with their modes: the project may be one that nobody can write to.
  const write = (file: string, content: string | Buffer): void => {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), content);
  };
  const beside = readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && entry.name !== '.git' ? [entry.name] : [],
  );
  const below = COPIED.flatMap((name) => filesIn(join(ROOT, name)).map((file) => `${name}/${file}`));
  for (const file of [...beside, ...below]) write(file, readFileSync(join(ROOT, file)));
  // One by one, so that what tools keep there stays in the copy.
  mkdirSync(join(tree, 'node_modules'));
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (!name.startsWith('.'))
      symlinkSync(join(ROOT, 'node_modules', name), join(tree, 'node_modules', name), 'junction');
  for (const file of filesIn(ADDED)) {
    if (isThere(filled(file))) throw new Error(`${filled(file)} is there already`);
    write(filled(file), filled(readFileSync(join(ADDED, file), 'utf8')));
  }
  for (const [file, lines] of Object.entries(LINES))
    write(file, lines.reduce(withLine, readFileSync(join(ROOT, file), 'utf8')));
  const files = filesIn(tree);
  const isSame = (file: string): boolean =>
    readFileSync(join(tree, file)).equals(readFileSync(join(ROOT, file)));
  changed = files.filter((file) => isThere(file) && !isSame(file));
  added = files.filter((file) => !isThere(file));
});
afterAll(() => remove());

/**
 * Runs a program of the copy as a person there would, outside of this run but for its server and its browser. What is written in Go
 * stays on one processor: on several, each repeats much of the work, and takes the processors from the other tests.
 */
function runThere(args: readonly string[]): Promise<{ code: number; said: string }> {
  const environment = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('VITEST') && !['NODE_ENV', 'TEST', 'HESHI_TEST_REPORT'].includes(name),
  );
  const child = spawn(process.execPath, args, {
    cwd: tree,
    env: { ...Object.fromEntries(environment), GOMAXPROCS: '1' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += stripVTControlCharacters(text);
    });
  return new Promise((done) => {
    child.once('error', (error) => done({ code: 127, said: error.message }));
    child.once('close', (code) => done({ code: code ?? 1, said }));
  });
}

const FINE = { code: 0, said: '' };

describe('a new capability, by the recipe of CONTRIBUTING.md', () => {
  it(`changes the files that the recipe names, at most ${AT_MOST}, and adds where it says`, () => {
    const named = recipePaths();
    expect(changed.toSorted()).toEqual([...new Set(named.filter(isThere))].toSorted());
    expect(changed.length).toBeLessThanOrEqual(AT_MOST);
    expect(added).toHaveLength(filesIn(ADDED).length);
    const places = named.filter((path) => !isThere(path));
    expect(added.filter((file) => !places.some((place) => `${file}/`.startsWith(`${place}/`)))).toEqual([]);
  });

  it('type-checks, in what runs in the screen and in all that does not', async () => {
    const check = ['node_modules/typescript/bin/tsc', '--singleThreaded'];
    for (const project of ['tsconfig.json', 'src/renderer/tsconfig.json']) {
      // What the compiler found of the last copy is kept in the project: the next copy begins with it, at the same place.
      const here = sinceLast(project, ROOT, 'types-of-copies');
      const there = here === null ? null : sinceLast(project, tree);
      if (here === null || there === null) {
        expect(await runThere([...check, '-p', project])).toEqual(FINE);
        continue;
      }
      if (existsSync(here)) copyFileSync(here, there);
      expect(await runThere([...check, '-p', project, '--incremental', '--tsBuildInfoFile', there])).toEqual(
        FINE,
      );
      copyFileSync(there, here);
    }
  });

  it('is formatted, and linted by the rule of rooms and all others', async () => {
    const files = [...changed, ...added];
    const formatted = await runThere(['node_modules/oxfmt/bin/oxfmt', '--check', ...files]);
    expect(formatted.code, formatted.said).toBe(0);
    const linted = await runThere([
      'node_modules/oxlint/bin/oxlint',
      '--type-aware',
      '--deny-warnings',
      ...files,
    ]);
    expect(linted.code, linted.said).toBe(0);
    expect(linted.said).toContain(`on ${files.length} files`);
  });

  it('leaves no call unguarded', async () => {
    const printed = await runThere([
      '--import',
      './src/terminal/boundary.mjs',
      'tools/permissions.ts',
      '--json',
    ]);
    const Permission = z.object({
      endpoint: z.string(),
      letsIn: z.record(z.string(), z.boolean()),
      capabilities: z.array(z.string()),
    });
    const table = z
      .object({ workstation: z.array(Permission), unguarded: z.array(z.string()) })
      .parse(JSON.parse(printed.said));
    expect(table.unguarded).toEqual([]);
    const own = table.workstation.filter(({ endpoint }) => endpoint.startsWith('visits.'));
    const roles = {
      mediator: true,
      'shop-manager': true,
      supervisor: true,
      // Who handles no cases has nothing to do with it.
      'repair-clerk': false,
      'department-reviewer': false,
      'credit-officer': false,
      'finance-officer': false,
      'not signed in': false,
    };
    expect(own).toEqual([
      { endpoint: 'visits.list', letsIn: { ...roles, administrator: true }, capabilities: ['case.read'] },
      {
        endpoint: 'visits.record',
        letsIn: { ...roles, administrator: false },
        capabilities: ['case.handle'],
      },
    ]);
  });

  it('goes through the centre, is counted at four levels and shown, and fits in with all that is there', async () => {
    const own = filesIn(ADDED).filter((file) => file.endsWith('.test.ts'));
    const files = [
      ...own,
      'src/renderer/manifests.test.ts',
      'tests/renderer/rule-wording.test.ts',
      'tests/domain/streams.test.ts',
      'tests/domain/rollup-metrics.test.ts',
      'tests/architecture/circles.test.ts',
      'tests/permissions/workstation.test.ts',
    ];
    const report = join(tree, 'report.json');
    const { said } = await runThere([
      'node_modules/vitest/vitest.mjs',
      'run',
      '--maxWorkers=1',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...files,
    ]);
    const results = await readReport(report);
    expect(
      results?.testResults.map((file) => `${file.name.slice(tree.length + 1)} ${file.status}`).toSorted(),
      said,
    ).toEqual(files.map((file) => `${file} passed`).toSorted());
    expect(results?.numPendingTests).toBe(0);
  });
});
