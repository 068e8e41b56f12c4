/**
 * Columns as PostgreSQL arrays in the server's own binary form (`array_recv`: dimensions, flags, element type, then
 * each element's length and bytes). A batch carries megabytes of text; as array literals both ends would look at
 * every character of it once more for signs to escape. A parameter's cast must name exactly the type given here:
 * binary values are never converted.
 */

const TYPES = { text: 25, int: 23, bigint: 20, uuid: 2950 } as const;

const HEADER_BYTES = 20;
/** UTF-8 needs at most so many bytes for one unit of a text. */
const MOST_PER_UNIT = 3;

/** Grown as needed and used for one array after another, since nothing here waits in between. */
let scratch = Buffer.allocUnsafe(1 << 16);

function room(used: number, more: number): Buffer {
  if (scratch.length - used < more) {
    const larger = Buffer.allocUnsafe(Math.max(scratch.length * 2, used + more));
    scratch.copy(larger, 0, 0, used);
    scratch = larger;
  }
  return scratch;
}

function writeHeader(type: number, length: number, hasNulls: boolean): void {
  scratch.writeInt32BE(length === 0 ? 0 : 1, 0);
  scratch.writeInt32BE(hasNulls ? 1 : 0, 4);
  scratch.writeInt32BE(type, 8);
  scratch.writeInt32BE(length, 12);
  // Arrays count from 1.
  scratch.writeInt32BE(1, 16);
}

function taken(length: number, end: number): Buffer {
  // An array without elements has no dimensions either.
  return Buffer.from(scratch.subarray(0, length === 0 ? 12 : end));
}

/** Texts for a parameter cast to `text[]`, null where there is none. */
export function textColumn(values: readonly (string | null)[]): Buffer {
  let end = HEADER_BYTES;
  let hasNulls = false;
  for (const value of values) {
    if (value === null) {
      end = room(end, 4).writeInt32BE(-1, end);
      hasNulls = true;
      continue;
    }
    const buffer = room(end, 4 + value.length * MOST_PER_UNIT);
    const written = buffer.write(value, end + 4);
    buffer.writeInt32BE(written, end);
    end += 4 + written;
  }
  writeHeader(TYPES.text, values.length, hasNulls);
  return taken(values.length, end);
}

/** Ids for a parameter cast to `uuid[]`. */
export function uuidColumn(values: readonly string[]): Buffer {
  let end = HEADER_BYTES;
  const buffer = room(end, values.length * 20);
  for (const value of values) {
    buffer.writeInt32BE(16, end);
    buffer.write(value.replaceAll('-', ''), end + 4, 'hex');
    end += 20;
  }
  writeHeader(TYPES.uuid, values.length, false);
  return taken(values.length, end);
}

/** Whole numbers for a parameter cast to `int[]`, null where there is none. */
export function intColumn(values: readonly (number | null | undefined)[]): Buffer {
  return numberColumn('int', 4, values, (buffer, value, at) => buffer.writeInt32BE(value, at));
}

/** Whole numbers up to 2^53 for a parameter cast to `bigint[]`, null where there is none. */
export function bigintColumn(values: readonly (number | null | undefined)[]): Buffer {
  return numberColumn('bigint', 8, values, (buffer, value, at) => {
    buffer.writeInt32BE(Math.floor(value / 0x1_0000_0000), at);
    buffer.writeUInt32BE(value - Math.floor(value / 0x1_0000_0000) * 0x1_0000_0000, at + 4);
  });
}

function numberColumn(
  type: 'int' | 'bigint',
  bytes: number,
  values: readonly (number | null | undefined)[],
  write: (buffer: Buffer, value: number, at: number) => void,
): Buffer {
  let end = HEADER_BYTES;
  let hasNulls = false;
  const buffer = room(end, values.length * (4 + bytes));
  for (const value of values) {
    if (value === null || value === undefined) {
      end = buffer.writeInt32BE(-1, end);
      hasNulls = true;
      continue;
    }
    buffer.writeInt32BE(bytes, end);
    write(buffer, value, end + 4);
    end += 4 + bytes;
  }
  writeHeader(TYPES[type], values.length, hasNulls);
  return taken(values.length, end);
}
