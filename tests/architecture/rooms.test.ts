import { spawnSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = resolve(import.meta.dirname, '../..');

/** A planted file, and what it imports. */
type Planted = [file: string, from: string];

const FORBIDDEN: Planted[] = [
  // Layers depend one way.
  ['src/domain/case/planted.ts', '../../contract/centre/index.ts'],
  ['src/domain/case/planted.ts', '../../main/kernel/store/index.ts'],
  ['src/domain/case/planted.ts', '../../words/index.ts'],
  ['src/words/case/planted.ts', '../../contract/workstation/settings.ts'],
  ['src/words/case/planted.ts', '../../main/kernel/translation/translate.ts'],
  ['src/words/case/planted.ts', '../../renderer/kernel/app/i18n.ts'],
  ['src/contract/workstation/planted.ts', '../../words/index.ts'],
  ['src/contract/workstation/planted.ts', '../../main/workstation.ts'],
  ['src/contract/centre/planted.ts', '../../central/centre.ts'],
  ['src/protocol/planted.ts', '../words/index.ts'],
  ['src/protocol/planted.ts', '../main/workstation.ts'],
  ['src/protocol/planted.ts', '../central/centre.ts'],
  ['src/terminal/planted.ts', '../main/workstation.ts'],
  ['src/renderer/app/planted.ts', '../../main/workstation.ts'],
  ['src/renderer/app/planted.ts', '../../central/centre.ts'],
  ['src/renderer/app/planted.ts', '../../protocol/chain.ts'],
  ['src/main/case/planted.ts', '../../central/centre.ts'],
  ['src/main/case/planted.ts', '../../renderer/app/shell.tsx'],
  ['src/main/planted.ts', '../central/centre.ts'],
  ['src/central/kernel/http/planted.ts', '../../../main/workstation.ts'],
  ['src/preload/planted.ts', '../main/workstation.ts'],
  ['src/preload/planted.ts', '../words/index.ts'],
  // The product knows nothing of its tools and tests.
  ['src/domain/case/planted.ts', '../../../tools/arguments.ts'],
  ['src/words/case/planted.ts', '../../../tools/arguments.ts'],
  ['src/terminal/planted.ts', '../../tools/arguments.ts'],
  ['src/renderer/app/planted.ts', '../../../tools/arguments.ts'],
  ['src/main/case/planted.ts', '../../../bench/row.ts'],
  ['src/central/kernel/http/planted.ts', '../../../../tests/support/postgres.ts'],
  // Nor does a layer that runs nothing know migrations.
  ['src/domain/case/planted.ts', '../../../migrations/workstation/0001-initial.ts'],
  ['src/contract/centre/planted.ts', '../../../migrations/central/0001-initial.ts'],
  ['src/renderer/app/planted.ts', '../../../migrations/workstation/0001-initial.ts'],
  // Packages and parts of Node that a layer may use.
  ['src/domain/case/planted.ts', 'node:fs'],
  ['src/domain/case/planted.ts', 'kysely'],
  ['src/domain/case/planted.ts', 'zodiac'],
  ['src/domain/case/planted.ts', 'chinese-days'],
  ['src/words/case/planted.ts', 'i18next'],
  ['src/words/case/planted.ts', 'node:fs'],
  ['src/contract/workstation/planted.ts', 'node:crypto'],
  ['src/contract/workstation/planted.ts', '@orpc/server'],
  ['src/contract/workstation/planted.ts', '@orpc/contract-extra'],
  ['src/protocol/planted.ts', 'kysely'],
  ['src/protocol/planted.ts', 'node:http'],
  ['src/terminal/planted.ts', 'zod'],
  ['src/renderer/app/planted.ts', 'node:fs'],
  ['src/renderer/app/planted.ts', 'electron'],
  ['src/main/case/planted.ts', 'electron'],
  ['src/central/kernel/http/planted.ts', 'electron'],
  // A kernel knows no capability of its layer.
  ['src/domain/kernel/event/planted.ts', '../../case/index.ts'],
  ['src/main/kernel/planted.ts', '../return/index.ts'],
  ['src/main/kernel/sync/planted.ts', '../../merchant/merchants.ts'],
  ['src/central/kernel/ingest/planted.ts', '../../fleet/list.ts'],
  ['src/central/kernel/ingest/planted.ts', '../../rollup/index.ts'],
  ['src/central/kernel/feeds/planted.ts', '../../archive/list.ts'],
  ['src/renderer/kernel/kit/planted.ts', '../../case/case-table.tsx'],
  // Of another capability a room knows the index.ts only, in whichever layer it stands.
  ['src/domain/return/planted.ts', '../case/state.ts'],
  ['src/main/return/planted.ts', '../case/cases.ts'],
  ['src/main/return/planted.ts', '../../domain/case/state.ts'],
  ['src/main/document/papers/planted.ts', '../../procedure/applicable.ts'],
  ['src/central/fleet/planted.ts', '../rollup/read.ts'],
  ['src/central/fleet/planted.ts', '../../domain/case/state.ts'],
  ['src/renderer/return/planted.ts', '../case/case-table.tsx'],
  ['src/renderer/case/steps/planted.ts', '../../return/return-page.tsx'],
  ['src/main/kernel/planted.ts', '../../domain/case/state.ts'],
  // No room knows what puts the rooms together.
  ['src/domain/case/planted.ts', '../streams.ts'],
  ['src/main/case/planted.ts', '../capabilities.ts'],
  ['src/main/case/planted.ts', '../hosts/node.ts'],
  ['src/central/fleet/planted.ts', '../router.ts'],
  ['src/central/kernel/ingest/planted.ts', '../../followers.ts'],
  ['src/central/fleet/planted.ts', '../command/index.ts'],
  ['src/renderer/case/planted.ts', '../app/shell.tsx'],
  ['src/renderer/kernel/kit/planted.ts', '../../manifests.ts'],
];

const ALLOWED: Planted[] = [
  ['src/domain/case/planted.ts', 'zod'],
  ['src/domain/case/planted.ts', './state.ts'],
  ['src/domain/case/planted.ts', '../kernel/event/event.ts'],
  ['src/domain/case/planted.ts', '../organisation/index.ts'],
  ['src/domain/streams.ts', './case/stream.ts'],
  ['src/words/case/planted.ts', '../same.ts'],
  ['src/words/case/planted.ts', '../../domain/case/codes.ts'],
  ['src/contract/workstation/planted.ts', '../../domain/streams.ts'],
  ['src/contract/workstation/case.ts', '../../domain/case/state.ts'],
  ['src/contract/workstation/planted.ts', '@orpc/contract'],
  ['src/contract/workstation/planted.ts', './case.ts'],
  ['src/protocol/planted.ts', 'node:crypto'],
  ['src/protocol/planted.ts', './chain.ts'],
  ['src/protocol/planted.ts', '../contract/centre/index.ts'],
  ['src/renderer/app/planted.ts', '../../contract/workstation/index.ts'],
  ['src/renderer/app/planted.ts', '../case/case-page.tsx'],
  ['src/renderer/return/planted.ts', '../case/index.ts'],
  ['src/renderer/return/planted.ts', '../../words/case/en.ts'],
  ['src/main/case/planted.ts', '../../protocol/chain.ts'],
  ['src/main/case/planted.ts', '../../domain/case/state.ts'],
  ['src/main/case/planted.ts', '../../domain/return/index.ts'],
  ['src/main/case/planted.ts', '../kernel/store/index.ts'],
  ['src/main/case/planted.ts', '../procedure/index.ts'],
  ['src/main/index.ts', 'electron'],
  ['src/main/planted.ts', './case/cases.ts'],
  ['src/central/kernel/http/planted.ts', '../../../contract/centre/index.ts'],
  ['src/central/kernel/http/planted.ts', '../../../domain/organisation/index.ts'],
  ['src/central/centre.ts', './rollup/read.ts'],
];

const Findings = z.object({
  number_of_files: z.int(),
  diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })),
});

