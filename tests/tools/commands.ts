import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

export const ROOT = resolve(import.meta.dirname, '../..');

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));

/** Every command of package.json that is a program of this project, with the arguments of Node behind it. */
export const OWN_COMMANDS: readonly { name: string; nodeArguments: string[] }[] = Object.entries(scripts)
  .filter(([name, script]) => script.startsWith('node ') && name !== 'postinstall')
  .map(([name, script]) => ({ name, nodeArguments: script.split(' ').slice(1) }));

export function commandOf(name: string): string[] {
  const command = OWN_COMMANDS.find((one) => one.name === name);
  if (command === undefined) throw new Error(`package.json has no command ${name} of ours`);
  return command.nodeArguments;
}

export type Ended = { code: number | null; out: string; error: string };

/** Runs a program to its end. */
export async function runToEnd(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; uid?: number; gid?: number; node?: string } = {},
): Promise<Ended> {
  const { DATABASE_URL: _none, ...inherited } = process.env;
  const { env = {}, node = process.execPath, ...others } = options;
  const child = spawn(node, args, {
    cwd: ROOT,
    ...others,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, error] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
  const code = await new Promise<number | null>((ended, failed) => {
    child.once('error', failed);
    child.once('close', ended);
  });
  return { code, out, error };
}

/** A line of a stack trace. */
export const TRACE = /^\s+at .+(:\d+:\d+|\[as )/m;
