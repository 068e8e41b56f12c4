import type { SourceEdit } from '../../../tools/simulate/fault-model/source-edits.ts';

/**
 * A planted bug: one mistake that sync software really makes, and the seeds known to show it, best first. When an
 * edit's text has moved on, the edit is brought up to date; when no listed seed finds it any more,
 * `npm run simulate -- --mutants --seeds 40` looks for others, and with `--steps 20` for the small ones.
 */
export type Mutant = {
  name: string;
  what: string;
  edits: SourceEdit[];
  seeds: number[];
  /** Of the little runs that a test affords, `SMALL_STEPS` long. */
  smallSeeds: number[];
};

export const MUTANTS: Mutant[] = [
  {
    name: 'receipt-before-commit',
    what: 'facts are booked as received before the centre has answered',
    edits: [
      {
        file: 'src/main/kernel/sync/cycle.ts',
        from: 'parts.leaving?.(last.deviceSequence);',
        to: `parts.leaving?.(last.deviceSequence);
      const early = batch.map(({ id, deviceSequence }) => ({ id, deviceSequence, status: 'accepted' as const }));
      await store.write((writer) => applyReceipts(writer, early, directory));`,
      },
    ],
    seeds: [1],
    smallSeeds: [1],
  },
  {
    name: 'replay-not-recognised',
    what: 'a batch that comes again is taken for a new one',
    edits: [
      {
        file: 'src/central/kernel/ingest/push.ts',
        from: 'const old = events.filter((event) => event.deviceSequence <= device.head_sequence);',
        to: 'const old = events.filter((event) => event.deviceSequence < 0);',
      },
    ],
    seeds: [1],
    smallSeeds: [1],
  },
  {
    name: 'id-not-compared',
    what: 'a fact that arrives under two identities counts under both',
    edits: [
      {
        file: 'src/central/kernel/ingest/judge.ts',
        from: 'if (ids.has(event.id)) {',
        to: 'if (ids.has(`${event.id}?`)) {',
      },
    ],
    seeds: [1],
    smallSeeds: [],
  },
  {
    name: 'cursor-without-page',
    what: 'the cursor is saved in a transaction of its own, before its page',
    edits: [
      {
        file: 'src/main/kernel/sync/cycle.ts',
        from: 'cursor = await store.write((writer) => applyFeedPage(writer, current, directory));',
        to: `const start = cursor;
      const far = { position: current.items.at(-1)?.position ?? 0, digest: start.digest };
      for (const item of current.items) far.digest = feedDigest(far.digest, item.hash);
      await store.write((writer) => writeMeta(writer, 'cursor', JSON.stringify(far)));
      cursor = await store.write(async (writer) => {
        await writeMeta(writer, 'cursor', JSON.stringify(start));
        return applyFeedPage(writer, current, directory);
      });`,
      },
      {
        file: 'src/main/kernel/sync/cycle.ts',
        from: "import { asideText, pushText, signText } from '../../../protocol/keys.ts';",
        to: `import { feedDigest } from '../../../protocol/chain.ts';
import { asideText, pushText, signText } from '../../../protocol/keys.ts';`,
      },
    ],
    seeds: [7],
    smallSeeds: [1],
  },
  {
    name: 'digest-not-compared',
    what: 'what came of the feed is taken for all of it, and the sign is green too early',
    edits: [
      {
        file: 'src/main/kernel/sync/cycle.ts',
        from: 'last < page.head.position && page.items.length > 0 ? pageAfter(last) : null;',
        to: 'last < 0 ? pageAfter(last) : null;',
      },
      {
        file: 'src/main/kernel/sync/cycle.ts',
        from: 'cursor.position === page.head.position && cursor.digest === page.head.digest;',
        to: 'cursor.position > 0;',
      },
    ],
    seeds: [1, 2],
    smallSeeds: [3],
  },
  {
    name: 'rejected-dropped',
    what: 'what the centre refuses disappears, and nobody is told',
    edits: [
      {
        file: 'src/main/kernel/store/incoming.ts',
        from: 'await dropEmptied(writer, streams, directory);',
        to: "await sql`DELETE FROM event WHERE status = 'rejected'`.execute(writer);\n    await dropEmptied(writer, streams, directory);",
      },
    ],
    seeds: [1],
    smallSeeds: [4],
  },
  {
    name: 'history-not-shown',
    what: 'a record that comes into a unit’s sight late comes without its history',
    edits: [
      {
        file: 'src/central/kernel/ingest/judge.ts',
        from: 'if (stream.revision > 0) addTo(feeds, path, { historyOf: stream });',
        to: '',
      },
    ],
    seeds: [1],
    smallSeeds: [1],
  },
  {
    name: 'counted-twice',
    what: 'a batch that comes again is counted again in the roll-up',
    edits: [
      {
        file: 'src/central/kernel/ingest/push.ts',
        from: 'const known = await replayed(transaction, device, old);',
        to: `const known = await replayed(transaction, device, old);
  if (old.length > 0) await sql\`UPDATE rollup_counter SET registered = registered + 1, own_registered =
    CASE WHEN own_registered > 0 THEN own_registered + 1 END WHERE registered > 0\`.execute(transaction);`,
      },
    ],
    seeds: [1],
    smallSeeds: [1],
  },
  {
    name: 'outbox-order',
    what: 'facts leave in another order than the one they were recorded in',
    edits: [
      {
        file: 'src/main/kernel/sync/cycle.ts',
        from: ".orderBy('outbox.device_sequence')",
        to: ".orderBy('outbox.device_sequence', 'desc')",
      },
    ],
    seeds: [1],
    smallSeeds: [1],
  },
  {
    name: 'chain-not-checked',
    what: 'the centre goes on with whatever log it is sent, and a copy goes unseen',
    edits: [
      {
        file: 'src/central/kernel/ingest/push.ts',
        from: 'if (first && first.previousHash !== device.head_hash) {',
        to: 'if (first && first.previousHash.length === 0) {',
      },
      {
        file: 'src/central/kernel/ingest/push.ts',
        from: "if (row?.hash !== event.hash) throw chainBroken(event.deviceSequence, row?.hash ?? '', 'fork');",
        to: "if (row === undefined) throw chainBroken(event.deviceSequence, '', 'fork');",
      },
    ],
    seeds: [13],
    smallSeeds: [6],
  },
  {
    name: 'outbox-after-commit',
    what: 'a fact joins the outbox after it is committed, so that a crash in between keeps it here for ever',
    edits: [
      {
        file: 'migrations/workstation/0001-initial.ts',
        from: "AFTER INSERT ON event WHEN new.origin = 'local' BEGIN",
        to: "AFTER INSERT ON event WHEN new.origin = 'local' AND 0 BEGIN",
      },
      {
        file: 'src/main/kernel/command.ts',
        from: '    if (facts.length > 0) workstation.sync.recorded();\n',
        to: `    await workstation.store.write((writer) => sql\`
    INSERT INTO outbox (device_sequence, event_id, stream_kind, stream_id, at)
    SELECT device_sequence, id, stream_kind, stream_id, at FROM event WHERE origin = 'local'
    ORDER BY device_sequence DESC LIMIT 1\`.execute(writer));
    if (facts.length > 0) workstation.sync.recorded();\n`,
      },
      {
        file: 'src/main/kernel/command.ts',
        from: "import { serviceError } from './errors.ts';",
        to: "import { serviceError } from './errors.ts';\nimport { sql } from 'kysely';",
      },
    ],
    seeds: [1],
    smallSeeds: [4],
  },
  {
    name: 'rebase-forgets-pending',
    what: 'a record that others changed is rebuilt without what waits here',
    edits: [
      {
        file: 'src/main/kernel/store/refold.ts',
        from: "IN ('accepted', 'pending', 'quarantined')",
        to: "IN ('accepted', 'quarantined')",
      },
    ],
    seeds: [1],
    smallSeeds: [1],
  },
  {
    name: 'scope-leak',
    what: 'a case is shown to the mall beside the one that handles it',
    edits: [
      {
        file: 'src/domain/case/sight.ts',
        from: '    sight.add(path);\n    const above = parentPath(path);',
        to: "    sight.add(path);\n    if (path.endsWith('/M01')) sight.add(path.replace('/M01', '/M02'));\n    const above = parentPath(path);",
      },
    ],
    seeds: [1],
    smallSeeds: [1],
  },
  {
    name: 'late-fact-forgotten',
    what: 'a fact about an archived case does not take it out of the archive',
    edits: [
      {
        file: 'src/central/followers.ts',
        from: 'behindRecords: [bringBack, bookNumbers, keepPublicCodes, observeMerchants],',
        to: 'behindRecords: [bookNumbers, keepPublicCodes, observeMerchants],',
      },
    ],
    seeds: [4, 8],
    smallSeeds: [],
  },
  {
    name: 'presumed-and-left',
    what: 'what was taken into the log before it was judged is not corrected when it is refused',
    edits: [
      {
        file: 'src/central/kernel/ingest/append.ts',
        from: 'presumed ? logCorrected(log, receipts) : logJudged(log, receipts),',
        to: 'presumed ? undefined : logJudged(log, receipts),',
      },
    ],
    seeds: [4],
    smallSeeds: [5],
  },
  {
    name: 'returned-without-history',
    what: 'a case comes back from the archive without what had left',
    edits: [
      {
        file: 'src/central/kernel/feeds/page.ts',
        from: '...(back.length === 0 ? {} : { back }),',
        to: '',
      },
    ],
    seeds: [4, 8],
    smallSeeds: [],
  },
];
