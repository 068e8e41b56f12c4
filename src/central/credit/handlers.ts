import { centreError } from '../kernel/errors.ts';
import { administratorOs, deviceOs, personOs } from '../kernel/http/implementer.ts';
import { gradeFigures } from './figures.ts';
import { gradeAll, gradeOne } from './grades.ts';
import { publishPolicy } from './policies.ts';

/** How many merchants of a unit have which grade. */
export const gradeFiguresHandler = deviceOs.grades.handler(({ context, input }) =>
  gradeFigures(context.database, context.units, input),
);

/** Grades on demand, and the policies by which they are given. */
export const creditHandlers = {
  person: personOs.creditPolicy.handler(async ({ context, input }) => {
    const { units, device, person } = context;
    const { unitPath } = device;
    if (units.all().find(({ path }) => path === unitPath)?.party !== 'regulator')
      throw centreError('RULE', { rule: 'credit-regulator-only', field: 'unitPath' });
    const { policy, dryRun } = input;
    return publishPolicy(context, { unitPath, policy, dryRun }, context.clock(), {
      staffId: person.staffId,
      name: person.name,
    });
  }),
  administrator: {
    gradeMerchants: administratorOs.admin.gradeMerchants.handler(async ({ context, input }) => ({
      districts: await gradeAll(context, input, context.clock()),
    })),
    gradeMerchant: administratorOs.admin.gradeMerchant.handler(({ context, input }) =>
      gradeOne(context, input.merchantId, 'on-demand', context.clock()),
    ),
    publishCreditPolicy: administratorOs.admin.publishCreditPolicy.handler(({ context, input }) =>
      publishPolicy(context, input, context.clock()),
    ),
  },
};
