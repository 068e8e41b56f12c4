import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS, runCommand } from '../../src/central/command/index.ts';
import { runLocal } from '../../src/central/command/local.ts';
import { LOCAL_COMMANDS } from '../../src/central/command/local-words.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { commandOf, OWN_COMMANDS, ROOT, runToEnd, TRACE } from './commands.ts';

let folder: string;
let remove: () => Promise<void>;
/** A file where a command expects a folder: nobody can make a folder there, not even root. */
let noFolder: string;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  noFolder = join(folder, 'a-file');
  await writeFile(noFolder, '');
});
afterAll(() => remove());

const NAMES = OWN_COMMANDS.map(({ name }) => name);

describe('every command of package.json that is ours', () => {
  it('is known here', () => {
    const programs = ['start', 'demo', 'central', 'import', 'simulate', 'kill-test', 'upgrade-test', 'bench'];
    expect(NAMES).toEqual(expect.arrayContaining([...programs, 'test', 'test:types', 'test:electron']));
  });

  it.each(NAMES)('%s --help says what it takes', async (name) => {
    const { code, out, error } = await runToEnd([...commandOf(name), '--help']);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toContain(name === 'test' || name === 'start' ? `npm ${name}` : `npm run ${name}`);
  });

  it.each(NAMES)('%s refuses an option it does not know, in words', async (name) => {
    const { code, out, error } = await runToEnd([...commandOf(name), '--no-such-option']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain('--no-such-option');
    expect(error).not.toMatch(TRACE);
  });
});

describe('every command of a centre', () => {
  it.each([
    ...[...COMMANDS].map((word) => [word, runCommand] as const),
    ...[...LOCAL_COMMANDS].map((word) => [word, runLocal] as const),
  ])('%s --help says what it takes', async (word, run) => {
    let [out, error] = ['', ''];
    const stream = (hear: (text: string) => void): Writable =>
      new Writable({
        write: (chunk, _encoding, done) => {
          hear(String(chunk));
          done();
        },
      });
    const code = await run([word, '--help'], {
      stdout: stream((text) => (out += text)),
      stderr: stream((text) => (error += text)),
      env: {},
    });
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toContain(`npm run central -- ${word}`);
  });
});

describe('a command that cannot go on', () => {
  const FAILING: [string, string[]][] = [
    ['start', ['--no-open', '--data']],
    ['demo', ['--no-open', '--data']],
    ['central', ['--port', '0', '--data']],
    ['central', ['verify', '--data']],
    ['central', ['backup', '--to', 'nowhere', '--data']],
  ];

  it.each(FAILING)('%s %j says what happened, what was kept and what to do', async (name, args) => {
    const { code, error } = await runToEnd([...commandOf(name), ...args, noFolder]);
    expect(code).toBe(1);
    expect(error).toMatch(/^Heshi stopped: .+\nKept: .+\nNext: .+\n$/);
  });

  it('shows the trace where HESHI_DEBUG asks for it', async () => {
    const { error } = await runToEnd([...commandOf('central'), '--data', noFolder], {
      env: { HESHI_DEBUG: '1' },
    });
    expect(error).toMatch(/^Heshi stopped: /);
    expect(error).toMatch(TRACE);
  });

  it('says so before npm ci has run', async () => {
    await writeFile(join(folder, 'early.mjs'), "import 'a-package-that-is-not-here';\n");
    const boundary = join(ROOT, 'src/terminal/boundary.mjs');
    const { code, error } = await runToEnd(['--import', boundary, join(folder, 'early.mjs')]);
    expect(code).toBe(1);
    expect(error).toContain('a-package-that-is-not-here');
    expect(error).toContain('Next: run npm ci');
    expect(error).not.toMatch(TRACE);
  });
});
