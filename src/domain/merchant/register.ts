import { z } from 'zod';
import { DayText, Id, UnitPath, type Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Refusal, type Ruling } from '../kernel/event/ruling.ts';
import { business } from '../kernel/text/index.ts';
import type { ParsedPayload } from '../kernel/event/schema.ts';
import { covers } from '../organisation/index.ts';

/** What becomes of an entry of the register besides who it is. */
export const registerSchemas = {
  /** On the entry that goes: it is the same merchant as the one that stays. */
  'merchant-merged@1': z.object({ intoId: Id, intoName: z.string().min(1).max(160) }),
  /** On the same entry: it was another merchant after all. */
  'merchant-unmerged@1': z.object({ intoId: Id }),
  /** It trades elsewhere from that day on; what happened before happened where it was. */
  'merchant-moved@1': z.object({
    fromPath: UnitPath,
    toPath: UnitPath,
    movedOn: DayText,
    address: business(z.string().max(300)).nullable(),
  }),
};

/** A unit in which a merchant traded until the day on which it moved on. */
export type EarlierPlace = { unitPath: string; address: string | null; until: string };

/** What a merchant's state says of its entry in the register; absent where nothing ever happened to it. */
export type Registered = {
  unitPath: string;
  address: string | null;
  mergedInto?: { id: string; name: string; at: string };
  /** Oldest first. */
  earlierPlaces?: EarlierPlace[];
};

type Entry = Registered & { id: string };
type Read = Exclude<ParsedPayload<typeof registerSchemas>, { key: 'unknown' | 'invalid' }>;

/** Applies a fact about an entry of the register. What it asks of another entry, of units and of days stands in `admission.ts`. */
export function applyRegister<State extends Entry>(
  state: State,
  read: Read,
  { actor, at }: Pick<Fact, 'actor' | 'at'>,
): Ruling<State> {
  switch (read.key) {
    case 'merchant-merged@1': {
      const { intoId, intoName } = read.payload;
      const refusal = refusalOfMerge(state, intoId);
      if (refusal !== null) return { kind: 'illegal', refusal };
      return legal({ ...state, mergedInto: { id: intoId, name: intoName, at } });
    }
    case 'merchant-unmerged@1': {
      const { mergedInto, ...rest } = state;
      if (mergedInto?.id !== read.payload.intoId) return illegal('merchant-not-merged', 'intoId');
      // Without the one member it is of the same type, which TypeScript does not know of a type parameter.
      return legal(rest as unknown as State);
    }
    case 'merchant-moved@1': {
      const { fromPath, toPath, movedOn, address } = read.payload;
      if (fromPath !== state.unitPath) return illegal('merchant-not-there', 'fromPath');
      if (toPath === fromPath) return illegal('merchant-moved-nowhere', 'toPath');
      if (!covers(actor.unitPath, toPath)) return illegal('outside-scope', 'toPath');
      const places = state.earlierPlaces ?? [];
      const after = places.at(-1)?.until;
      if (after !== undefined && movedOn < after)
        return illegal('merchant-moved-before', 'movedOn', { after });
      return legal({
        ...state,
        unitPath: toPath,
        address,
        earlierPlaces: [...places, { unitPath: fromPath, address: state.address, until: movedOn }],
      });
    }
  }
}

/** Why an entry cannot be merged into another, as far as it can tell by itself; null where it can. */
function refusalOfMerge({ id, mergedInto }: Entry, intoId: string): Refusal | null {
  if (id === intoId) return { rule: 'merge-with-itself', field: 'intoId' };
  return mergedInto === undefined
    ? null
    : { rule: 'merchant-is-merged', field: 'intoId', parameters: { name: mergedInto.name } };
}

/**
 * Why two merchants with cases in dispute are not merged: of an open case it would no longer be plain whom it is against.
 * Only the workstation that records it knows both.
 */
export function refusalOfOpenCases(goes: number, stays: number): Refusal | null {
  return goes > 0 && stays > 0
    ? { rule: 'merge-cases-open', field: 'intoId', parameters: { goes, stays } }
    : null;
}
