import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { SECOND_CODE_HEADER } from '../contract/centre/administrators.ts';
import { centralContract } from '../contract/centre/index.ts';

export type CentralClient = ContractRouterClient<typeof centralContract>;

/**
 * A typed client of the centre's HTTP interface. `baseUrl` has no trailing slash; `token` gives the session's
 * or administrator's bearer token at each call. Errors of the contract arrive as `ORPCError` with their code.
 */
export function createCentralClient(options: {
  baseUrl: string;
  fetch?: typeof fetch;
  token?: () => string | undefined;
  /** An administrator's one-time code, for calls that need a second factor. */
  code?: () => string | undefined;
}): CentralClient {
  const fetcher = options.fetch ?? fetch;
  const link = new OpenAPILink(centralContract, {
    url: `${options.baseUrl}/v1`,
    headers: () => {
      const [token, code] = [options.token?.(), options.code?.()];
      return {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(code === undefined ? {} : { [SECOND_CODE_HEADER]: code }),
      };
    },
    fetch: (request, init) => fetcher(request, init),
  });
  return createORPCClient(link);
}
