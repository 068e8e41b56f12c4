import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  Counted,
  Fault,
  RepairOffer,
  RepairResult,
  RepairState,
  RepairWay,
  RepairWork,
} from '../../contract/workstation/repair.ts';
import { serviceError } from '../kernel/errors.ts';
import {
  asStorageError,
  databaseIn,
  DATA_FAULTS,
  StorageError,
  unmarkDamaged,
} from '../kernel/store/index.ts';
import { GateSealed } from '../kernel/vault/index.ts';
import type { Damaged } from '../kernel/store/salvage.ts';
import { copiesIn, copyIn, listCopies } from './copies.ts';
import { beginAnew, identityIn, makeReadable, readable, repairStore, type RepairParts } from './ways.ts';

/** A workstation whose store does not open: it says what happened and what is safe, and repairs it when told to. */
export type RepairStation = {
  state(): Promise<RepairState>;
  /** @throws RULE repair-not-possible */
  begin(way: RepairWay): Promise<RepairState>;
  /** Tries to open the workstation; false where it still does not. */
  open(): Promise<boolean>;
  /** Waits for what is under way. */
  settled(): Promise<void>;
};

/** What the composition does with the folder beside repairing it. */
export type StationActions = {
  /** True once the folder is this program's alone. */
  ready(): Promise<boolean>;
  reopen(): Promise<boolean>;
  /** Opens the workstation on a folder with what could be read, in which nothing is recorded. */
  openReadOnly(folder: string): Promise<void>;
};

/** Why a store does not open, as the start screen words it. */
export function faultOf(error: unknown): Fault {
  if (error instanceof GateSealed) return 'key-lost';
  const known = asStorageError(error);
  return known instanceof StorageError ? known.code : 'other';
}

function detailOf(error: unknown): string {
  const words: string[] = [];
  for (let one = error; one instanceof Error && words.length < 4; one = one.cause) words.push(one.message);
  return words.join(': ') || String(error);
}

async function count(source: Damaged): Promise<Counted> {
  const counted: Counted = { here: 0, unsent: 0, atCentre: 0 };
  for await (const { rows } of source.rows('event')) {
    counted.here += rows.length;
    counted.unsent += rows.filter(({ origin, status }) => origin === 'local' && status === 'pending').length;
    counted.atCentre += rows.filter(
      ({ status, feed_position: place }) => status === 'accepted' || place !== null,
    ).length;
  }
  return counted;
}

type Looked = { counted: Counted | null; offers: RepairOffer[] };

/** Looks at what there is to repair from; nothing of it changes. */
async function look(parts: RepairParts, fault: Fault): Promise<Looked> {
  const copiesFolder = copiesIn(parts.folder);
  const [copy] = await listCopies(copiesFolder);
  const damaged = await readable(databaseIn(parts.folder), parts);
  const older = copy === undefined ? null : await readable(copyIn(copiesFolder, copy.at), parts);
  try {
    const counted = damaged === null ? null : await count(damaged);
    const { here = 0, unsent = 0 } = counted ?? {};
    const isHere = damaged !== null && (await identityIn(damaged)) !== null;
    const isInCopy = older !== null && (await identityIn(older)) !== null;
    // Room, rights and releases are not mended by another database.
    const helps = fault === 'other' || fault === 'key-lost' || DATA_FAULTS.has(fault);
    const offer = (way: RepairWay, possible: boolean, facts: number, waiting: number): RepairOffer => ({
      way,
      possible: helps && possible,
      facts,
      unsent: waiting,
      at: way === 'copy' && copy !== undefined ? copy.at : null,
    });
    const waiting = Math.max(unsent, copy?.unsent ?? 0);
    return {
      counted,
      offers: [
        offer('facts', isHere && here > 0, here, unsent),
        offer('copy', isInCopy, copy?.facts ?? 0, waiting),
        offer('centre', isHere || isInCopy, 0, waiting),
        offer('anew', true, 0, waiting),
        offer('read-only', isHere && here > 0, here, unsent),
      ],
    };
  } finally {
    await damaged?.close();
    await older?.close();
  }
}

/** @param error why the store did not open */
export function createRepairStation(
  parts: RepairParts,
  error: unknown,
  actions: StationActions,
): RepairStation {
  const fault = faultOf(error);
  const detail = detailOf(error);
  let looked: Promise<Looked> | undefined;
  let work: RepairWork | null = null;
  let result: RepairResult | null = null;
  let failed: string | null = null;
  let working: Promise<void> = Promise.resolve();

  const state = async (): Promise<RepairState> => {
    // Counted once: the file does not change while nobody repairs it.
    const { counted, offers } = await (looked ??= look(parts, fault));
    return { fault, detail, folder: parts.folder, counted, offers, work, result, failed };
  };
  const perform = async (way: RepairWay, copyAt: string | null): Promise<void> => {
    try {
      const tell = (now: Omit<RepairWork, 'way'>): void => {
        work = { way, ...now };
      };
      if (way === 'read-only') {
        const folder = join(parts.folder, 'reading');
        await rm(folder, { recursive: true, force: true });
        await makeReadable(parts, folder, tell);
        await actions.openReadOnly(folder);
      } else {
        result =
          way === 'anew'
            ? await beginAnew(parts)
            : await repairStore(parts, way, way === 'facts' ? null : copyAt, tell);
        await unmarkDamaged(parts.folder);
      }
    } catch (thrown) {
      failed = detailOf(thrown);
    } finally {
      work = null;
    }
  };
  return {
    state,
    begin: async (way) => {
      const { offers } = await state();
      const offer = offers.find((one) => one.way === way);
      if (!offer?.possible || work !== null || result !== null || !(await actions.ready()))
        throw serviceError('RULE', { rule: 'repair-not-possible' });
      failed = null;
      work = { way, stage: 'reading', done: 0, total: 0 };
      const copyAt = offers.find((one) => one.way === 'copy' && one.possible)?.at ?? null;
      working = perform(way, copyAt);
      return state();
    },
    open: async () => {
      if (work !== null) return false;
      return actions.reopen();
    },
    settled: () => working,
  };
}
