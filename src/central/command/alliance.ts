import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { STANDING_PART } from '../../contract/centre/alliance.ts';
import { type Call, type Command, readJson } from './call.ts';

/** The file as a district prepares it: each citizen by the SHA-256 of the identity number, and the level; no score. */
const StandingFile = z.object({
  asOf: z.iso.date(),
  citizens: z.array(z.object({ citizen: z.string().regex(/^[0-9a-f]{64}$/), level: z.int().min(1).max(9) })),
});

/** Sends a file in parts; it counts with the last of them. @throws Error naming the first place of the file that is wrong */
async function importFile({ admin, options, rest, say }: Call): Promise<void> {
  const [path = ''] = rest;
  const read = StandingFile.safeParse(await readJson(path));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Error(`${path}: ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const { asOf, citizens } = read.data;
  const importId = randomUUID();
  let from = 0;
  do {
    const part = citizens.slice(from, from + STANDING_PART);
    from += STANDING_PART;
    const answer = await admin.importStanding({
      unitPath: options.unit,
      importId,
      asOf,
      citizens: part,
      complete: from >= citizens.length,
    });
    if (answer.complete) say(`${answer.citizens} citizens of ${answer.unitPath}, as of ${answer.asOf}.`);
  } while (from < citizens.length);
}

/** The alliance. */
export const allianceCommands: Readonly<Record<string, Command>> = {
  'alliance standing': {
    usage: 'alliance standing FILE',
    about: "takes in a file of citizens' standing, in the place of the one before",
    least: 1,
    most: 1,
    run: importFile,
  },
};
