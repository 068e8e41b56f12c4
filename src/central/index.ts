import '../terminal/boundary.mjs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { parseArgs } from 'node:util';
import { Stopped } from '../terminal/stopped.ts';
import type { Centre } from './centre.ts';
import { COMMANDS, runCommand } from './command/index.ts';
import { LOCAL_COMMANDS, LOCAL_USAGE } from './command/local-words.ts';
import type { Messaging } from './messages/index.ts';
import type { EmbeddedServer } from './kernel/db/embedded.ts';

const USAGE = `npm run central -- [--data DIR] [--port 8420] [--host 127.0.0.1] [--admin-token-file FILE] [--public-url URL] [--gateway FILE]

Starts a centre. DATABASE_URL names the PostgreSQL server; without it one runs in the data folder.
HESHI_ADMIN_TOKEN sets an administrator's token without name or end; otherwise the first start makes an administrator
"first" and shows their token and second sign-in once, or writes them to the file and FILE.second, which only their owner can read. Evidence lies sealed in the data folder. HESHI_LOG sets the log's level
(warn; info writes a line a call). --trust-proxy N: so many proxies stand before it, whose word on callers' addresses is taken.
--public-url URL is where everybody finds this centre: it is told to the workstations, whose cards lead there (/p).
--tls-cert FILE --tls-key FILE serve HTTPS (PEM), where no proxy before it does. --key FILE is this centre's own key, by which
workstations know it; otherwise it lies in the data folder. --new-key has them know it by this one, where it was another before.
--gateway FILE says how merchants are reminded of their records' dates (docs/operations.md); without it nothing is sent.
--archive DIR keeps the database's write-ahead log there, for backup and recovery to a point in time.
GET /health says that the process is there, /ready whether it can work, /metrics its figures for Prometheus.

${LOCAL_USAGE}

Workstations, units, people, procedures and calendars of a running centre: npm run central -- units --help`;

const words = process.argv.slice(2);
/**
 * An administrator's command to a centre that runs already, or to its database; null starts a centre. A command to a running
 * centre answers in half the time because the centre itself is loaded only where one starts.
 */
const run = COMMANDS.has(words[0] ?? '')
  ? runCommand
  : LOCAL_COMMANDS.has(words[0] ?? '')
    ? (await import('./command/local.ts')).runLocal
    : null;

/** Without its number, as releases before took it: one proxy. */
const withCount = (word: string, place: number): string =>
  word === '--trust-proxy' && !/^\d/.test(words[place + 1] ?? '') ? '--trust-proxy=1' : word;

