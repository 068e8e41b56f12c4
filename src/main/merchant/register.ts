import { sql } from 'kysely';
import { likelyDuplicates, type LikelyPair } from '../../domain/merchant/duplicates.ts';
import { refusalOfOpenCases } from '../../domain/merchant/register.ts';
import { command, requireSame } from '../kernel/command.ts';
import { loadStates, RuleRefused, type Reader, type Writer } from '../kernel/store/index.ts';
import { familiesOf, familyOf } from './family.ts';

/** The entry of which the person saw this revision, with the id of the fact that their form records. */
type Seen = { id: string; revision: number; eventId?: string | undefined };

/** Open cases of merchants, each counted with the entries that are merged into it. */
export async function openCasesOf(
  from: Reader | Writer,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    SELECT family.root AS id, count(*) AS count FROM ${familiesOf(ids)} AS family
    JOIN case_row ON case_row.merchant_id = family.id WHERE case_row.open = 1
    GROUP BY family.root`.execute(from);
  return new Map(rows.map((row) => [row.id, row.count]));
}

/** The entries that are merged into one, at first or second hand. */
export async function absorbedBy(
  from: Reader,
  id: string,
): Promise<{ id: string; name: string; unitPath: string; mergedInto: string }[]> {
  const { rows } = await sql<{ id: string; name: string; unitPath: string; mergedInto: string }>`
    SELECT id, name, unit_path AS "unitPath", merged_into AS "mergedInto" FROM merchant_row
    WHERE id IN ${familyOf(id)} AND id <> ${id} ORDER BY name, row`.execute(from);
  return rows;
}

/**
 * Records that one entry of the register is the same merchant as another, which stays. Nothing of either is changed: what
 * happened under the one that goes is shown under the one that stays, until the merge is undone.
 */
export const mergeMerchant = command({
  context: async (writer, _call, { id, intoId }: Seen & { intoId: string }) => {
    const into = (await loadStates(writer, [{ kind: 'merchant', id: intoId }])).get(`merchant:${intoId}`);
    const open = await openCasesOf(writer, [id, intoId]);
    // Of an entry and itself the cases are the same ones: the domain has the better word.
    const refusal = id === intoId ? null : refusalOfOpenCases(open.get(id) ?? 0, open.get(intoId) ?? 0);
    if (refusal !== null) throw new RuleRefused(refusal);
    if (into?.kind !== 'merchant') throw new RuleRefused({ rule: 'merchant-missing', field: 'intoId' });
    return { intoName: into.state.name };
  },
  decide: ({ id, revision, eventId, intoId }, { intoName }) => ({
    facts: [
      {
        ...(eventId === undefined ? {} : { id: eventId }),
        stream: { kind: 'merchant', id },
        type: 'merchant-merged',
        version: 1,
        payload: { intoId, intoName },
        expectedRevision: revision,
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => (eventId === undefined ? null : { event: eventId }),
    again: ({ stream, type, payload }, { id, intoId }) => {
      const { intoId: before } = payload as { intoId?: string };
      requireSame([stream.id, type, before], [id, 'merchant-merged', intoId]);
    },
  },
});

/** Two entries that may be one merchant, and why. */
export async function duplicates(from: Reader): Promise<LikelyPair[]> {
  const { rows } = await sql<{
    id: string;
    name: string;
    creditCode: string | null;
    unitPath: string;
    aliases: string;
  }>`
    SELECT id, name, credit_code AS "creditCode", unit_path AS "unitPath", aliases FROM merchant_row
    WHERE merged_into IS NULL ORDER BY row`.execute(from);
  return likelyDuplicates(rows.map((row) => ({ ...row, aliases: JSON.parse(row.aliases) as string[] })));
}
