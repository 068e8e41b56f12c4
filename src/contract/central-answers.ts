import type { AnyContractProcedure, InferContractRouterOutputs } from '@orpc/contract';
import { z } from 'zod';
import { NumberPattern, NumberRange } from '../domain/document/numbers.ts';
import { HistoricalOutcome } from '../domain/case/codes.ts';
import { EventEnvelope, OpenName, Role } from '../domain/event/event.ts';
import { Party } from '../domain/org/unit.ts';
import { Procedure } from '../domain/procedure/procedure.ts';
import { METRICS, type Totals } from '../domain/rollup/metrics.ts';
import type { centralContract } from './central.ts';
import { ResyncResult, StationReport } from './fleet.ts';
import { REPEAT_OUTCOMES } from './repeats.ts';

/**
 * The forms of the centre's answers, for its OpenAPI document. The contract itself has them as types only: checking
 * every answer against a schema would cost a page of a feed more than reading it.
 */

type Outputs = InferContractRouterOutputs<typeof centralContract>;
/** A schema for every answer, in the contract's own tree; a stream's own schema is in the contract. */
type Answers<Contract, Output> = {
  [Name in keyof Contract as Name extends 'nudges' ? never : Name]: Name extends keyof Output
    ? Contract[Name] extends AnyContractProcedure
      ? z.ZodType<Output[Name]>
      : Answers<Contract[Name], Output[Name]>
    : never;
};

const Time = z.iso.datetime();
const Day = z.iso.date();
const Count = z.int().min(0);
const Ok = z.object({ ok: z.literal(true) });
const Head = z.object({ sequence: Count, hash: z.string() });
const FeedHead = z.object({ position: Count, digest: z.string() });
const Item = z.object({
  position: z.int(),
  status: z.enum(['accepted', 'unknown']),
  hash: z.string(),
  receivedAt: Time,
  event: EventEnvelope,
});
const Refusal = z.object({
  rule: z.string(),
  field: z.string().exactOptional(),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
});
const Ranges = z.array(NumberRange);

const TotalsForm: z.ZodType<Totals> = z.record(z.enum(METRICS), z.number());
const Share = z.number().nullable();
const Rates = z.object({
  settlementRate: Share,
  sourceResolutionRate: Share,
  returnGrantRate: Share,
  satisfactionRate: Share,
});
const Handling = z.object({ count: Count, medianDays: Share, p90Days: Share });
const figures = {
  totals: TotalsForm,
  rates: Rates,
  caseHandling: Handling,
  returnHandling: Handling,
};
const rollupUnit = { path: z.string(), name: z.string(), level: z.int(), party: Party };
const Completeness = z.object({
  workstations: Count,
  reported: Count,
  missing: z.array(z.object({ name: z.string(), unitPath: z.string(), lastSeenAt: Time.nullable() })),
});
const ByKey = z.array(z.object({ key: z.string(), totals: TotalsForm }));
const Rollup = z.object({
  unit: z.object(rollupUnit),
  from: Day,
  to: Day,
  all: z.object(figures),
  own: TotalsForm,
  before: z.object({ from: Day, to: Day, totals: TotalsForm, rates: Rates }),
  children: z.array(z.object({ ...rollupUnit, ...figures, completeness: Completeness })),
  trend: z.array(z.object({ period: z.string(), totals: TotalsForm, rates: Rates })),
  byObject: ByKey,
  byProblem: ByKey,
  byMerchant: z.array(
    z.object({ merchantId: z.string(), name: z.string().nullable(), totals: TotalsForm, rates: Rates }),
  ),
  completeness: Completeness,
  generatedAt: Time,
});

const status = z.enum(['active', 'revoked', 'quarantined']);
const Fleet = z.object({
  stations: z.array(
    z.object({
      deviceId: z.string(),
      name: z.string(),
      code: z.string(),
      unitPath: z.string(),
      unitName: z.string(),
      status,
      enrolledAt: Time,
      lastSeenAt: Time.nullable(),
      lastPushedAt: Time.nullable(),
      silent: z.boolean(),
      events: Count,
      refused: Count,
      feedLag: Count.nullable(),
      report: StationReport.omit({ deviceTime: true, resync: true })
        .extend({ at: Time, clockOffsetMs: z.number() })
        .nullable(),
      resync: z
        .object({
          askedAt: z.string(),
          askedBy: z.string(),
          reason: z.string(),
          result: ResyncResult.omit({ asked: true }).nullable(),
        })
        .nullable(),
    }),
  ),
  completeness: z.object({ workstations: Count, reported: Count }),
  generatedAt: Time,
});