const { values, positionals } = parseArgs({
  args: run === null ? words.map(withCount) : [],
  options: {
    data: { type: 'string', default: join('.heshi', 'central') },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '8420' },
    'admin-token-file': { type: 'string' },
    archive: { type: 'string' },
    'public-url': { type: 'string' },
    gateway: { type: 'string' },
    key: { type: 'string' },
    'new-key': { type: 'boolean', default: false },
    'tls-cert': { type: 'string' },
    'tls-key': { type: 'string' },
    'trust-proxy': { type: 'string', default: '0' },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The public address without what may stand behind it. */
function publicUrl(): string | undefined {
  const given = values['public-url'];
  if (given === undefined) return undefined;
  const url = URL.canParse(given) ? new URL(given) : null;
  const isBare = url !== null && url.pathname === '/' && url.search === '' && url.hash === '';
  if (url === null || !isBare || !/^https?:$/.test(url.protocol))
    throw new Stopped(`--public-url ${given}: not an address`, {
      next: 'name one such as https://example.org, without a path.',
      exitCode: 2,
    });
  return url.origin;
}

/** Certificate and key to serve HTTPS with; undefined where neither is named. */
async function tlsFiles(): Promise<{ cert: string; key: string } | undefined> {
  const { 'tls-cert': cert, 'tls-key': key } = values;
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined)
    throw new Stopped('--tls-cert and --tls-key: one without the other', {
      next: 'name both files.',
      exitCode: 2,
    });
  const read = (file: string): Promise<string> =>
    readFile(file, 'utf8').catch((cause: unknown) => {
      throw new Stopped(`${file} cannot be read`, {
        cause,
        next: 'name a PEM file that this account can read.',
      });
    });
  const files = { cert: await read(cert), key: await read(key) };
  try {
    createSecureContext(files);
  } catch (cause) {
    throw new Stopped(`${cert} and ${key} do not make a TLS certificate with its key`, {
      cause,
      next: 'name the certificate chain and its own private key, both in PEM.',
    });
  }
  return files;
}

/** Proxies whose word on callers' addresses is taken. */
function proxyCount(): number {
  const count = Number(values['trust-proxy']);
  if (!Number.isInteger(count) || count < 0 || count > 10)
    throw new Stopped(`--trust-proxy ${values['trust-proxy']}: not a number of proxies`, {
      next: 'name how many stand before this centre, such as 1.',
      exitCode: 2,
    });
  return count;
}

/** The gateway that the file declares, opened; undefined where none is named. */
async function namedGateway(): Promise<Messaging | undefined> {
  const { gateway: file } = values;
  if (file === undefined) return undefined;
  const { readMessaging } = await import('./messages/index.ts');
  try {
    return await readMessaging(await readFile(file, 'utf8'));
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new Stopped(`--gateway ${file}: ${said}`, {
      cause,
      next: 'see "Reminders to merchants" in docs/operations.md.',
      exitCode: 2,
    });
  }
}

/** Makes the first administrator's token, or accepts the one the environment names. */
async function provideAdministrator(centre: Centre): Promise<void> {
  const named = process.env['HESHI_ADMIN_TOKEN'];
  if (named !== undefined && named.length < 16)
    throw new Stopped('HESHI_ADMIN_TOKEN: at least 16 characters', { next: 'set a longer one.' });
  if (named !== undefined) return centre.addAdministrator(named);
  if (centre.hadAdministrator) return;
  const { token, until, second } = await centre.addFirstAdministrator();
  const file = values['admin-token-file'];
  if (file === undefined) {
    say(`Administrator token, shown once: ${token}`);
    say(`It is of the administrator "first", and good until ${until}.`);
    say(`For the codes of their second sign-in, shown once, for an authenticator: ${second}`);
    return;
  }
  for (const [name, text] of [
    [file, token],
    [`${file}.second`, second],
  ] as const) {
    await writeFile(name, `${text}\n`, { mode: 0o600 });
    // The mode above is for a new file only.
    await chmod(name, 0o600);
  }
  say(
    `Administrator token, good until ${until}, written to ${file}, and what makes the codes to ${file}.second`,
  );
}

async function main(): Promise<void> {
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Stopped(`--port ${values.port}: not a port`, {
      next: 'name one from 0 to 65535.',
      exitCode: 2,
    });
  const publicAddress = publicUrl() ?? null;
  const tls = await tlsFiles();
  const proxies = proxyCount();
  const messaging = await namedGateway();
  const [
    { pino },
    { createCentre },
    { startEmbeddedPostgres },
    { CENTRE_KEY_FILE, openCentreKey },
    { OtherKey },
  ] = await Promise.all([
    import('pino'),
    import('./centre.ts'),
    import('./kernel/db/embedded.ts'),
    import('./kernel/keys/centre-key.ts'),
    import('./kernel/keys/known-key.ts'),
  ]);
  const given = process.env['DATABASE_URL'];
  let postgres: EmbeddedServer | null = null;
  let centre: Centre | null = null;
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= (async () => {
      await centre?.close();
      await postgres?.stop();
    })());
  try {
    postgres =
      given === undefined
        ? await startEmbeddedPostgres({
            folder: values.data,
            ...(values.archive === undefined ? {} : { archive: values.archive }),
          })
        : null;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => void stop().then(() => process.exit(0)));
    const log = pino({ level: process.env['HESHI_LOG'] ?? 'warn' });
    centre = await createCentre({
      databaseUrl: postgres?.url ?? given ?? '',
      log,
      ...(await openCentreKey(values.key ?? join(values.data, CENTRE_KEY_FILE), new Date())),
      replacesKey: values['new-key'],
      ...(tls === undefined ? {} : { tls }),
      ...(messaging === undefined ? {} : { messaging }),
      evidenceFolder: join(values.data, 'evidence'),
      proxies,
      publicUrl: () => publicAddress,
    });
    await provideAdministrator(centre);
    const { url } = await centre.listen({ host: values.host, port });
    say(
      `Heshi centre at ${url}, ${postgres ? `PostgreSQL in ${values.data}` : 'PostgreSQL of DATABASE_URL'}`,
    );
  } catch (error) {
    await stop();
    if (error instanceof OtherKey)
      throw new Stopped(error.message, {
        cause: error,
        next: `put the file ${CENTRE_KEY_FILE} of the centre's former data folder in its place, or name it with --key. Where it is lost, start once with --new-key, and tell each workstation's people the new fingerprint (npm run central -- key).`,
        kept: 'Nothing was changed.',
      });
    throw error;
  }
}

if (run !== null) process.exitCode = await run(words);
else if (values.help || positionals.length > 0) {
  say(USAGE);
  if (!values.help) process.exitCode = 2;
} else await main();
