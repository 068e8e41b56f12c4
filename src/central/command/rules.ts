/** Rules that refuse an administrator's file, in plain words for the command line. */
const WORDS: Readonly<Record<string, string>> = {
  'procedure-dates-overlap': 'must begin later than the version before it',
  'procedure-backdated':
    'begins on the day of publication at the earliest; cases keep the version they began under',
  'procedure-code-removed': 'a code that a version had is retired ("active": false), never removed',
  'procedure-code-repeated': 'the code is there twice',
  'procedure-code-malformed': 'lower-case letters, figures and hyphens, a letter first',
  'no-code-active': 'at least one entry must be active',
  'levels-not-counted': 'levels are numbered 1, 2, 3, … without gaps',
  'level-unknown': 'no level of this procedure',
  'level-missing': 'there are units of a level that the file does not name',
  'unit-missing': 'no such unit in this district',
  'unit-level-missing': 'a level of the dispute hierarchy needs its level; a unit outside it needs its body',
  'unit-party-missing': 'a level of the dispute hierarchy needs its party',
  'unit-level-unknown': 'the district has no such level',
  'unit-not-below-parent': 'the level is not below that of the unit above',
  'unit-below-body': 'nothing of the dispute hierarchy stands below a department, a window or a bank',
  'unit-body-level': 'a department, a window or a bank has no level',
  'unit-body-party': 'a department, a window or a bank has no party of its own',
  'unit-body-point': 'a department, a window or a bank has no dispute point',
  'unit-body-below-district': 'a department or a bank stands right below a district',
  'unit-window-below-department': 'a window stands right below its department',
  'role-not-at-unit':
    'repair clerks are of a window, reviewers of a department, credit officers of a district, finance officers of a bank, all others of the dispute hierarchy',
  'unit-repeated': 'the unit is there twice',
  'pattern-without-unit': 'needs {unit}, or two units would write the same number',
  'pattern-without-year': 'needs {year}',
  'pattern-without-sequence': 'needs {sequence}',
  'replaces-only-to-come': 'only the last version, before it is in force, can be replaced',
  'office-time-malformed': 'a time of day is written 08:30',
  'office-time-outside-day': 'a time of day lies between 00:00 and 24:00',
  'office-hours-empty': 'an office is open at least once on a working day',
  'office-session-reversed': 'must end later than it begins, on the same day',
  'office-sessions-overlap': 'begins before the one before it has ended',
  'office-season-day': 'no day of the year; one is written 06-15',
  'office-seasons-overlap': 'another season holds on some of these days',
  'office-hours-same-day':
    'other office hours begin on the day after publication at the earliest; minutes of today are counted already',
  'published-at-the-top': 'procedures and calendars belong to the topmost unit',
  'several-districts': 'there are several districts: name one with --unit',
  'calendar-year-empty': 'the file has no day: its year is not announced yet',
  'token-recipient':
    "data.read and lines.record need the bank's own unit: --recipient PATH; other scopes have none",
  'token-until': 'a token is good from today on, for a year and a day at most',
  'draw-missing': 'no such draw',
  'token-missing': 'no such token',
  'calendar-source-missing': 'say where the list comes from with --source',
};

/** One refusal as a line: field, rule, what it means, and the values concerned. */
export function refusalLine(refusal: {
  rule: string;
  field?: string | undefined;
  message?: string;
  parameters?: Record<string, string | number> | undefined;
}): string {
  // The call's own envelope is no part of the person's file.
  const field = (refusal.field ?? '').replace(/^(procedure|file)\./, '');
  const words = WORDS[refusal.rule] ?? refusal.message ?? '';
  const values = Object.entries(refusal.parameters ?? {}).map(([name, value]) => `${name} ${value}`);
  const meaning = [words, ...values].filter((text) => text !== '' && text !== refusal.rule).join(', ');
  return [...(field === '' ? [] : [field]), refusal.rule, ...(meaning === '' ? [] : [meaning])].join(': ');
}