export const centralAnswers = {
  health: z.object({ ok: z.literal(true), release: z.string(), centreTime: Time }),
  enrol: z.object({
    deviceId: z.string(),
    deviceCode: z.string(),
    unitPath: z.string(),
    centreName: z.string(),
    centreTime: Time,
  }),
  challenge: z.object({ challenge: z.string() }),
  session: z.object({ token: z.string(), expiresInSeconds: Count, centreTime: Time }),
  push: z.object({
    receipts: z.array(
      z.object({
        id: z.string(),
        deviceSequence: z.int(),
        status: z.enum(['accepted', 'rejected', 'unknown']),
        refusal: Refusal.exactOptional(),
      }),
    ),
    runs: z.array(z.object({ from: z.int(), to: z.int(), feedPosition: z.int() })).exactOptional(),
    head: Head,
    centreTime: Time,
  }),
  feed: z.object({
    items: z.array(Item),
    bare: z
      .array(
        z.object({
          position: z.int(),
          hash: z.string(),
          id: z.string(),
          stream: z.object({ kind: OpenName, id: z.string() }),
        }),
      )
      .exactOptional(),
    back: z.array(Item).exactOptional(),
    head: FeedHead,
    archive: Count.exactOptional(),
    deviceHead: Head.exactOptional(),
    epoch: z.string().exactOptional(),
    knows: z.string().exactOptional(),
    centreTime: Time,
  }),
  snapshot: z.object({
    head: FeedHead,
    streams: z.array(z.object({ kind: OpenName, id: z.string(), state: z.string(), updatedAt: z.string() })),
    next: Count.nullable(),
    archive: Count.exactOptional(),
    centreTime: Time,
  }),
  archive: {
    list: z.object({
      streams: z.array(z.object({ kind: OpenName, id: z.string() })),
      next: Count,
      centreTime: Time,
    }),
    search: z.object({
      cases: z.array(
        z.object({
          id: z.string(),
          number: z.string(),
          consumerName: z.string(),
          merchantName: z.string(),
          registeredDay: Day,
          closedDay: Day,
          outcome: HistoricalOutcome.nullable(),
        }),
      ),
      more: z.boolean(),
    }),
    open: z.object({ state: z.string(), items: z.array(Item), centreTime: Time }),
  },
  rollup: Rollup,
  report: Ok.extend({ centreTime: Time }),
  fleet: { list: Fleet, resync: Ok },
  presence: z.object({
    others: z.array(
      z.object({
        caseId: z.string(),
        people: z.array(z.object({ staffId: z.string(), name: z.string(), unitName: z.string() })),
      }),
    ),
  }),
  repeats: {
    key: z.object({ key: z.base64() }),
    ask: z.object({
      cases: z.array(
        z.object({
          unitName: z.string(),
          day: Day,
          object: z.string(),
          sameMerchant: z.boolean().nullable(),
          outcome: z.enum(REPEAT_OUTCOMES),
        }),
      ),
      facts: z.object({
        cases: Count,
        merchants: Count,
        claimedFen: Count,
        returns: Count,
        days: Count,
      }),
    }),
  },
  numbers: {
    lease: z.object({
      lease: z.object({ year: z.int(), pattern: NumberPattern, first: z.int(), last: z.int() }).nullable(),
    }),
    tell: z.object({
      recorded: z.array(z.object({ year: z.int(), pattern: NumberPattern, first: z.int(), last: z.int() })),
      clashes: z.array(
        z.object({
          year: z.int(),
          first: z.int(),
          last: z.int(),
          holders: z.array(z.string()),
          printed: z.array(NumberRange),
        }),
      ),
    }),
    return: Ok,
  },
  admin: {
    createUnits: z.object({ created: Count, existing: Count }),
    addStaff: z.object({ ids: z.array(z.string()) }),
    units: z.object({
      units: z.array(
        z.object({ ...rollupUnit, disputePoint: z.boolean(), workstations: Count, staff: Count }),
      ),
    }),
    staff: z.object({
      staff: z.array(
        z.object({
          staffId: z.string(),
          name: z.string(),
          role: Role,
          unitPath: z.string(),
          active: z.boolean(),
        }),
      ),
    }),
    assignStaff: Ok,
    deactivateStaff: Ok,
    setPassword: Ok,
    createCodes: z.object({
      codes: z.array(z.object({ unitPath: z.string(), code: z.string(), expiresAt: Time })),
    }),
    revoke: Ok,
    fleet: Fleet,
    resync: Ok,
    devices: z.object({
      devices: z.array(
        z.object({
          deviceId: z.string(),
          name: z.string(),
          unitPath: z.string(),
          code: z.string(),
          enrolledAt: Time,
          lastSeenAt: Time.nullable(),
          lastPushedAt: Time.nullable(),
          events: Count,
          rejected: Count,
          status,
        }),
      ),
    }),
    rollup: Rollup,
    setNumberPattern: Ok,
    numberAccount: z.object({
      unitPath: z.string(),
      year: z.int(),
      last: Count,
      issued: Count,
      refused: Count,
      voided: Count,
      held: Count,
      workstations: z.array(
        z.object({
          deviceId: z.string(),
          code: z.string(),
          revoked: z.boolean(),
          leased: Ranges,
          issued: Ranges,
          voided: Ranges,
          held: Ranges,
        }),
      ),
      problems: z.array(
        z.object({
          kind: z.enum(['not-leased', 'issued-not-leased', 'issued-twice', 'issued-and-voided']),
          first: z.int(),
          last: z.int(),
        }),
      ),
    }),
    publishProcedure: z.object({
      unitPath: z.string(),
      version: z.int(),
      published: z.boolean(),
      comparedWith: z.int(),
      changes: z.array(
        z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() }),
      ),
      units: Count,
    }),
    procedures: z.object({
      unitPath: z.string(),
      day: Day,
      versions: z.array(
        z.object({
          version: z.int(),
          status: z.enum(['in-force', 'to-come', 'past', 'replaced']),
          publishedAt: z.string().nullable(),
          replacedBy: z.int().nullable(),
          procedure: Procedure,
        }),
      ),
      calendarYears: z.array(
        z.object({
          year: z.int(),
          daysOff: Count,
          makeUpDays: Count,
          source: z.string(),
          importedAt: z.string().nullable(),
          before: z.array(z.object({ source: z.string(), importedAt: z.string() })),
        }),
      ),
    }),
    importCalendarYear: z.object({
      unitPath: z.string(),
      year: z.int(),
      daysOff: Count,
      makeUpDays: Count,
      source: z.string(),
      replaced: z.string().nullable(),
      units: Count,
    }),
    verify: z.object({
      invariants: z.array(
        z.object({ name: z.string(), checked: Count, broken: Count, examples: z.array(z.string()) }),
      ),
    }),
  },
} satisfies Answers<typeof centralContract, Outputs>;
