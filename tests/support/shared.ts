/** Something that several projects of one run use: how many do, and how the last one ends it. */
type Shared = { users: number; end: Promise<() => Promise<void>> };

// Each project loads its setup files anew, so that a variable of this module would be one for each.
declare global {
  var heshiShared: Map<string, Shared> | undefined;
}

/**
 * Starts what all projects of a run share, when the first of them is set up, and ends it with the last.
 * Resolves to what that project calls when it is over.
 */
export async function shared(
  name: string,
  start: () => Promise<() => Promise<void>>,
): Promise<() => Promise<void>> {
  const all = (globalThis.heshiShared ??= new Map());
  const one = all.get(name) ?? { users: 0, end: start() };
  all.set(name, one);
  one.users += 1;
  const end = await one.end;
  return async () => {
    one.users -= 1;
    if (one.users > 0) return;
    all.delete(name);
    await end();
  };
}
