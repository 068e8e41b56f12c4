import { parseArgs } from 'node:util';
import { ORPCError } from '@orpc/client';
import { centreErrors } from '../../contract/centre/index.ts';
import { NOTICE_HEADER } from '../../contract/centre/administrators.ts';
import { createCentralClient } from '../../protocol/central-client.ts';
import { debugTrace } from '../../terminal/report.mjs';
import { Misused, type Call, type Command, type Terminal } from './call.ts';
import { administratorCommands } from './administrators.ts';
import { creditCommands } from './credit.ts';
import { deviceCommands } from './devices.ts';
import { disclosureCommands } from './disclosure.ts';
import { allianceCommands } from './alliance.ts';
import { financeCommands } from './finance.ts';
import { inspectionCommands } from './inspection.ts';
import { organisationCommands } from './organisation.ts';
import { refusalLine } from './rules.ts';
import { rulesCommands } from './rules-commands.ts';

const commands: Readonly<Record<string, Command>> = {
  ...deviceCommands,
  ...organisationCommands,
  ...rulesCommands,
  ...creditCommands,
  ...disclosureCommands,
  ...financeCommands,
  ...allianceCommands,
  ...inspectionCommands,
  ...administratorCommands,
};

const COLUMN = 62;

const USAGE = `${Object.values(commands)
  .map(({ usage, about }) => {
    const line = `npm run central -- ${usage}`;
    return line.length < COLUMN
      ? `${line.padEnd(COLUMN)} ${about}`
      : `${line}\n${' '.repeat(COLUMN)} ${about}`;
  })
  .join('\n')}

Asks a running centre: --url URL (http://127.0.0.1:8420), HESHI_ADMIN_TOKEN is an administrator's token.
What is dangerous (revoke, password, assign, procedure, calendar, credit policy, token issue, administrator) needs --code 123456 of their
second sign-in, each code once; tokens of releases before, without name or end, go on without and say so.
--unit PATH also names the district where the centre has several. verify, rebuild and export: npm run central -- --help`;

/** The words that make a call of the centre's program an administrator's command. */
export const COMMANDS: ReadonlySet<string> = new Set(
  Object.keys(commands).map((name) => name.split(' ')[0] ?? ''),
);

/** What a centre says of the token beside its answer. */
const NOTICES: Readonly<Record<string, string>> = {
  'token-unnamed':
    'This token has neither name nor end: make administrators by name (administrator add), then: administrator revoke unnamed',
  'token-ends-soon': 'This token ends within two weeks: administrator replace --until DAY --code CODE',
};
/** Why a token or code was refused. */
const REASONS: Readonly<Record<string, string>> = {
  'token-unknown': 'no such token',
  'token-expired': 'the token has ended',
  'token-revoked': 'the token was revoked',
  'token-scope': 'the token is for something else',
  'second-missing': 'this needs a code of the second sign-in: --code 123456',
  'second-wrong': 'the code is wrong, or the clock of the authenticator is',
  'second-spent': 'the code was used already: wait for the next',
};

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
  const { rule: why } = centreErrors.FORBIDDEN.data.safeParse(error.data).data ?? {};
  if (why !== undefined) return `${error.code}: ${REASONS[why] ?? why}`;
  const unit =
    error.code === 'UNIT_UNKNOWN' ? centreErrors.UNIT_UNKNOWN.data.safeParse(error.data).data : undefined;
  return `${error.code}: ${error.message}${unit ? `: ${unit.path}` : ''}`;
}

/** The command that the first words name, and the words after it. @throws Misused */
function commandOf(positionals: readonly string[]): { command: Command; rest: string[] } {
  for (const length of [2, 1]) {
    const command = commands[positionals.slice(0, length).join(' ')];
    if (!command) continue;
    const rest = positionals.slice(length);
    if (rest.length < command.least) throw new Misused(`More is needed: ${command.usage}`);
    if (rest.length > command.most)
      throw new Misused(`Not understood: ${rest.slice(command.most).join(' ')} in ${command.usage}`);
    return { command, rest };
  }
  throw new Misused(`There is no command ${positionals.slice(0, 2).join(' ')}`);
}

/** Runs an administrator's command against a running centre. Returns the exit code: 1 refused, 2 not understood. */
export async function runCommand(
  given: readonly string[],
  { stdout, stderr, env }: Terminal = process,
): Promise<number> {
  let url = '';
  try {
    const { values, positionals } = parseCommand(given);
    url = values.url.replace(/\/+$/, '');
    const say = (text: string): void => void stdout.write(`${text}\n`);
    if (values.help) {
      say(USAGE);
      return 0;
    }
    const { command, rest } = commandOf(positionals);
    const token = env['HESHI_ADMIN_TOKEN'];
    if (token === undefined) throw new Misused('HESHI_ADMIN_TOKEN is not set');
    const remark = (text: string): void => void stderr.write(`${text}\n`);
    const noticed = new Set<string>();
    const { admin } = createCentralClient({
      baseUrl: url,
      token: () => token,
      code: () => values.code,
      fetch: async (request, init) => {
        const answer = await fetch(request, init);
        noticed.add(answer.headers.get(NOTICE_HEADER) ?? '');
        return answer;
      },
    });
    const call: Call = { admin, options: values, rest, env, say, remark };
    await command.run(call);
    for (const notice of noticed) if (notice in NOTICES) remark(NOTICES[notice] ?? notice);
    return 0;
  } catch (error) {
    const misused = error instanceof Misused;
    const text = misused ? `${error.message}\n${USAGE}` : `${reasonOf(error, url)}${debugTrace(error, env)}`;
    stderr.write(`${text}\n`);
    return misused ? 2 : 1;
  }
}

function parseCommand(given: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        url: { type: 'string', default: 'http://127.0.0.1:8420' },
        unit: text,
        version: text,
        replaces: text,
        source: text,
        minutes: text,
        month: text,
        reason: text,
        name: text,
        role: text,
        level: text,
        party: text,
        body: text,
        address: text,
        id: text,
        scope: text,
        until: text,
        for: text,
        purpose: text,
        code: text,
        limit: text,
        'no-point': { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new Misused(error instanceof Error ? error.message : String(error));
  }
}
