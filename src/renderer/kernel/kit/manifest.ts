import type { i18n } from 'i18next';
import { createElement, lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import type { Settings } from '../../../contract/workstation/settings.ts';
import type { SessionState } from '../../../contract/workstation/session.ts';
import type { StreamKind } from '../../../domain/streams.ts';
import type { Capability } from '../../../domain/organisation/index.ts';

export type Language = Settings['language'];
/**
 * A room's words by language and namespace; both languages have the same keys by type. Its own namespace is nobody else's; in
 * `rules` every room puts words for the codes of its own rules.
 */
export type RoomWords = Record<Language, Record<string, object>>;

type Label = (t: i18n['t']) => string;

/** A page under the path `path` of the address. */
export type PageEntry = { path: string; element: ReactNode };

/** A page that navigation and Ctrl+K lead to. */
export type NavigationEntry = {
  /** The first part of the address, under which the entry counts as chosen. */
  path: string;
  label: Label;
  /** Shown in the navigation at the left; without an icon the page is found by Ctrl+K only. */
  icon?: ReactNode;
  /** What the entry has to tell beside its name, such as a count. */
  sign?: ReactNode;
  /** Whom it is shown to; everybody without one. The workstation itself refuses what a person may not see. */
  permission?: Capability;
};

/** Something to begin: found by Ctrl+K before the pages, and begun by its keys from anywhere. */
export type CommandEntry = {
  path: string;
  label: Label;
  /** Pressed with Ctrl or Alt; `code` is the key's place, as keyboards type different letters there. */
  shortcut: { code: string; shift: boolean };
  /** The keys in words: browsers keep some of Electron's to themselves. */
  keys: (t: i18n['t'], host: SessionState['host']) => string;
  /** Who may begin it. */
  permission: Capability;
};

/** All that a room brings to the screen. The router, the navigation, Ctrl+K, the shortcuts and the words are made of these. */
export type Manifest = {
  words: readonly RoomWords[];
  pages?: readonly PageEntry[];
  navigation?: NavigationEntry;
  commands?: readonly CommandEntry[];
  /** The page of each kind of record the room shows, by the record's id. */
  records?: Partial<Record<StreamKind, (id: string) => string>>;
};

/** A page whose code comes when it is first opened. */
export function later(load: () => Promise<ComponentType>): ReactNode {
  const Page = lazy(async () => ({ default: await load() }));
  return createElement(Suspense, { fallback: null }, createElement(Page));
}
