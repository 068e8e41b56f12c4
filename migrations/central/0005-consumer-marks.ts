/** Marks by which one consumer's complaints are counted across a district, and who asked about which mark. */
export const up: readonly string[] = [
  // A mark is the keyed hash of a telephone number. What is said of a record is read from its state when asked.
  `CREATE TABLE consumer_mark (
    circle text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('case', 'return')),
    id text COLLATE "C" NOT NULL,
    district text COLLATE "C" NOT NULL,
    mark text COLLATE "C" NOT NULL,
    day date NOT NULL,
    PRIMARY KEY (circle, kind, id)
  )`,
  `CREATE INDEX consumer_mark_asked ON consumer_mark (district, mark, day)`,

  // Every question that was answered: who asked, about which mark, how many were found; never a number.
  `CREATE TABLE consumer_mark_question (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    circle text COLLATE "C" NOT NULL,
    device text COLLATE "C" NOT NULL,
    unit_path text COLLATE "C" NOT NULL,
    staff_id text COLLATE "C" NOT NULL,
    mark text COLLATE "C" NOT NULL,
    cases int NOT NULL,
    returns int NOT NULL,
    asked_at timestamptz NOT NULL
  )`,
  `CREATE INDEX consumer_mark_question_device ON consumer_mark_question (device, asked_at)`,
];
