import { HomeOutlined } from '@ant-design/icons';
import { createElement, useMemo } from 'react';
import type { Capability } from '../../domain/organisation/index.ts';
import type { CommandEntry, NavigationEntry } from '../kernel/kit/manifest.ts';
import { MANIFESTS } from '../manifests.ts';
import { useSession } from '../kernel/app/session.ts';

/** Where the day begins for who has neither a shop's page nor today's cases: what they may open, and what to do when that is nothing. */
const START: NavigationEntry = {
  path: 'start',
  label: (t) => t('common:start.title'),
  icon: createElement(HomeOutlined),
};

const COMMANDS: readonly CommandEntry[] = MANIFESTS.flatMap(({ commands = [] }) => commands);
const NAVIGATION: readonly NavigationEntry[] = MANIFESTS.flatMap(({ navigation }) => navigation ?? []);

/** The page on which the day of a person with these capabilities begins: one that they may see. */
export function homeOf(capabilities: readonly Capability[]): string {
  if (capabilities.includes('shop.manage')) return 'shop';
  return capabilities.includes('case.read') ? 'today' : START.path;
}

/** What the signed-in person can begin from anywhere, in the order of the rooms. */
export function useCommands(): CommandEntry[] {
  const { capabilities } = useSession().staff;
  // The same list from one rendering to the next: shortcuts listen by it.
  return useMemo(
    () => COMMANDS.filter(({ permission }) => capabilities.includes(permission)),
    [capabilities],
  );
}

/** The pages that the signed-in person is led to, in the order of the rooms. */
export function useNavigation(): NavigationEntry[] {
  const { staff } = useSession();
  const rooms = NAVIGATION.filter(
    ({ permission }) => permission === undefined || staff.capabilities.includes(permission),
  );
  return homeOf(staff.capabilities) === START.path ? [START, ...rooms] : rooms;
}
