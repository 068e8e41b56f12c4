import { ContractProcedure, isContractProcedure, type AnyContractRouter } from '@orpc/contract';
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import type { Declares } from '../../../contract/access.ts';
import type { Access } from '../../../contract/centre/base.ts';
import { centralContract } from '../../../contract/centre/index.ts';

export type OpenApiDocument = Awaited<ReturnType<OpenAPIGenerator['generate']>>;

/** The contract with what a caller has to show. */
function described(contract: object, name: string): AnyContractRouter {
  return Object.fromEntries(
    Object.entries(contract).map(([key, one]: [string, unknown]): [string, AnyContractRouter] => {
      const path = name === '' ? key : `${name}.${key}`;
      if (!isContractProcedure(one)) return [key, described(one as object, path)];
      const definition = one['~orpc'];
      return [
        key,
        new ContractProcedure({
          ...definition,
          route: {
            ...definition.route,
            operationId: path,
            tags: [path.split('.')[0] ?? path],
            spec: (operation) => ({ ...operation, security: securityOf(definition.meta) }),
          },
        }),
      ];
    }),
  );
}

function securityOf({ access }: Declares<Access>): Record<string, string[]>[] {
  if (access.who === 'open') return [];
  switch (access.who) {
    case 'administrator':
      return [{ administrator: [] }];
    case 'token':
      return [{ token: [] }];
    default:
      return [{ session: [] }];
  }
}

/** The centre's calls as an OpenAPI 3.1 document, made from the contract that the centre is made from. */
export async function openApiDocument(release: string): Promise<OpenApiDocument> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(described(centralContract, ''), {
    info: {
      title: 'Heshi centre',
      version: release,
      description:
        'Between workstations and their centre. Order, hashes, signatures and what a client does with an answer are in docs/sync-protocol.md; evidence goes by tus 1.0 and byte ranges, as its section 9 says.',
    },
    servers: [{ url: '/v1' }],
    components: {
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'The token of POST /session' },
        token: { type: 'http', scheme: 'bearer', description: 'A token that was issued to a body outside' },
        administrator: { type: 'http', scheme: 'bearer', description: 'An administrator’s token' },
      },
    },
  });
}
