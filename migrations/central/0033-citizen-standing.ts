/**
 * Citizens' standing for the alliance's discounts, as the district imports it: a keyed hash and a level, no name, no number, no score; and
 * how many questions each workstation asked, so that none reads the list through.
 */
export const up: readonly string[] = [
  `CREATE TABLE standing_import (
    district text COLLATE "C" NOT NULL,
    import_id uuid NOT NULL,
    as_of text COLLATE "C" NOT NULL,
    citizens integer NOT NULL,
    begun_at timestamptz NOT NULL,
    completed_at timestamptz,
    PRIMARY KEY (district, import_id)
  )`,
  `CREATE TABLE citizen_standing (
    district text COLLATE "C" NOT NULL,
    import_id uuid NOT NULL,
    citizen text COLLATE "C" NOT NULL,
    level smallint NOT NULL,
    PRIMARY KEY (district, import_id, citizen)
  )`,
  `CREATE TABLE citizen_question (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    device text COLLATE "C" NOT NULL,
    asked_at timestamptz NOT NULL
  )`,
  `CREATE INDEX citizen_question_device ON citizen_question (device, asked_at)`,
];
