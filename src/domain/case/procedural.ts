import type { Refusal } from '../kernel/event/ruling.ts';
import { entriesOf, type Procedure } from '../procedure/index.ts';
import type { CasePayload } from './events.ts';

type List = Parameters<typeof entriesOf>[1];

/** The rule a code breaks under a procedure, or null: it is on the list and not retired. */
function codeRule(procedure: Procedure, list: List, code: string, field: string): Refusal | null {
  const entry = entriesOf(procedure, list).find((one) => one.code === code);
  if (entry?.active) return null;
  return { rule: entry ? 'procedure-code-retired' : 'procedure-code-unknown', field, parameters: { code } };
}

/** The rule a registration breaks under the procedure it names, or null. `day` is the day it is made. */
export function registrationRule(
  procedure: Procedure | undefined,
  payload: CasePayload<'case-registered'>,
  day: string,
): Refusal | null {
  const version = payload.procedure ?? 1;
  if (!procedure) return { rule: 'procedure-unknown', field: 'procedure', parameters: { version } };
  if (procedure.effectiveFrom > day)
    return {
      rule: 'procedure-not-in-force',
      field: 'procedure',
      parameters: { version, day: procedure.effectiveFrom },
    };
  const { category, claims } = payload;
  return (
    codeRule(procedure, 'object', category.object, 'category.object') ??
    codeRule(procedure, 'problem', category.problem, 'category.problem') ??
    claimsRule(procedure, claims)
  );
}

const claimsRule = (procedure: Procedure, claims: readonly string[]): Refusal | null =>
  claims.reduce<Refusal | null>(
    (found, claim, index) => found ?? codeRule(procedure, 'claim', claim, `claims.${index}`),
    null,
  );

/** What of a step's payload the procedure has a say in. */
type Ruled =
  | { key: 'case-refused@1'; payload: CasePayload<'case-refused'> }
  | { key: 'mediation-terminated@1'; payload: CasePayload<'mediation-terminated'> }
  | { key: 'case-corrected@1' | 'case-corrected@2'; payload: CasePayload<'case-corrected'> };

/** The rule a step breaks under the procedure that its case began under, or null. */
export function proceduralRule(
  procedure: Procedure | undefined,
  read: Ruled | { key: string },
): Refusal | null {
  // A version that is not known here cannot judge; whoever recorded the fact had it.
  if (!procedure) return null;
  const ruled = read as Ruled;
  switch (ruled.key) {
    case 'case-refused@1':
      return codeRule(procedure, 'refusalGrounds', ruled.payload.ground, 'ground');
    case 'mediation-terminated@1':
      return codeRule(procedure, 'terminationGrounds', ruled.payload.ground, 'ground');
    case 'case-corrected@1':
    case 'case-corrected@2': {
      const { object, problem, claims = [] } = ruled.payload;
      return (
        claimsRule(procedure, claims) ??
        (object === undefined ? null : codeRule(procedure, 'object', object, 'object')) ??
        (problem === undefined ? null : codeRule(procedure, 'problem', problem, 'problem'))
      );
    }
    default:
      return null;
  }
}
