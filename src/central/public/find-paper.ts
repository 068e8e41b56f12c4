import { sql } from 'kysely';
import { type CaseState, runningDeadline } from '../../domain/case/index.ts';
import { type DocumentKind, documentSchemas, plainNumber, verdictOn } from '../../domain/document/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { type MerchantState, publicCodeOf, readCardNumber } from '../../domain/merchant/index.ts';
import {
  type CardView,
  cardView,
  type CaseView,
  caseView,
  isConsumersPaper,
  type RestorationView,
  restorationView,
  type ReturnView,
  returnView,
} from '../../domain/public/index.ts';
import type { RestorationState } from '../../domain/restoration/index.ts';
import { decisionDue, type ReturnState } from '../../domain/return/index.ts';
import { maskText } from '../../domain/kernel/text/index.ts';
import { cardCode } from '../../protocol/card-code.ts';
import type { Finding } from './find-shop.ts';
import { Trouble } from './trouble.ts';

/** A paper whose number and code agree with what is on record. */
export type FoundPaper =
  | {
      kind: 'document';
      document: DocumentKind;
      number: string;
      issuedOn: string;
      unitName: string;
      signed: boolean;
      /** Of a paper that went to the consumer alone. */
      case: CaseView | null;
      caseId: string;
    }
  | { kind: 'return'; number: string; return: ReturnView }
  | { kind: 'restoration'; number: string; restoration: RestorationView }
  | { kind: 'card'; number: string; merchant: string; publicCode: string | null; card: CardView };

/** Papers of one number, over all units: their patterns may be alike. */
const ALIKE = 20;

/** A paper by the number and code printed on it. @throws Trouble: unknown, or its code differs */
export async function findPaper(finding: Finding, number: string, code: string): Promise<FoundPaper> {
  const plain = plainNumber(number);
  const card = readCardNumber(plain);
  return card ? findCard(finding, card, code) : findDocument(finding, plain, code);
}

async function findDocument(finding: Finding, plain: string, code: string): Promise<FoundPaper> {
  const { database, units } = finding;
  const { rows } = await sql<{ payload: string; caseId: string; state: string }>`
    SELECT event.payload, event.stream_id AS "caseId", stream.state FROM number_issued AS issued
    JOIN event ON event.id = issued.event_id AND event.status = 'accepted'
    JOIN stream ON stream.kind = event.stream_kind AND stream.id = event.stream_id AND stream.state IS NOT NULL
    WHERE plain_number(issued.number) = ${plain} ORDER BY event.position LIMIT ${ALIKE}`.execute(database);
  const known = rows.flatMap(({ payload, caseId, state }) => {
    const read = documentSchemas['document-issued@1'].safeParse(JSON.parse(payload));
    return read.success ? [{ issued: read.data, caseId, state }] : [];
  });
  const found = known.find(({ issued }) => verdictOn(code, issued.code) === 'agrees');
  if (!found && known.length === 0) return findReturn(finding, plain, code);
  if (!found) throw new Trouble('paper-code-differs');
  const { issued, caseId } = found;
  const state = JSON.parse(found.state) as CaseState;
  const document = state.documents?.find(({ documentId }) => documentId === issued.documentId);
  const nameOf = async (path: string | undefined): Promise<string> =>
    path === undefined ? '' : ((await units.find(path, database))?.name ?? '');
  const { levelOf, partyOf } = units;
  const deadline = runningDeadline(state, { rules: units.rules(), levelOf, partyOf });
  return {
    kind: 'document',
    document: issued.kind,
    number: issued.number,
    issuedOn: issued.issuedOn,
    unitName: await nameOf(document?.unitPath),
    signed: document?.signed != null,
    case: isConsumersPaper(issued.kind) ? caseView(state, deadline, await nameOf(state.handlingPath)) : null,
    caseId,
  };
}

/** A return has no paper: its number and code were told to the consumer. */
async function findReturn({ database, units }: Finding, plain: string, code: string): Promise<FoundPaper> {
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM stream WHERE kind = 'return' AND return_code(id) = ${figuresOf(code)}
      AND state IS NOT NULL LIMIT ${ALIKE}`.execute(database);
  const state = rows
    .map((row) => JSON.parse(row.state) as ReturnState)
    .find(({ number }) => plainNumber(number) === plain);
  if (!state) return findRestoration({ database, units }, plain, code);
  const unit = await units.find(state.unitPath, database);
  const due = decisionDue(state, units.rules());
  return {
    kind: 'return',
    number: state.number,
    return: returnView(state, due?.dueAt ?? null, unit?.name ?? ''),
  };
}

const figuresOf = (code: string): string => code.toUpperCase().replaceAll(/[^0-9A-F]/g, '');

/** An application for credit repair, by its own number or that of one of its commitment letters. */
async function findRestoration(
  { database, units }: Pick<Finding, 'database' | 'units'>,
  plain: string,
  code: string,
): Promise<FoundPaper> {
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM stream WHERE kind = 'restoration' AND restoration_code(id) = ${figuresOf(code)}
      AND state IS NOT NULL LIMIT ${ALIKE}`.execute(database);
  const state = rows
    .map((row) => JSON.parse(row.state) as RestorationState)
    .find(({ number, matters }) =>
      [number, ...matters.map((_, place) => `${number}-${place + 1}`)].some(
        (one) => plainNumber(one) === plain,
      ),
    );
  if (!state) throw new Trouble('paper-unknown');
  const paths = [state.windowPath, ...state.asks.map(({ departmentPath }) => departmentPath)];
  const names = new Map<string, string>();
  for (const path of paths) names.set(path, (await units.find(path, database))?.name ?? '');
  const nameOf = (path: string): string => names.get(path) ?? '';
  return {
    kind: 'restoration',
    number: state.number,
    restoration: restorationView(state, units.rules(), nameOf),
  };
}

async function findCard(
  { database, clock }: Finding,
  { idEnd, version }: { idEnd: string; version: number },
  code: string,
): Promise<FoundPaper> {
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM stream WHERE kind = 'merchant' AND right(replace(id, '-', ''), 12) = ${idEnd}
      AND state IS NOT NULL LIMIT ${ALIKE}`.execute(database);
  const known = rows.flatMap(({ state }) => {
    const merchant = JSON.parse(state) as MerchantState;
    const commitment = merchant.commitments.find((one) => one.version === version);
    return commitment ? [{ merchant, commitment, known: cardCode(merchant.id, commitment) }] : [];
  });
  const found = known.find((one) => verdictOn(code, one.known.code) === 'agrees');
  if (!found) throw new Trouble(known.length === 0 ? 'paper-unknown' : 'paper-code-differs');
  const today = businessDay(clock().toISOString());
  return {
    kind: 'card',
    number: found.known.number,
    merchant: maskText(found.merchant.name),
    publicCode: publicCodeOf(found.merchant),
    card: cardView(found.commitment, true, today),
  };
}
