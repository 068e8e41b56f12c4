import { TokenScope } from '../../domain/disclosure/index.ts';
import { type Call, type Command, needed, oneOf, sayRows } from './call.ts';

async function issue({ admin, options, say, remark }: Call): Promise<void> {
  const scopes = needed('scope', options.scope)
    .split(',')
    .map((one) => oneOf('scope', one.trim(), TokenScope.options));
  const { tokenId, token, until } = await admin.issueToken({
    scopes,
    unitPath: needed('unit', options.unit),
    until: needed('until', options.until),
    heldBy: needed('for', options.for),
    purpose: needed('purpose', options.purpose),
    ...(options.recipient === undefined ? {} : { recipientPath: options.recipient }),
  });
  // Beside the output, so that a script that keeps the token keeps the token alone.
  remark(`Token ${tokenId}, good until ${until}, shown once:`);
  say(token);
}

async function list(call: Call): Promise<void> {
  const { tokens } = await call.admin.tokens();
  sayRows(
    call,
    tokens.map((one) => ({ ...one, scopes: one.scopes.join(',') })),
    [
      'tokenId',
      'heldBy',
      'purpose',
      'unitPath',
      'recipientPath',
      'scopes',
      'until',
      'issuedAt',
      'revokedAt',
      'answered',
    ],
  );
}

async function revoke({ admin, rest, say }: Call): Promise<void> {
  await admin.revokeToken({ tokenId: rest[0] ?? '' });
  say('Revoked: it is refused from now on.');
}

/** Tokens of bodies outside that ask for grades. */
export const disclosureCommands: Readonly<Record<string, Command>> = {
  'token issue': {
    usage:
      'token issue --scope grades.read[,points.read,data.read,lines.record] --unit PATH --until DAY --for WHO --purpose WHY [--recipient PATH]',
    about:
      'issues a token by which a body outside asks for grades, or a bank, by its unit, for what merchants consent to; shown once',
    least: 0,
    most: 0,
    run: issue,
  },
  'token list': {
    usage: 'token list',
    about: 'who holds a token, what for, until when, and how often it was answered',
    least: 0,
    most: 0,
    run: list,
  },
  'token revoke': {
    usage: 'token revoke ID',
    about: 'takes a token out of use at once',
    least: 1,
    most: 1,
    run: revoke,
  },
};
