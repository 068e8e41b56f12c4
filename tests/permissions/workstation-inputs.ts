import { globSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const Exported = z.object({ inputs: z.record(z.string(), z.unknown()) });

/**
 * The inputs of all calls, as each capability has them in its file in `inputs/`; a test looks whether a call of the contract is
 * without one.
 */
export async function workstationInputs(): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const file of globSync('inputs/*.ts', { cwd: import.meta.dirname })) {
    const exported: unknown = await import(pathToFileURL(`${import.meta.dirname}/${file}`).href);
    Object.assign(all, Exported.parse(exported).inputs);
  }
  return all;
}
