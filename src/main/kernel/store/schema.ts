import type { Generated } from 'kysely';

export type EventStatus = 'pending' | 'accepted' | 'rejected' | 'quarantined' | 'unknown';

/** JSON columns are text; SQLite has no booleans, so flags are 0 or 1. */
export type EventTable = {
  local_order: Generated<number>;
  id: string;
  stream_kind: string;
  stream_id: string;
  type: string;
  version: number;
  payload: string;
  actor: string;
  device: string;
  device_sequence: number;
  at: string;
  unit_path: string;
  previous_hash: string | null;
  hash: string;
  origin: 'local' | 'feed';
  status: EventStatus;
  feed_position: number | null;
  received_at: string | null;
  refusal: string | null;
  dismissed_at: string | null;
  /** The key that what is personal in it is sealed with, null for none; `TAKEN_OUT` where that is gone from the fact itself. */
  sealed_with: string | null;
};

/** Stands in `sealed_with` of facts of before there were keys, once what was personal in them was erased. */
export const TAKEN_OUT = 'erased';

export type UnitRow = {
  path: string;
  id: string;
  name: string;
  level: number;
  party: string;
  dispute_point: number;
  body: string | null;
};

export type StaffRow = {
  id: string;
  name: string;
  role: string;
  unit_path: string;
  active: number;
  password_hash: string;
};

/** The terms that a kind's records are found by, a row for each of its list's. */
export type SearchTable = { rowid: number; terms: string };

/**
 * All tables. Open: a capability adds those of its list, `<kind>_row` and `<kind>_search`, beside its projection, by
 * `declare module`.
 */
export interface Database {
  /** Content by its hash, and since when it lies here. */
  evidence_content: { sha256: string; size: number; held_at: string | null };
  /** A case that names content; `waiting` is 1 until the centre has it from here, `upload_path` where that goes on. */
  evidence_link: { sha256: string; case_id: string; waiting: number; upload_path: string | null };
  meta: { key: string; value: string };
  saved_filter: { id: string; staff_id: string; name: string; query: string; saved_at: string };
  /** Reminders given, each once for the deadline or the arrival it was about. */
  reminder: { case_id: string; kind: string; due_at: string; given_at: string };
  event: EventTable;
  /** Keys of records, in base64 under their names; destroyed when the record is erased. */
  record_key: { id: string; stream_kind: string; stream_id: string; key: string };
  outbox: { device_sequence: number; event_id: string; stream_kind: string; stream_id: string; at: string };
  stream: { kind: string; id: string; state: string };
  /** States taken from a snapshot, until they were made of their history here. */
  stream_base: { kind: string; id: string; position: number; updated_at: string; state: string };
  /** Records that are in the centre's archive; `left_at` is null while something here keeps one. */
  left_stream: { kind: string; id: string; left_at: string | null };
  unit_row: UnitRow;
  staff_row: StaffRow;
  number_sequence: { kind: string; year: number; last: number };
  /** Facts recorded under an identity that was given up, and where they stood in its log. */
  salvaged_event: {
    event_id: string;
    device: string;
    device_sequence: number;
    salvaged_at: string;
    dismissed_at: string | null;
  };
  /** Wrong guesses at passwords, of an account or (`''`) of the whole workstation. */
  sign_in_guard: {
    subject: string;
    credential: string;
    failures: number;
    wait_ms: number;
    uptime_ms: number;
    failed_at: string;
    total: number;
  };
  /** What unlocks the workstation for a person; holds while their password is the one it was set under. */
  pin: { staff_id: string; credential: string; sealed: string; set_at: string };
  draft: { staff_id: string; key: string; title: string; fields: string; saved_at: string };
  import_mapping: { shape: string; mapping: string; saved_at: string };
  rollup_cache: { path: string; from_day: string; to_day: string; view: string; fetched_at: string };
  access_log: {
    id: Generated<number>;
    at: string;
    staff_id: string;
    staff_name: string;
    action: string;
    record_kind: string;
    record_id: string;
    reason: string;
  };
  document_file: {
    document_id: string;
    variant: 'issued' | 'signed';
    case_id: string;
    sha256: string;
    bytes: Buffer;
    input: string;
  };
  /** Lists whose search terms are built again: rows up to `through`, of which up to `done` are. */
  search_rebuild: { list: string; through: number; done: number };
  /** Open cases by unit, holder (`''` for nobody) and deadline; kept by triggers on `case_row`. */
  open_load: { handling_path: string; assigned_to: string; due_order: string; count: number };
  /** Closed cases by day, unit, holder and duration; kept by triggers on `case_row`. */
  closed_load: {
    closed_day: string;
    handling_path: string;
    assigned_to: string;
    bucket: number;
    count: number;
  };
  review_sample: {
    id: string;
    drawn_at: string;
    drawn_by: string;
    path: string;
    from_day: string;
    to_day: string;
    wanted: number;
    seed: string;
    population: number;
  };
  review_sample_case: { sample_id: string; place: number; case_id: string };
  problem_log: { id: Generated<number>; at: string; code: string; text: string };
}
