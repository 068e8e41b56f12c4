import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ORPCError } from '@orpc/client';
import { centreErrors } from '../../contract/central.ts';
import type { ProcedureAnswer } from '../../contract/procedures.ts';
import { createCentralClient, type CentralClient } from '../../protocol/central-client.ts';
import { refusalLine } from './rules.ts';

const USAGE = `npm run central -- procedure show [--version N]        the procedure in force (or that version), as a file
npm run central -- procedure check FILE                 what the file would change, field by field
npm run central -- procedure publish FILE [--replaces N]
npm run central -- calendar show                        the years covered and where they come from
npm run central -- calendar import FILE [--source TEXT] a year's holidays, as in src/domain/calendar/holidays

Asks a running centre: --url URL (http://127.0.0.1:8420), HESHI_ADMIN_TOKEN is an administrator's token.
--unit PATH names the district where the centre has several.`;

/** The words that make a call of the centre's program an administrator's command. */
export const COMMANDS: ReadonlySet<string> = new Set(['procedure', 'calendar']);

/** The command was not understood: exit code 2. */
class Misused extends Error {}

type Call = { admin: CentralClient['admin']; unitPath?: string; say: (text: string) => void };
type Options = { version?: string; replaces?: string; source?: string };

function number(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Misused(`--${name} takes a version number, not ${text}`);
  return Number(text);
}

/** The file's JSON. @throws Error naming the file */
async function readJson(path: string | undefined): Promise<unknown> {
  if (path === undefined) throw new Misused('Name the file');
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function showProcedure({ admin, unitPath, say }: Call, options: Options): Promise<void> {
  const wanted = number('version', options.version);
  const { versions, day } = await admin.procedures({ unitPath });
  const view = versions.find(({ version, status }) =>
    wanted === undefined ? status === 'in-force' : version === wanted,
  );
  if (!view) throw new Error(`There is no version ${wanted ?? ''}`);
  const list = versions.map(
    ({ version, status, procedure }) => `  ${version}: ${status}, from ${procedure.effectiveFrom}`,
  );
  // Beside the file, so that the output can be kept, edited and published.
  process.stderr.write(`Versions on ${day}:\n${list.join('\n')}\nVersion ${view.version}:\n`);
  say(JSON.stringify(view.procedure, null, 2));
}

function describe(answer: ProcedureAnswer, day: string): string {
  const done = answer.published ? 'Published as' : 'Would become';
  const { changes } = answer;
  return [
    `${done} version ${answer.version} of ${answer.unitPath}, from ${day}, for ${answer.units} units.`,
    `Against version ${answer.comparedWith}, ${changes.length} fields change:`,
    ...changes.map(({ field, from, to }) => `  ${field}: ${from ?? '(none)'} → ${to ?? '(none)'}`),
    ...(answer.published ? [] : ['Nothing was published.']),
  ].join('\n');
}

/** Publishes a file, or only says what it would change: the centre judges both alike. */
async function publish(
  call: Call,
  file: string | undefined,
  dryRun: boolean,
  options: Options,
): Promise<void> {
  const procedure = await readJson(file);
  const answer = await call.admin.publishProcedure({
    unitPath: call.unitPath,
    // The centre reads it by its schema and answers with every field that is wrong.
    procedure: procedure as Parameters<typeof call.admin.publishProcedure>[0]['procedure'],
    replaces: number('replaces', options.replaces),
    dryRun,
  });
  const { effectiveFrom } = procedure as { effectiveFrom: string };
  call.say(describe(answer, effectiveFrom));
}

async function showCalendar({ admin, unitPath, say }: Call): Promise<void> {
  const { calendarYears } = await admin.procedures({ unitPath });
  for (const { year, daysOff, makeUpDays, source, importedAt, before } of calendarYears) {
    const from = importedAt === null ? 'shipped' : `imported ${importedAt}`;
    const earlier = before.length === 0 ? '' : `, ${before.length} earlier imports`;
    say(`${year}: ${daysOff} days off, ${makeUpDays} make-up workdays, ${from}${earlier}, ${source}`);
  }
}

async function importYear(call: Call, path: string | undefined, options: Options): Promise<void> {
  const file = await readJson(path);
  const { source } = options;
  const answer = await call.admin.importCalendarYear({
    unitPath: call.unitPath,
    // As above: judged by the centre.
    file: file as Parameters<typeof call.admin.importCalendarYear>[0]['file'],
    ...(source === undefined ? {} : { source }),
  });
  const { year, daysOff, makeUpDays, unitPath, units, replaced } = answer;
  call.say(
    `Imported ${year} for ${unitPath} and ${units} units: ${daysOff} days off, ${makeUpDays} make-up workdays (${answer.source}).`,
  );
  if (replaced !== null) call.say(`It takes the place of: ${replaced}. Both stay on record.`);
  call.say('Workstations work out the deadlines concerned anew at their next sync.');
}

/** What the centre refused, line by line, or why it could not be asked. */
function reasonOf(error: unknown, url: string): string {
  if (!(error instanceof ORPCError)) {
    const text = error instanceof Error ? error.message : String(error);
    return error instanceof TypeError ? `The centre at ${url} cannot be reached: ${text}` : text;
  }
  const rule = error.code === 'RULE' ? centreErrors.RULE.data.safeParse(error.data).data : undefined;
  if (rule) return `Refused, nothing was changed:\n  ${refusalLine(rule)}`;
  const invalid =
    error.code === 'INPUT_INVALID' ? centreErrors.INPUT_INVALID.data.safeParse(error.data).data : undefined;
  if (invalid) {
    const lines = invalid.issues.map((issue) => `  ${refusalLine(issue)}`);
    return `Refused, nothing was changed:\n${lines.join('\n')}`;
  }
  return `${error.code}: ${error.message}`;
}

/** Runs an administrator's command against a running centre. Returns the exit code: 1 refused, 2 not understood. */
export async function runCommand(given: readonly string[]): Promise<number> {
  let url = '';
  try {
    const { values, positionals } = parseCommand(given);
    url = values.url.replace(/\/+$/, '');
    const say = (text: string): void => void process.stdout.write(`${text}\n`);
    if (values.help) {
      say(USAGE);
      return 0;
    }
    const [subject, verb, file, ...more] = positionals;
    if (more.length > 0) throw new Misused(`One file at a time, not ${more.join(' ')}`);
    const token = process.env['HESHI_ADMIN_TOKEN'];
    if (token === undefined) throw new Misused('HESHI_ADMIN_TOKEN is not set');
    const { admin } = createCentralClient({ baseUrl: url, token: () => token });
    const call: Call = { admin, say, ...(values.unit === undefined ? {} : { unitPath: values.unit }) };
    const command = `${subject} ${verb}`;
    if (command === 'procedure show') await showProcedure(call, values);
    else if (command === 'procedure check') await publish(call, file, true, values);
    else if (command === 'procedure publish') await publish(call, file, false, values);
    else if (command === 'calendar show') await showCalendar(call);
    else if (command === 'calendar import') await importYear(call, file, values);
    else throw new Misused(`There is no command ${command}`);
    return 0;
  } catch (error) {
    const misused = error instanceof Misused;
    process.stderr.write(`${misused ? `${error.message}\n${USAGE}` : reasonOf(error, url)}\n`);
    return misused ? 2 : 1;
  }
}

function parseCommand(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        url: { type: 'string', default: 'http://127.0.0.1:8420' },
        unit: { type: 'string' },
        version: { type: 'string' },
        replaces: { type: 'string' },
        source: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new Misused(error instanceof Error ? error.message : String(error));
  }
}
