import { administratorOs, personOs, tokenOs } from '../kernel/http/implementer.ts';
import { discloseConsented, discloseData } from './data.ts';
import { disclose } from './disclose.ts';
import { recordLine } from './lines.ts';
import { issueToken, listTokens, revokeToken } from './tokens.ts';

/** What bodies outside may ask for, by a token or at their own workstation. Each answer holds what its scope or consent names and no more. */
export const disclosureHandlers = {
  holder: {
    grade: tokenOs.disclosures.grade.handler(async ({ context, input }) => {
      const {
        points: _points,
        reasons: _reasons,
        ...said
      } = await disclose(
        context,
        context.holder,
        { ...input, reference: input.reference, scope: 'grades.read' },
        context.clock(),
      );
      return said;
    }),
    points: tokenOs.disclosures.points.handler(({ context, input }) =>
      disclose(
        context,
        context.holder,
        { ...input, reference: input.reference, scope: 'points.read' },
        context.clock(),
      ),
    ),
    data: tokenOs.disclosures.data.handler(({ context, input }) =>
      discloseData(context, context.holder, { ...input, reference: input.reference }, context.clock()),
    ),
    line: tokenOs.disclosures.line.handler(({ context, input }) =>
      recordLine(context, context.holder, input, context.clock()),
    ),
  },
  officer: {
    ask: personOs.consents.ask.handler(({ context, input }) =>
      discloseConsented(context, context.device, input.consentId, context.clock()),
    ),
  },
  administrator: {
    issueToken: administratorOs.admin.issueToken.handler(({ context, input }) =>
      issueToken(context.database, context.units, input, context.clock()),
    ),
    tokens: administratorOs.admin.tokens.handler(async ({ context }) => ({
      tokens: await listTokens(context.database),
    })),
    revokeToken: administratorOs.admin.revokeToken.handler(async ({ context, input }) => {
      await revokeToken(context.database, input.tokenId, context.clock());
      return { ok: true as const };
    }),
  },
};
