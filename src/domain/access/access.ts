import { z } from 'zod';
import { OpenName, type Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { parentPath } from '../organisation/index.ts';

/** Revealed what is masked, opened what cannot be, had it printed, or taken along as a file. */
export const AccessAction = z.enum(['reveal', 'read', 'print', 'export']);
export type AccessAction = z.infer<typeof AccessAction>;

export const accessSchemas = {
  /** One look at personal data. Who it was, where and when, the fact itself says. */
  'access-made@1': z.object({
    action: AccessAction,
    /** A record by its kind and id, or a view by the room it is of and its name. */
    record: z.object({ kind: OpenName, id: z.string().min(1).max(600) }),
    /** What people know the record by, such as its number. */
    title: z.string().max(160).nullable(),
    /** Which paper, or which view under which filters. */
    what: z.string().max(800).nullable(),
    /** What the person said it was for, where that is asked. */
    reason: z.string().max(200).nullable(),
  }),
};
export type AccessMade = z.infer<(typeof accessSchemas)['access-made@1']>;

export type AccessState = AccessMade & {
  id: string;
  unitPath: string;
  at: string;
  by: { staffId: string; name: string; role: string };
};

/** One fact is all there is of an access: nothing changes it. */
export function applyAccess(state: AccessState | undefined, fact: Fact): Ruling<AccessState> {
  const read = readPayload(accessSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (state) return illegal('access-exists');
  const { staffId, name, role } = fact.actor;
  return legal({
    ...read.payload,
    id: fact.stream.id,
    unitPath: fact.unitPath,
    at: fact.at,
    by: { staffId, name, role },
  });
}

/** Known where it was made, and to the unit right above, which supervises it; to no other below that. */
export function accessSight({ unitPath }: Pick<AccessState, 'unitPath'>): string[] {
  const above = parentPath(unitPath);
  return above === null ? [unitPath] : [unitPath, above];
}
