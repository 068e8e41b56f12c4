import { AdministratorScope } from '../../domain/organisation/index.ts';
import { type Call, type Command, needed, oneOf, sayRows, wholeOption } from './call.ts';

async function add({ admin, options, rest, say, remark }: Call): Promise<void> {
  const scopes = needed('scope', options.scope)
    .split(',')
    .map((one) => oneOf('scope', one.trim(), AdministratorScope.options));
  const { tokenId, token, until, second } = await admin.administrators.add({
    name: rest[0] ?? '',
    scopes,
    until: needed('until', options.until),
  });
  // Beside the output, so that a script that keeps the token keeps the token alone.
  remark(`Token ${tokenId}, good until ${until}. For an authenticator, shown once: ${second ?? ''}`);
  say(token);
}

async function list(call: Call): Promise<void> {
  const { tokens, unnamed } = await call.admin.administrators.list();
  sayRows(
    call,
    tokens.map((one) => ({ ...one, scopes: one.scopes.join(',') })),
    ['tokenId', 'name', 'scopes', 'until', 'issuedAt', 'issuedBy', 'revokedAt', 'revokedBy'],
  );
  if (unnamed > 0)
    call.remark(`${unnamed} tokens without name or end, of releases before or the environment`);
}

async function replace({ admin, options, say, remark }: Call): Promise<void> {
  const { tokenId, token, until } = await admin.administrators.replace({
    until: needed('until', options.until),
  });
  remark(`Token ${tokenId}, good until ${until}, shown once; the one before is good for nothing any more:`);
  say(token);
}

async function revoke({ admin, rest, say }: Call): Promise<void> {
  await admin.administrators.revoke({ tokenId: rest[0] ?? '' });
  say('Revoked: it is refused from now on.');
}

async function acts(call: Call): Promise<void> {
  const limit = wholeOption('limit', call.options.limit, 1, 1000);
  const found = await call.admin.administrators.acts(limit === undefined ? {} : { limit });
  sayRows(call, found.acts, ['at', 'administrator', 'tokenId', 'call', 'outcome']);
}

/** Who administers, and what they did. */
export const administratorCommands: Readonly<Record<string, Command>> = {
  'administrator add': {
    usage: `administrator add NAME --scope ${AdministratorScope.options.slice(0, 2).join(',')},… --until DAY --code CODE`,
    about: `makes an administrator; scopes: ${AdministratorScope.options.join(', ')}`,
    least: 1,
    most: 1,
    run: add,
  },
  'administrator list': {
    usage: 'administrator list [--json]',
    about: 'who has a token, what for, until when, and who gave it',
    least: 0,
    most: 0,
    run: list,
  },
  'administrator replace': {
    usage: 'administrator replace --until DAY --code CODE',
    about: 'a new token in place of the one this command comes with',
    least: 0,
    most: 0,
    run: replace,
  },
  'administrator revoke': {
    usage: 'administrator revoke ID|unnamed --code CODE',
    about: 'takes a token out of use at once; or all without name or end',
    least: 1,
    most: 1,
    run: revoke,
  },
  'administrator acts': {
    usage: 'administrator acts [--limit N] [--json]',
    about: 'what administrators did, who and when',
    least: 0,
    most: 0,
    run: acts,
  },
};
