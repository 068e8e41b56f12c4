import { z } from 'zod';
import { Id, UnitPath } from '../../domain/kernel/event/event.ts';
import { StandingAnswer, StandingInput } from './alliance.ts';
import {
  ActQuery,
  AdministratorAct,
  AdministratorInput,
  AdministratorIssued,
  AdministratorList,
  AdministratorTokenReference,
  TokenReplacement,
} from './administrators.ts';
import { administrator, dangerous } from './base.ts';
import {
  ScopeQuery,
  StaffAssignment,
  StaffInput,
  StaffPassword,
  StaffReference,
  UnitInput,
  DeviceInfo,
  StaffListed,
  UnitListed,
} from './organisation.ts';
import {
  CreditPolicyAnswer,
  CreditPolicyInput,
  GradeMerchantOrder,
  GradeOrder,
  GradingAnswer,
} from './credit.ts';
import {
  FinanceEvaluation,
  FinanceEvaluationInput,
  FinanceMerchant,
  FinanceMerchantQuery,
  FinanceProductsAnswer,
  FinanceProductsInput,
} from './finance.ts';
import { TokenInput, TokenIssued, TokenListed, TokenReference } from './disclosure.ts';
import { DrawReference, VerifiedDraw } from './inspection.ts';
import { FleetQuery, ResyncOrder, FleetView } from './fleet.ts';
import { NumberAccountQuery, NumberPatternInput, NumberAccount } from './numbers.ts';
import {
  CalendarYearInput,
  ProcedureInput,
  ProcedureQuery,
  CalendarYearAnswer,
  ProcedureAnswer,
  RulesInForce,
} from './procedure.ts';
import { FiguresQuery, FiguresView } from './figures.ts';
import { RollupQuery, RollupView } from './rollup.ts';
import { Count, Ok, Time } from './values.ts';

