import { createORPCErrorFromJson, isORPCErrorJson, ORPCError } from '@orpc/client';
import { centreErrors, type PushResult } from '../../../contract/centre/index.ts';
import { isProtectedAddress } from '../../../domain/kernel/text/index.ts';
import { createCentralClient, type CentralClient } from '../../../protocol/central-client.ts';
import { sessionText, signText } from '../../../protocol/keys.ts';
import { NotTheCentre, signedFetch } from '../../../protocol/signed-answers.ts';
import type { Host } from '../host.ts';
import { privateKeyOf, type Identity } from './identity.ts';

/**
 * Why the centre did not do it; `code` is one of the contract's, or `UNREACHABLE`, `NOT_THE_CENTRE` where somebody else answered, or
 * `UNPROTECTED` where others on the way could.
 */
export class CentreError extends Error {
  readonly code: string;
  constructor(code: string, cause: unknown) {
    super(`The centre: ${code}`, { cause });
    this.code = code;
  }
}

function asCentreError(error: unknown): CentreError {
  if (error instanceof CentreError) return error;
  if (error instanceof ORPCError) return new CentreError(error.code, error);
  if (error instanceof NotTheCentre) return new CentreError('NOT_THE_CENTRE', error);
  return new CentreError('UNREACHABLE', error);
}

/** In how many milliseconds a centre that turned a call away wants it again; null when it said nothing of that. */
export function askedToWait(error: unknown): number | null {
  if (!(error instanceof CentreError) || !(error.cause instanceof ORPCError)) return null;
  if (error.code !== 'TOO_MANY_REQUESTS' && error.code !== 'OVERLOADED') return null;
  const read = centreErrors[error.code].data.safeParse(error.cause.data);
  return read.success ? read.data.retryAfterSeconds * 1000 : null;
}

/** Errors of the system under which not a byte of a request went out. */
const NO_CONNECTION = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** True when a call failed before it reached anybody, so that nothing of it can be known elsewhere. */
export function neverConnected(error: unknown): boolean {
  if (!(error instanceof CentreError) || error.code !== 'UNREACHABLE') return false;
  const cause = error.cause instanceof Error ? error.cause.cause : undefined;
  return (
    typeof cause === 'object' && cause !== null && 'code' in cause && NO_CONNECTION.has(String(cause.code))
  );
}

export type CentreLink = {
  /** Runs a call with a session; signs in anew once when the centre does not know the session any more. */
  call<Result>(work: (client: CentralClient) => Promise<Result>): Promise<Result>;
  /** The contract's `push`, with a body that is written already: its JSON in UTF-8. */
  push(body: Uint8Array<ArrayBuffer>): Promise<PushResult>;
  privateKey(): Promise<Uint8Array>;
  /** Whether every answer is proved to be the centre's own; not with a centre of an older release. */
  proves(): boolean;
  /** The centre's key; undefined before the first contact with one that has a key. */
  centreKey(): string | undefined;
  /** A path below the centre as a whole address. */
  address(path: string): string;
  /**
   * Fetches a path or address of the centre with a session, for what is no call of the contract; the answer is
   * handed on whatever its status. Signs in anew once when the centre does not know the session any more.
   */
  request(path: string, init?: RequestInit): Promise<Response>;
};

