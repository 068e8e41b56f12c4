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

/** Room of a planted file, and what it imports. */
type Planted = [room: string, from: string];

const FORBIDDEN: Planted[] = [
  ['src/domain/case/planted.ts', '../../contract/central.ts'],
  ['src/domain/case/planted.ts', '../../main/store/index.ts'],
  ['src/domain/case/planted.ts', 'node:fs'],
  ['src/domain/case/planted.ts', 'kysely'],
  ['src/domain/case/planted.ts', 'zodiac'],
  ['src/domain/case/planted.ts', 'chinese-days'],
  ['src/domain/case/planted.ts', '../../../tools/arguments.ts'],
  ['src/domain/case/planted.ts', '../../words/index.ts'],
  ['src/words/cases/planted.ts', '../../contract/workstation/desk.ts'],
  ['src/words/cases/planted.ts', '../../main/translation/translate.ts'],
  ['src/words/cases/planted.ts', '../../renderer/app/i18n.ts'],
  ['src/words/cases/planted.ts', '../../../tools/arguments.ts'],
  ['src/words/cases/planted.ts', 'i18next'],
  ['src/words/cases/planted.ts', 'node:fs'],
  ['src/contract/planted.ts', '../words/index.ts'],
  ['src/protocol/planted.ts', '../words/index.ts'],
  ['src/central/http/planted.ts', '../../words/index.ts'],
  ['src/preload/planted.ts', '../words/index.ts'],
  ['src/contract/planted.ts', '../main/workstation.ts'],
  ['src/contract/planted.ts', '../central/centre.ts'],
  ['src/contract/planted.ts', 'node:crypto'],
  ['src/contract/planted.ts', '@orpc/server'],
  ['src/contract/planted.ts', '@orpc/contract-extra'],
  ['src/protocol/planted.ts', '../main/workstation.ts'],
  ['src/protocol/planted.ts', '../central/centre.ts'],
  ['src/protocol/planted.ts', 'kysely'],
  ['src/protocol/planted.ts', 'node:http'],
  ['src/terminal/planted.ts', 'zod'],
  ['src/terminal/planted.ts', '../main/workstation.ts'],
  ['src/terminal/planted.ts', '../../tools/arguments.ts'],
  ['src/renderer/app/planted.ts', '../../main/workstation.ts'],
  ['src/renderer/app/planted.ts', '../../central/centre.ts'],
  ['src/renderer/app/planted.ts', 'node:fs'],
  ['src/renderer/app/planted.ts', 'electron'],
  ['src/main/services/planted.ts', '../../central/centre.ts'],
  ['src/main/services/planted.ts', '../../renderer/app/shell.tsx'],
  ['src/main/services/planted.ts', 'electron'],
  ['src/central/http/planted.ts', '../../main/workstation.ts'],
  ['src/central/http/planted.ts', 'electron'],
  ['src/central/http/planted.ts', '../../../tests/support/postgres.ts'],
  ['src/main/services/planted.ts', '../../../bench/row.ts'],
  ['src/renderer/app/planted.ts', '../../../tools/arguments.ts'],
  ['src/preload/planted.ts', '../main/workstation.ts'],
];

const ALLOWED: Planted[] = [
  ['src/domain/case/planted.ts', 'zod'],
  ['src/domain/case/planted.ts', '../event/event.ts'],
  ['src/words/cases/planted.ts', '../same.ts'],
  ['src/words/cases/planted.ts', '../../domain/case/codes.ts'],
  ['src/main/translation/planted.ts', '../../words/index.ts'],
  ['src/renderer/locales/en/planted.ts', '../../../words/cases/en.ts'],
  ['src/contract/planted.ts', '../domain/streams.ts'],
  ['src/contract/planted.ts', '@orpc/contract'],
  ['src/protocol/planted.ts', 'node:crypto'],
  ['src/protocol/planted.ts', './chain.ts'],
  ['src/protocol/planted.ts', '../contract/central.ts'],
  ['src/contract/planted.ts', './workstation/cases.ts'],
  ['src/renderer/app/planted.ts', '../../contract/workstation/index.ts'],
  ['src/main/services/planted.ts', '../../protocol/chain.ts'],
  ['src/main/index.ts', 'electron'],
  ['src/central/http/planted.ts', '../../contract/central.ts'],
];

const Findings = z.object({
  number_of_files: z.int(),
  diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })),
});

/** Of the planted files, by what they are and import: those in which the layer rule finds something. */
const caught = new Set<string>();
let linted = 0;
const named = ([file, from]: Planted): string => `${file} imports ${from}`;

/** A file for each, where it would stand in the tree, linted in one go by the project's own rules. */
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'heshi-layers-'));
  try {
    cpSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const planted = new Map<string, string>();
    for (const one of [...FORBIDDEN, ...ALLOWED]) {
      const [file, from] = one;
      // `src/main/index.ts` has a rule of its own; what bears the name `planted` may bear a number as well.
      const path = file.replace('planted.ts', `planted-${planted.size}.ts`);
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
      if (one !== undefined && code.includes('no-restricted-imports')) caught.add(one);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('every planted file is linted', () => {
  expect(linted).toBe(FORBIDDEN.length + ALLOWED.length);
});

describe('the layer rule bites when', () => {
  it.each(FORBIDDEN)('%s imports %s', (...one) => {
    expect(caught).toContain(named(one));
  });
});

describe('the layer rule lets pass', () => {
  it.each(ALLOWED)('%s importing %s', (...one) => {
    expect(caught).not.toContain(named(one));
  });
});

describe('outside the renderer, whose routes load when they are opened', () => {
  it('nothing is imported dynamically, where the rule would not look', () => {
    const dynamic = globSync('src/{domain,words,contract,protocol,main,central,preload}/**/*.ts', {
      cwd: ROOT,
      // Two large packages load when they are needed; neither is a room of ours.
    }).filter((file) => /\bimport\((?!'(?:exceljs|pdfkit)'\))/.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(dynamic).toEqual([]);
  });

  it('and in the renderer only a manifest imports so, the pages of its own room', () => {
    const loaded = globSync('src/renderer/**/*.{ts,tsx}', { cwd: ROOT }).flatMap((file) =>
      Array.from(
        readFileSync(join(ROOT, file), 'utf8').matchAll(/\bimport\(([^)]*)\)/g),
        ([, from = '']) => `${file}: ${from}`,
      ),
    );
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.filter((one) => !/\/manifest\.tsx: '\.\/index\.tsx'$/.test(one))).toEqual([]);
  });
});