/** What an administrator's token opens: units, people, workstations, rules, numbers, figures of everywhere. */
export const administrationContract = {
  createUnits: administrator('organisation')
    .route({ method: 'POST', path: '/admin/units' })
    .input(z.object({ units: z.array(UnitInput).min(1).max(2000) }))
    .output(z.object({ created: Count, existing: Count })),
  addStaff: administrator('organisation')
    .route({ method: 'POST', path: '/admin/staff' })
    .input(z.object({ staff: z.array(StaffInput).min(1).max(2000) }))
    .output(z.object({ ids: z.array(z.string()) })),
  units: administrator('read')
    .route({ method: 'GET', path: '/admin/units' })
    .input(ScopeQuery)
    .output(z.object({ units: z.array(UnitListed) })),
  staff: administrator('read')
    .route({ method: 'GET', path: '/admin/staff' })
    .input(ScopeQuery)
    .output(z.object({ staff: z.array(StaffListed) })),
  assignStaff: dangerous('organisation')
    .route({ method: 'POST', path: '/admin/staff/assign' })
    .input(StaffAssignment)
    .output(Ok),
  deactivateStaff: administrator('organisation')
    .route({ method: 'POST', path: '/admin/staff/deactivate' })
    .input(StaffReference)
    .output(Ok),
  setPassword: dangerous('organisation')
    .route({ method: 'POST', path: '/admin/staff/password' })
    .input(StaffPassword)
    .output(Ok),
  createCodes: administrator('workstations')
    .route({ method: 'POST', path: '/admin/codes' })
    .input(
      z.object({
        unitPaths: z.array(UnitPath).min(1).max(2000),
        validMinutes: z
          .int()
          .min(0)
          .max(60 * 24 * 30)
          .default(60 * 24),
      }),
    )
    .output(
      z.object({ codes: z.array(z.object({ unitPath: z.string(), code: z.string(), expiresAt: Time })) }),
    ),
  revoke: dangerous('workstations')
    .route({ method: 'POST', path: '/admin/devices/{deviceId}/revoke' })
    .input(z.object({ deviceId: Id, reason: z.string().max(200).default('') }))
    .output(Ok),
  fleet: administrator('read')
    .route({ method: 'GET', path: '/admin/fleet' })
    .input(FleetQuery)
    .output(FleetView),
  resync: administrator('workstations')
    .route({ method: 'POST', path: '/admin/devices/{deviceId}/resync' })
    .input(ResyncOrder)
    .output(Ok),
  devices: administrator('read')
    .route({ method: 'GET', path: '/admin/devices' })
    .output(z.object({ devices: z.array(DeviceInfo) })),
  rollup: administrator('read')
    .route({ method: 'GET', path: '/admin/rollup' })
    .input(RollupQuery)
    .output(RollupView),
  figures: administrator('read')
    .route({ method: 'GET', path: '/admin/figures' })
    .input(FiguresQuery)
    .output(FiguresView),
  setNumberPattern: administrator('rules')
    .route({ method: 'POST', path: '/admin/numbers/pattern' })
    .input(NumberPatternInput)
    .output(Ok),
  numberAccount: administrator('read')
    .route({ method: 'GET', path: '/admin/numbers/account' })
    .input(NumberAccountQuery)
    .output(NumberAccount),
  /** Publishes a version of the procedure; `dryRun` only says what would change. @throws RULE */
  publishProcedure: dangerous('rules')
    .route({ method: 'POST', path: '/admin/procedures' })
    .input(ProcedureInput)
    .output(ProcedureAnswer),
  /** Procedures and calendar of a district. */
  procedures: administrator('read')
    .route({ method: 'GET', path: '/admin/procedures' })
    .input(ProcedureQuery)
    .output(RulesInForce),
  importCalendarYear: dangerous('rules')
    .route({ method: 'POST', path: '/admin/calendar-years' })
    .input(CalendarYearInput)
    .output(CalendarYearAnswer),
  /** Grades every merchant for a month and publishes what is not as it was published. @throws RULE */
  gradeMerchants: administrator('rules')
    .route({ method: 'POST', path: '/admin/credit/grades' })
    .input(GradeOrder)
    .output(GradingAnswer),
  /** The same for one merchant, now. @throws RULE */
  gradeMerchant: administrator('rules')
    .route({ method: 'POST', path: '/admin/credit/merchants/{merchantId}/grade' })
    .input(GradeMerchantOrder)
    .output(z.object({ published: z.boolean() })),
  /** Publishes a version of the credit policy; `dryRun` only says who would change and why. @throws INPUT_INVALID with every fault, RULE */
  publishCreditPolicy: dangerous('rules')
    .route({ method: 'POST', path: '/admin/credit/policies' })
    .input(CreditPolicyInput)
    .output(CreditPolicyAnswer),
  /** Publishes a version of the credit products; `dryRun` only says whether it could be. @throws INPUT_INVALID with every fault, RULE */
  publishFinanceProducts: dangerous('rules')
    .route({ method: 'POST', path: '/admin/finance/products' })
    .input(FinanceProductsInput)
    .output(FinanceProductsAnswer),
  /** Judges every merchant by all products, and records who enters the whitelist and who leaves it. */
  evaluateFinance: administrator('rules')
    .route({ method: 'POST', path: '/admin/finance/evaluation' })
    .input(FinanceEvaluationInput)
    .output(FinanceEvaluation),
  /** For which products one merchant qualifies, and why not. @throws RULE */
  financeOfMerchant: administrator('read')
    .route({ method: 'GET', path: '/admin/finance/merchants/{merchantId}' })
    .input(FinanceMerchantQuery)
    .output(FinanceMerchant),
  /** Takes in a part of the file of citizens' standing for the alliance. @throws UNIT_UNKNOWN, RULE */
  importStanding: administrator('rules')
    .route({ method: 'POST', path: '/admin/alliance/standing' })
    .input(StandingInput)
    .output(StandingAnswer),
  /** Issues a token by which a body outside asks for grades, or a bank for what merchants consent to; it is told this once. @throws UNIT_UNKNOWN, RULE */
  issueToken: dangerous('tokens')
    .route({ method: 'POST', path: '/admin/tokens' })
    .input(TokenInput)
    .output(TokenIssued),
  tokens: administrator('tokens')
    .route({ method: 'GET', path: '/admin/tokens' })
    .output(z.object({ tokens: z.array(TokenListed) })),
  revokeToken: administrator('tokens')
    .route({ method: 'POST', path: '/admin/tokens/{tokenId}/revoke' })
    .input(TokenReference)
    .output(Ok),
  /** Works a draw out anew from its facts. @throws RULE where there is none */
  verifyDraw: administrator('read')
    .route({ method: 'GET', path: '/admin/draws/{drawId}/verification' })
    .input(DrawReference)
    .output(VerifiedDraw),
  /** Makes states, figures, public codes and tasks anew from the log; `dryRun` only says what would change. */
  rebuild: dangerous('maintenance')
    .route({ method: 'POST', path: '/admin/rebuild' })
    .input(z.object({ dryRun: z.boolean().default(false) }))
    .output(z.object({ rebuilt: z.array(z.object({ what: z.string(), checked: Count, mended: Count })) })),
  /** Checks every invariant, in a thread of its own; goes on with a verification that was stopped. */
  verify: administrator('maintenance')
    .route({ method: 'POST', path: '/admin/verify' })
    .output(
      z.object({
        invariants: z.array(
          z.object({ name: z.string(), checked: Count, broken: Count, examples: z.array(z.string()) }),
        ),
      }),
    ),
  administrators: {
    /** Makes an administrator by name, whose token and second sign-in are told this once. @throws RULE */
    add: dangerous('administrators')
      .route({ method: 'POST', path: '/admin/administrators' })
      .input(AdministratorInput)
      .output(AdministratorIssued),
    list: administrator('administrators')
      .route({ method: 'GET', path: '/admin/administrators' })
      .output(AdministratorList),
    /** Gives the caller a new token for the one they came with, which ends with that. @throws RULE */
    replace: dangerous('read')
      .route({ method: 'POST', path: '/admin/administrators/replace' })
      .input(TokenReplacement)
      .output(AdministratorIssued),
    /** @throws RULE where there is none, or where nobody would be left who may make another */
    revoke: dangerous('administrators')
      .route({ method: 'POST', path: '/admin/administrators/tokens/{tokenId}/revoke' })
      .input(AdministratorTokenReference)
      .output(Ok),
    /** What administrators did, the last first. */
    acts: administrator('administrators')
      .route({ method: 'GET', path: '/admin/administrators/acts' })
      .input(ActQuery)
      .output(z.object({ acts: z.array(AdministratorAct) })),
  },
};
