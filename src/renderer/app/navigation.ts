import type { CommandEntry, NavigationEntry } from '../kernel/kit/manifest.ts';
import { MANIFESTS } from '../manifests.ts';
import { useSession } from '../kernel/app/session.ts';

/** What can be begun from anywhere, in the order of the rooms. */
export const COMMANDS: readonly CommandEntry[] = MANIFESTS.flatMap(({ commands = [] }) => commands);

const NAVIGATION: readonly NavigationEntry[] = MANIFESTS.flatMap(({ navigation }) => navigation ?? []);

/** The pages that the signed-in person is led to, in the order of the rooms. */
export function useNavigation(): NavigationEntry[] {
  const { staff } = useSession();
  return NAVIGATION.filter(
    ({ permission }) => permission === undefined || staff.capabilities.includes(permission),
  );
}