/** Of the planted files, by what they are and import: those in which the rule finds something. */
const caught = new Set<string>();
let linted = 0;
const named = ([file, from]: Planted): string => `${file} imports ${from}`;

/** A file for each, where it would stand in a tree of its own, linted in one go by the project's own rules. */
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'heshi-rooms-'));
  try {
    for (const path of ['.oxlintrc.json', 'package.json', 'tools/lint'])
      cpSync(join(ROOT, path), join(folder, path), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const planted = new Map<string, string>();
    for (const one of [...FORBIDDEN, ...ALLOWED]) {
      const [file, from] = one;
      // Files that have a place of their own in the rule keep their names; several may bear `planted` and a number.
      const path = file.replace('planted.ts', `planted-${planted.size}.ts`);
      if (planted.has(path)) throw new Error(`${path} is planted twice`);
      planted.set(path, named(one));
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), `import { thing } from '${from}';\nexport const used = thing;\n`);
    }
    const { stdout } = spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules/oxlint/bin/oxlint'), '--deny-warnings', '--format=json', 'src'],
      { cwd: folder, encoding: 'utf8' },
    );
    const findings = Findings.parse(JSON.parse(stdout));
    linted = findings.number_of_files;
    for (const { code, filename } of findings.diagnostics) {
      const one = planted.get(filename);
      if (one !== undefined && code.includes('rooms')) caught.add(one);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('every planted file is linted', () => {
  expect(linted).toBe(FORBIDDEN.length + ALLOWED.length);
});

describe('the rule of rooms bites when', () => {
  it.each(FORBIDDEN)('%s imports %s', (...one) => {
    expect(caught).toContain(named(one));
  });
});

describe('the rule of rooms lets pass', () => {
  it.each(ALLOWED)('%s importing %s', (...one) => {
    expect(caught).not.toContain(named(one));
  });
});

/** A dynamic import of anything but large packages that load when they are needed; none is a room of ours. */
const DYNAMIC =
  /\bimport\((?!'(?:hucre\/(?:xlsx|ods)|pdfkit|fontkit|bidi-js|qrcode-generator|zxing-wasm\/reader)'\))/;

describe('outside the renderer, whose routes load when they are opened', () => {
  it('nothing is imported dynamically, but by the program of the centre, which stands above all its rooms', () => {
    const dynamic = globSync('src/{domain,words,contract,protocol,main,central,preload}/**/*.ts', {
      cwd: ROOT,
      exclude: ['src/central/index.ts'],
    }).filter((file) => DYNAMIC.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(dynamic).toEqual([]);
  });

  it('and in the renderer only a manifest imports so, the pages of its own room, and what draws a paper its package', () => {
    const loaded = globSync('src/renderer/**/!(*.test).{ts,tsx}', { cwd: ROOT }).flatMap((file) =>
      Array.from(
        readFileSync(join(ROOT, file), 'utf8').matchAll(/\bimport\(([^)]*)\)/g),
        ([, from = '']) => `${file}: ${from}`,
      ),
    );
    expect(loaded.length).toBeGreaterThan(0);
    expect(
      loaded.filter((one) => !/\/manifest\.tsx: '\.\/[a-z/-]+\.tsx'$|: 'pdfjs-dist'$/.test(one)),
    ).toEqual([]);
  });
});
