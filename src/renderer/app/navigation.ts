import type { CommandEntry, NavigationEntry } from '../kit/manifest.ts';
import { MANIFESTS } from '../routes/manifests.ts';
import { useSession } from './session-gate.tsx';

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
