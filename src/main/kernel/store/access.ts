import type { Kysely, Transaction } from 'kysely';
import type { Database } from './schema.ts';

/** A write transaction on the local store. */
export type Writer = Transaction<Database>;
/** The local store for reading. */
export type Reader = Kysely<Database>;
