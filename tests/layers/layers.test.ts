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
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heshi-layers-'));
  cpSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lints one planted file where it would stand in the tree. */
function lint(file: string, code: string): string {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, code);
  const { stdout } = spawnSync(join(ROOT, 'node_modules/.bin/oxlint'), ['--deny-warnings', file], {
    cwd: folder,
    encoding: 'utf8',
  });
  rmSync(path);
  return stdout;
}

const use = (from: string): string => `import { thing } from '${from}';\nexport const used = thing;\n`;

describe('the layer rule bites when', () => {
  it.each([
    ['src/domain/case/planted.ts', '../../contract/central.ts'],
    ['src/domain/case/planted.ts', '../../main/store/index.ts'],
    ['src/domain/case/planted.ts', 'node:fs'],
    ['src/domain/case/planted.ts', 'kysely'],
    ['src/domain/case/planted.ts', 'zodiac'],
    ['src/domain/case/planted.ts', 'chinese-days'],
    ['src/domain/case/planted.ts', '../../../tools/arguments.ts'],
    ['src/contract/planted.ts', '../main/workstation.ts'],
    ['src/contract/planted.ts', '../central/centre.ts'],
    ['src/contract/planted.ts', 'node:crypto'],
    ['src/contract/planted.ts', '@orpc/server'],
    ['src/contract/planted.ts', '@orpc/contract-extra'],
    ['src/protocol/planted.ts', '../main/workstation.ts'],
    ['src/protocol/planted.ts', '../central/centre.ts'],
    ['src/protocol/planted.ts', 'kysely'],
    ['src/protocol/planted.ts', 'node:http'],
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
  ])('%s imports %s', (file, from) => {
    expect(lint(file, use(from))).toContain('no-restricted-imports');
  });
});

describe('the layer rule lets pass', () => {
  it.each([
    ['src/domain/case/planted.ts', 'zod'],
    ['src/domain/case/planted.ts', '../event/event.ts'],
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
  ])('%s importing %s', (file, from) => {
    expect(lint(file, use(from))).not.toContain('no-restricted-imports');
  });
});

describe('outside the renderer, whose routes load when they are opened', () => {
  it('nothing is imported dynamically, where the rule would not look', () => {
    const dynamic = globSync('src/{domain,contract,protocol,main,central,preload}/**/*.ts', {
      cwd: ROOT,
      // Two large packages load when they are needed; neither is a room of ours.
    }).filter((file) => /\bimport\((?!'(?:exceljs|pdfkit)'\))/.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(dynamic).toEqual([]);
  });

  it('and in the renderer only a manifest imports so, the pages of its own room', () => {
    const loaded = globSync('src/renderer/**/*.{ts,tsx}', {
      cwd: ROOT,
      exclude: ['**/*.test.ts'],
    }).flatMap((file) =>
      Array.from(
        readFileSync(join(ROOT, file), 'utf8').matchAll(/\bimport\(([^)]*)\)/g),
        ([, from = '']) => `${file}: ${from}`,
      ),
    );
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.filter((one) => !one.endsWith("/manifest.tsx: './index.tsx'"))).toEqual([]);
  });
});
