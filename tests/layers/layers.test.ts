import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
    ['src/contract/planted.ts', '../main/workstation.ts'],
    ['src/contract/planted.ts', '../central/centre.ts'],
    ['src/contract/planted.ts', 'node:crypto'],
    ['src/protocol/planted.ts', '../main/workstation.ts'],
    ['src/protocol/planted.ts', '../central/centre.ts'],
    ['src/renderer/app/planted.ts', '../../main/workstation.ts'],
    ['src/renderer/app/planted.ts', '../../central/centre.ts'],
    ['src/renderer/app/planted.ts', 'node:fs'],
    ['src/renderer/app/planted.ts', 'electron'],
    ['src/main/services/planted.ts', '../../central/centre.ts'],
    ['src/main/services/planted.ts', '../../renderer/app/shell.tsx'],
    ['src/main/services/planted.ts', 'electron'],
    ['src/central/http/planted.ts', '../../main/workstation.ts'],
    ['src/central/http/planted.ts', 'electron'],
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
    ['src/renderer/app/planted.ts', '../../contract/workstation/index.ts'],
    ['src/main/services/planted.ts', '../../protocol/chain.ts'],
    ['src/main/index.ts', 'electron'],
    ['src/central/http/planted.ts', '../../contract/central.ts'],
  ])('%s importing %s', (file, from) => {
    expect(lint(file, use(from))).not.toContain('no-restricted-imports');
  });
});
