import { createHash } from 'node:crypto';
import { identityVersion } from '../../domain/merchant/index.ts';
import { covers, inHierarchy } from '../../domain/organisation/index.ts';
import type { RosterMerchant } from './reading/judge-merchant.ts';
import type { AcceptedRow } from './reading/verdict.ts';
import type { Directory, NewFact } from '../kernel/store/index.ts';

/** What `case-imported` holds of a file's name. */
const SOURCE_LENGTH = 120;

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

/** Where rows go; `scope` is the importing person's own unit, below which a roster's malls are looked for. */
export type ImportTarget = {
  unitPath: string;
  scope: string;
  /** The name of the file. */
  source: string;
  /** `YYYY-MM-DD`; commitments of a roster hold from this day. */
  today: string;
  directory: Pick<Directory, 'all'>;
};

/** A record that an import made. */
export type ImportedStream = { kind: 'case' | 'merchant' | 'return'; id: string };

/** The stream that a row makes at a unit. */
export function streamIdOf(row: AcceptedRow, unitPath: string): string {
  return idOf(unitPath, row, 'stream');
}

/** The unit of scope with the name that the roster gives; the chosen unit when none, or more than one, has it. */
export function merchantUnit({ unitName }: RosterMerchant, target: ImportTarget): string {
  if (unitName === null) return target.unitPath;
  const named = target.directory
    .all()
    .filter((unit) => inHierarchy(unit) && unit.name === unitName && covers(target.scope, unit.path));
  return named.length === 1 ? (named[0]?.path ?? target.unitPath) : target.unitPath;
}

/** A row of a register or a roster; a till's line is judged by its merchant's promise before it becomes facts. */
export type FiledRow = Exclude<AcceptedRow, { kind: 'return' }>;

/** The facts of one accepted row, saved together. `drawn` gives a number for a case whose register gave none. */
export function factsOfRow(row: FiledRow, target: ImportTarget, drawn: () => string): NewFact[] {
  const streamId = streamIdOf(row, target.unitPath);
  return row.kind === 'complaint'
    ? [complaintFact(streamId, row.complaint, target, drawn)]
    : merchantFacts(streamId, row, target);
}

function complaintFact(
  id: string,
  complaint: Extract<AcceptedRow, { kind: 'complaint' }>['complaint'],
  target: ImportTarget,
  drawn: () => string,
): NewFact {
  return {
    stream: { kind: 'case', id },
    type: 'case-imported',
    version: 1,
    payload: {
      number: complaint.externalNumber ?? drawn(),
      source: target.source.slice(0, SOURCE_LENGTH).trim(),
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
  const {
    unitName: _unitName,
    toldCategory: _toldCategory,
    commitmentWindowDays,
    aliases,
    ...fields
  } = row.merchant;
  const stream = { kind: 'merchant' as const, id };
  const facts: NewFact[] = [
    {
      stream,
      type: 'merchant-registered',
      version: identityVersion(fields),
      payload: {
        ...fields,
        unitPath: merchantUnit(row.merchant, target),
        invented: false,
        ...(aliases.length === 0 ? {} : { aliases }),
      },
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
