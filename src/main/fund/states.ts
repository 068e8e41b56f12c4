import { storedState, type AnyState, type StateOf } from '../../domain/streams.ts';
import type { Reader } from '../kernel/store/index.ts';

type Kind = 'fund' | 'insurance';

/** All records of a kind that this workstation has. */
export async function statesOf<Of extends Kind>(read: Reader, kind: Of): Promise<StateOf[Of][]> {
  const rows = await read.selectFrom('stream').select('state').where('kind', '=', kind).execute();
  return rows.flatMap(({ state }) => {
    const found: AnyState | undefined = storedState(kind, state);
    // Its kind was asked for by name, which TypeScript does not follow through the union.
    return found?.kind === kind ? [found.state as StateOf[Of]] : [];
  });
}
