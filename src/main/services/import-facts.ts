import { createHash } from 'node:crypto';
import { covers } from '../../domain/org/unit.ts';
import type { AcceptedRow } from '../import/verdict.ts';
import type { Directory, NewFact } from '../store/index.ts';

/** Everything of one accepted row that is saved together, and the stream it makes. */
export type ImportFacts = { streamId: string; facts: NewFact[] };

/**
 * A UUID (version 8 layout) from the row's identity and the unit: importing the same file again names the same
 * streams, so that nothing is doubled.
 */
function idOf(unitPath: string, row: AcceptedRow, part: string): string {
  const bytes = createHash('sha256').update(`${unitPath}\n${row.kind}\n${row.identity}\n${part}`).digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

export type ImportTarget = { unitPath: string; source: string; today: string; directory: Directory };

/** The facts of one accepted row. `number` is drawn for cases whose register gave none. */
export function factsOfRow(row: AcceptedRow, target: ImportTarget, number: string): ImportFacts {
  const streamId = idOf(target.unitPath, row, 'stream');
  return row.kind === 'complaint'
    ? { streamId, facts: [complaintFact(streamId, row.complaint, target, number)] }
    : { streamId, facts: merchantFacts(streamId, row, target) };
}

function complaintFact(
  id: string,
  complaint: Extract<AcceptedRow, { kind: 'complaint' }>['complaint'],
  target: ImportTarget,
  number: string,
): NewFact {
  return {
    stream: { kind: 'case', id },
    type: 'case-imported',
    version: 1,
    payload: {
      number: complaint.externalNumber ?? number,
      source: target.source,
      consumerName: complaint.consumerName,
      consumerPhone: complaint.consumerPhone,
      merchantName: complaint.merchantName,
      merchantAddress: complaint.merchantAddress,
      category: { object: complaint.object, problem: complaint.problem },
      startedOn: complaint.startedOn,
      closedOn: complaint.closedOn,
      outcome: complaint.outcome,
      originalResult: complaint.originalResult,
      satisfaction: complaint.satisfaction,
      restitutionFen: complaint.restitutionFen,
    },
  };
}

function merchantFacts(
  id: string,
  row: Extract<AcceptedRow, { kind: 'merchant' }>,
  target: ImportTarget,
): NewFact[] {
  const { unitName, commitmentWindowDays, ...fields } = row.merchant;
  const stream = { kind: 'merchant' as const, id };
  const named = target.directory
    .all()
    .find((unit) => unit.name === unitName && covers(target.unitPath, unit.path));
  const facts: NewFact[] = [
    {
      stream,
      type: 'merchant-registered',
      version: 1,
      payload: { ...fields, unitPath: named?.path ?? target.unitPath, invented: false },
    },
  ];
  if (commitmentWindowDays !== null) {
    facts.push({
      stream,
      type: 'commitment-made',
      version: 1,
      payload: {
        commitmentId: idOf(target.unitPath, row, 'commitment'),
        windowDays: commitmentWindowDays,
        windowStartsNextDay: true,
        excludedGoods: [],
        effectiveFrom: target.today,
        note: null,
      },
    });
  }
  return facts;
}
