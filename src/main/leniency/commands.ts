import type { DecideLeniency, LeniencyAction } from '../../contract/workstation/leniency.ts';
import {
  conditionsOf,
  leniencyIdOf,
  leniencyOn,
  type LeniencyPayload,
  othersOf,
  penaltiesToLookAt,
  refusalOfVerdict,
  type Verdict,
} from '../../domain/leniency/index.ts';
import { command, requireSame, stepCommand } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import { todayOf } from '../kernel/parts.ts';
import { loadState, RuleRefused } from '../kernel/store/index.ts';
import { sanctionsOf } from '../sanction/index.ts';

/**
 * Decides a violation by leniency, or refuses it. @throws RULE naming the condition that is not met, or a penalty that is known here and was
 * not looked at
 */
export const decideLeniency = command({
  context: async (writer, { workstation }, { merchantId, item, lenient, ...answers }: DecideLeniency) => {
    const merchant = await loadState(writer, 'merchant', merchantId);
    if (!merchant)
      throw serviceError('INPUT_INVALID', { issues: [{ field: 'merchantId', rule: 'merchant-missing' }] });
    const settings = leniencyOn(todayOf(workstation));
    const known = penaltiesToLookAt(
      await loadState(writer, 'credit', merchantId),
      await sanctionsOf(writer, merchantId),
      answers.violatedOn,
      settings.period.months,
    );
    const missed = known.find(({ id }) => !answers.lookedAt.some((one) => one.id === id));
    if (missed)
      throw new RuleRefused({
        rule: 'leniency-record-missed',
        field: 'lookedAt',
        parameters: { number: missed.text },
      });
    // What lies beyond the period says nothing.
    const lookedAt = answers.lookedAt.filter(({ id }) => known.some((one) => one.id === id));
    const before = await loadState(writer, 'leniency', leniencyIdOf(merchantId, item));
    const found = conditionsOf(answers, othersOf(before, { lookedAt }), settings);
    const wanted: Verdict = lenient
      ? found.verdict === 'refused'
        ? 'may-be-unpunished'
        : found.verdict
      : 'refused';
    const refusal = refusalOfVerdict(wanted, found);
    if (refusal) throw new RuleRefused(refusal);
    return {
      lookedAt,
      verdict: wanted,
      number: lenient ? answers.number : null,
      merchantName: merchant.name,
      merchantPath: merchant.unitPath,
    };
  },
  decide: ({ eventId, lenient: _lenient, ...typed }, found) => ({
    facts: [
      {
        id: eventId,
        stream: { kind: 'leniency', id: leniencyIdOf(typed.merchantId, typed.item) },
        type: 'leniency-decided',
        version: 1,
        payload: { ...typed, ...found, decisionId: eventId },
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ stream, payload }, { merchantId, item, violatedOn, facts, lenient }) => {
      const recorded = payload as LeniencyPayload<'leniency-decided@1'>;
      requireSame(
        [stream.id, recorded.violatedOn, recorded.facts, recorded.verdict !== 'refused'],
        [leniencyIdOf(merchantId, item), violatedOn, facts, lenient],
      );
    },
  },
});

type Act = { id: string; revision: number; eventId: string; action: LeniencyAction };

/** Education, or that a decision is taken back. */
export const actOnLeniency = stepCommand<Act>('leniency');
