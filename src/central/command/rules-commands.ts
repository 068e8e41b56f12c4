import type { ProcedureAnswer } from '../../contract/centre/procedure.ts';
import { readJson, wholeOption, type Call, type Command } from './call.ts';

const MOST_VERSIONS = 999_999;
const version = (name: string, text: string | undefined): number | undefined =>
  wholeOption(name, text, 1, MOST_VERSIONS);

async function showProcedure({ admin, options, say, remark }: Call): Promise<void> {
  const wanted = version('version', options.version);
  const { versions, day } = await admin.procedures({ unitPath: options.unit });
  const view = versions.find((one) =>
    wanted === undefined ? one.status === 'in-force' : one.version === wanted,
  );
  if (!view) throw new Error(`There is no version ${wanted ?? ''}`);
  const list = versions.map((one) => `  ${one.version}: ${one.status}, from ${one.procedure.effectiveFrom}`);
  // Beside the file, so that the output can be kept, edited and published.
  remark(`Versions on ${day}:\n${list.join('\n')}\nVersion ${view.version}:`);
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
async function publish({ admin, options, rest, say }: Call, dryRun: boolean): Promise<void> {
  const procedure = await readJson(rest[0] ?? '');
  const answer = await admin.publishProcedure({
    unitPath: options.unit,
    // The centre reads it by its schema and answers with every field that is wrong.
    procedure: procedure as Parameters<typeof admin.publishProcedure>[0]['procedure'],
    replaces: version('replaces', options.replaces),
    dryRun,
  });
  const { effectiveFrom } = procedure as { effectiveFrom: string };
  say(describe(answer, effectiveFrom));
}

async function showCalendar({ admin, options, say }: Call): Promise<void> {
  const { calendarYears } = await admin.procedures({ unitPath: options.unit });
  for (const { year, daysOff, makeUpDays, source, importedAt, before } of calendarYears) {
    const from = importedAt === null ? 'shipped' : `imported ${importedAt}`;
    const earlier = before.length === 0 ? '' : `, ${before.length} earlier imports`;
    say(`${year}: ${daysOff} days off, ${makeUpDays} make-up workdays, ${from}${earlier}, ${source}`);
  }
}

async function importYear({ admin, options, rest, say }: Call): Promise<void> {
  const file = await readJson(rest[0] ?? '');
  const { source } = options;
  const answer = await admin.importCalendarYear({
    unitPath: options.unit,
    // As above: judged by the centre.
    file: file as Parameters<typeof admin.importCalendarYear>[0]['file'],
    ...(source === undefined ? {} : { source }),
  });
  const { year, daysOff, makeUpDays, unitPath, units, replaced } = answer;
  say(
    `Imported ${year} for ${unitPath} and ${units} units: ${daysOff} days off, ${makeUpDays} make-up workdays (${answer.source}).`,
  );
  if (replaced !== null) say(`It takes the place of: ${replaced}. Both stay on record.`);
  say('Workstations work out the deadlines concerned anew at their next sync.');
}

/** Procedures and calendars. */
export const rulesCommands: Readonly<Record<string, Command>> = {
  'procedure show': {
    usage: 'procedure show [--version N]',
    about: 'the procedure in force (or that version), as a file',
    least: 0,
    most: 0,
    run: showProcedure,
  },
  'procedure check': {
    usage: 'procedure check FILE',
    about: 'what the file would change, field by field',
    least: 1,
    most: 1,
    run: (call) => publish(call, true),
  },
  'procedure publish': {
    usage: 'procedure publish FILE [--replaces N]',
    about: 'publishes the file as the next version',
    least: 1,
    most: 1,
    run: (call) => publish(call, false),
  },
  'calendar show': {
    usage: 'calendar show',
    about: 'the years covered and where they come from',
    least: 0,
    most: 0,
    run: showCalendar,
  },
  'calendar import': {
    usage: 'calendar import FILE [--source TEXT]',
    about: "a year's holidays, as in src/domain/kernel/calendar/holidays",
    least: 1,
    most: 1,
    run: importYear,
  },
};