/** A device's authenticated way to its centre. @throws CentreError from every call. */
export function createCentreLink(
  identity: Identity,
  host: Host,
  plain: typeof fetch,
  clock: () => Date,
  keepKey: (centreKey: string) => Promise<void>,
): CentreLink {
  let { centreKey } = identity;
  const fetcher = signedFetch(plain, identity.centreUrl, () => centreKey);
  let token: string | undefined;
  let staleAt = 0;
  let key: Promise<Uint8Array> | undefined;
  const client = createCentralClient({ baseUrl: identity.centreUrl, fetch: fetcher, token: () => token });
  const privateKey = (): Promise<Uint8Array> => (key ??= privateKeyOf(identity, host));

  const askForSession = async () => {
    const { deviceId } = identity;
    const { challenge } = await client.challenge({ deviceId });
    const signature = signText(await privateKey(), sessionText(deviceId, challenge));
    return client.session({ deviceId, challenge, signature });
  };
  const openSession = async (): Promise<void> => {
    token = undefined;
    if (!isProtectedAddress(identity.centreUrl))
      throw new CentreError(
        'UNPROTECTED',
        new Error(`${identity.centreUrl} is neither TLS nor this machine`),
      );
    // One enrolled by an older release takes the key as it comes at first; a person can compare it afterwards.
    if (centreKey === undefined) {
      const found = await centreKeyAt(identity.centreUrl, plain);
      if (found !== null) await keepKey(found);
      centreKey = found ?? undefined;
    }
    // A challenge opens one session: a line that delivers the request twice answers the second time with a refusal.
    const session = await askForSession().catch((error: unknown) => {
      if (!(error instanceof ORPCError) || error.code !== 'NOT_AUTHENTICATED') throw error;
      return askForSession();
    });
    token = session.token;
    // Counted on this device's own clock, right or wrong: it only spares a request that would be refused.
    staleAt = clock().getTime() + session.expiresInSeconds * 1000;
  };

  let signingIn: Promise<void> | undefined;
  /** Calls that need a session at the same time share one. */
  const signIn = (): Promise<void> =>
    (signingIn ??= openSession().finally(() => {
      signingIn = undefined;
    }));

  const address = (path: string): string => `${identity.centreUrl}${path}`;
  const fetchWithSession = async (path: string, init: RequestInit): Promise<Response> => {
    const url = path.startsWith('/') ? address(path) : path;
    // A session is the centre's alone to see.
    if (!url.startsWith(`${identity.centreUrl}/`)) throw new Error(`Not the centre: ${url}`);
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${token ?? ''}`);
    return fetcher(url, { ...init, headers });
  };

  const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
    try {
      if (token === undefined || clock().getTime() >= staleAt) await signIn();
      const response = await fetchWithSession(path, init);
      if (response.status !== 401) return response;
      await response.body?.cancel();
      await signIn();
      return await fetchWithSession(path, init);
    } catch (error) {
      throw asCentreError(error);
    }
  };

  return {
    privateKey,
    proves: () => centreKey !== undefined,
    centreKey: () => centreKey,
    address,
    request,
    push: async (body) => {
      const headers = { 'content-type': 'application/json' };
      const response = await request('/v1/push', { method: 'POST', headers, body });
      try {
        const answer: unknown = await response.json();
        // Checked as every answer of the centre's own contract is: by its status, and by the form of an error.
        if (response.ok) return answer as PushResult;
        throw isORPCErrorJson(answer) ? createORPCErrorFromJson(answer) : new Error(`${response.status}`);
      } catch (error) {
        throw asCentreError(error);
      }
    },
    call: async (work) => {
      try {
        if (token === undefined || clock().getTime() >= staleAt) await signIn();
        try {
          return await work(client);
        } catch (error) {
          if (!(error instanceof ORPCError) || error.code !== 'NOT_AUTHENTICATED') throw error;
          await signIn();
          return await work(client);
        }
      } catch (error) {
        throw asCentreError(error);
      }
    },
  };
}

/** The key that a centre says is its own; null of an older release. Nothing proves it yet. @throws CentreError */
export async function centreKeyAt(baseUrl: string, fetcher: typeof fetch): Promise<string | null> {
  const { centreKey } = await callPublic(baseUrl, fetcher, (client) => client.health());
  return centreKey ?? null;
}

/** A call that needs no session, with the same errors. */
export async function callPublic<Result>(
  baseUrl: string,
  fetcher: typeof fetch,
  work: (client: CentralClient) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(createCentralClient({ baseUrl, fetch: fetcher }));
  } catch (error) {
    throw asCentreError(error);
  }
}
