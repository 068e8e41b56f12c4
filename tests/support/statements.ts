import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import {
  PostgresQueryCompiler,
  RawNode,
  type CompiledQuery,
  type OperationNode,
  type QueryId,
  type RootOperationNode,
} from 'kysely';
import pg from 'pg';
import { parseAst } from 'vite';

/** One ``sql`…` `` in the sources that is a statement, or ``sql<Row>`…` ``, whose rows are declared too. */
export type Site = {
  file: string;
  line: number;
  /** The parts of its text between its parameters, by which it is known again when it runs. */
  text: string;
  /** Where the declared type of its rows stands in the file; null without one. */
  row: { start: number; end: number } | null;
};

/** The columns that PostgreSQL answered with, and their types by number. */
export type Columns = ReadonlyMap<string, number>;

const textOf = (fragments: readonly string[]): string => fragments.join('\0');

type Node = { type: string; start: number; end: number };
const isNode = (value: unknown): value is Node & Record<string, unknown> =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value;

/** Every statement below a folder, but for parts of statements, which declare no rows and begin with none of the verbs. */
export function findSites(root: string, folder: string): Site[] {
  return globSync(`${folder}/**/*.ts`, { cwd: root }).flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8');
    const sites: Site[] = [];
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) return value.forEach(visit);
      if (!isNode(value)) return;
      const site = value.type === 'TaggedTemplateExpression' ? siteOf(value) : null;
      if (site) sites.push({ file, line: source.slice(0, value.start).split('\n').length, ...site });
      Object.values(value).forEach(visit);
    };
    visit(parseAst(source, { lang: 'ts' }));
    return sites;
  });
}

const STATEMENT =
  /^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|CREATE|ALTER|DROP|TRUNCATE|LOCK|ANALYZE|VACUUM|SET|NOTIFY)\b/;

function siteOf(node: Node & Record<string, unknown>): Omit<Site, 'file' | 'line'> | null {
  const { tag, typeArguments, quasi } = node;
  if (!isNode(tag) || tag['name'] !== 'sql' || !isNode(quasi)) return null;
  const quasis = quasi['quasis'] as { value: { cooked: string } }[];
  const text = textOf(quasis.map(({ value }) => value.cooked));
  if (!isNode(typeArguments)) return STATEMENT.test(text) ? { text, row: null } : null;
  // A value inside another statement has no rows.
  const [type] = typeArguments['params'] as Node[];
  if (type && /^TS(Number|String|Boolean)Keyword$/.test(type.type)) return null;
  return { text, row: { start: typeArguments.start + 1, end: typeArguments.end - 1 } };
}

/** The texts of a statement and of those it is made up of. */
function textsIn(node: OperationNode): string[] {
  if (!RawNode.is(node)) return [];
  return [textOf(node.sqlFragments), ...node.parameters.flatMap(textsIn)];
}

export type Recording = {
  /** True when the statement has run, alone or as a part of another. */
  hasRun(site: Site): boolean;
  /** The answers' columns of every statement that has run, by the text of its site; several where they are made up of parts. */
  columnsOf(site: Site): Columns[];
  stop(): void;
};

/**
 * Notes what every statement of this process was made of and answered with, from here to `stop`. The statements run as ever, on
 * PostgreSQL itself.
 */
export function recordStatements(): Recording {
  const textsOf = new Map<string, string[]>();
  const run = new Set<string>();
  const answers = new Map<string, Map<string, Columns>>();

  const { compileQuery } = PostgresQueryCompiler.prototype;
  PostgresQueryCompiler.prototype.compileQuery = function compile(
    this: PostgresQueryCompiler,
    node: RootOperationNode,
    queryId: QueryId,
  ): CompiledQuery {
    const compiled = compileQuery.call(this, node, queryId);
    textsOf.set(compiled.sql, textsIn(node));
    return compiled;
  };

  const query = pg.Client.prototype.query as (this: pg.Client, ...given: unknown[]) => unknown;
  const note = (given: unknown, answer: unknown): void => {
    const text = typeof given === 'string' ? given : (given as { text?: string }).text;
    const texts = textsOf.get(text ?? '') ?? [];
    for (const part of texts) run.add(part);
    const [site] = texts;
    if (site === undefined || Array.isArray(answer)) return;
    const { fields } = answer as pg.QueryResult;
    const columns = new Map(fields.map(({ name, dataTypeID }) => [name, dataTypeID]));
    let known = answers.get(site);
    if (!known) answers.set(site, (known = new Map()));
    known.set(JSON.stringify([...columns]), columns);
  };
  const recording = function recording(this: pg.Client, ...given: unknown[]): unknown {
    const answer = query.apply(this, given);
    if (answer instanceof Promise)
      answer.then(
        (result: unknown) => note(given[0], result),
        () => undefined,
      );
    return answer;
  };
  pg.Client.prototype.query = recording as typeof pg.Client.prototype.query;

  return {
    hasRun: (site) => run.has(site.text),
    columnsOf: (site) => [...(answers.get(site.text)?.values() ?? [])],
    stop: () => {
      PostgresQueryCompiler.prototype.compileQuery = compileQuery;
      pg.Client.prototype.query = query as typeof pg.Client.prototype.query;
    },
  };
}

/** What `pg` makes of a column's type, as `openDatabase` has set it up. */
const TYPES: Record<number, string> = {
  [pg.types.builtins.BOOL]: 'boolean',
  [pg.types.builtins.INT2]: 'number',
  [pg.types.builtins.INT4]: 'number',
  [pg.types.builtins.INT8]: 'number',
  [pg.types.builtins.FLOAT4]: 'number',
  [pg.types.builtins.FLOAT8]: 'number',
  [pg.types.builtins.NUMERIC]: 'string',
  [pg.types.builtins.TEXT]: 'string',
  [pg.types.builtins.VARCHAR]: 'string',
  [pg.types.builtins.UUID]: 'string',
  [pg.types.builtins.DATE]: 'string',
  [pg.types.builtins.TIMESTAMPTZ]: 'Date',
  [pg.types.builtins.BYTEA]: 'Buffer',
  // What is in it, no column says.
  [pg.types.builtins.JSON]: 'any',
  [pg.types.builtins.JSONB]: 'any',
  // `name`, `text[]`, `int4[]`
  19: 'string',
  1009: 'string[]',
  1007: 'number[]',
};

const shapeOf = (columns: Columns): string =>
  `{ ${[...columns].map(([name, type]) => `${JSON.stringify(name)}: ${TYPES[type] ?? `'type ${type}'`}`).join('; ')} }`;

/**
 * Types that compare declared rows with columns. A row may be one of several, and a column null in any: whether it may be, its
 * type does not say.
 */
const COMPARING = `
type Keys<Row> = Row extends unknown ? keyof Row : never;
type ValueOf<Row, Key> = Row extends unknown ? (Key extends keyof Row ? Row[Key] : never) : never;
type Missing<Row, Columns> = string extends Keys<Row> ? never : Exclude<Keys<Row>, keyof Columns>;
type Undeclared<Row, Columns> = Exclude<keyof Columns, Keys<Row>>;
type Otherwise<Row, Columns> = {
  [Key in keyof Columns & Keys<Row>]: ValueOf<Row, Key> extends Columns[Key] | null ? never : Key;
}[keyof Columns & Keys<Row>];
type Wrong<Row, Columns> = Missing<Row, Columns> | Undeclared<Row, Columns> | Otherwise<Row, Columns>;
export type Verified<None extends never> = unknown;
export type { Wrong };
`;

/** What must be found wrong, so that finding nothing means something. */
const PLANTED = [
  ['{ a: string; b: number }', '{ a: string }', 'b'],
  ['{ a: string }', '{ a: string; b: number }', 'b'],
  ['{ a: string }', '{ a: number }', 'a'],
  ['{ a: Date }', '{ a: string }', 'a'],
  ['{ a: string } | { a: null }', '{ a: string }', null],
  ['{ a: "x" | null }', '{ a: string }', null],
] as const;

/**
 * Compares the declared rows of statements with the columns they were answered with: in a copy of the sources in which each
 * declaration carries the comparison, so that the compiler itself says what a row is. Returns what is wrong.
 */
export async function checkColumns(
  root: string,
  sites: readonly Site[],
  columnsOf: (site: Site) => readonly Columns[],
): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'heshi-statements-'));
  try {
    for (const part of ['src', 'migrations', 'package.json', 'tsconfig.base.json'])
      await cp(join(root, part), join(folder, part), { recursive: true });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'src/central/comparing.ts'), COMPARING);
    const planted = PLANTED.map(
      ([row, columns], place) =>
        `export type Planted${place} = Verified<Wrong<${row}, ${columns}> & string>;`,
    );
    await writeFile(
      join(folder, 'src/central/planted.ts'),
      `import type { Verified, Wrong } from './comparing.ts';\n${planted.join('\n')}\n`,
    );
    for (const [file, ofFile] of Map.groupBy(sites, (site) => site.file)) {
      let source = await readFile(join(folder, file), 'utf8');
      const declared = ofFile.flatMap((site) => (site.row === null ? [] : [{ site, ...site.row }]));
      for (const { site, start, end } of declared.toSorted((a, b) => b.start - a.start)) {
        const row = source.slice(start, end);
        const checks = columnsOf(site).map(
          (columns) => `Verified<Wrong<${row}, ${shapeOf(columns)}> & string>`,
        );
        source = `${source.slice(0, start)}${[`(${row})`, ...checks].join(' & ')}${source.slice(end)}`;
      }
      const from = relative(dirname(file), 'src/central/comparing.ts');
      const header = `import type { Verified, Wrong } from '${from.startsWith('.') ? from : `./${from}`}';`;
      // On the first line, so that the others keep their numbers.
      await writeFile(join(folder, file), `${header} ${source}`);
    }
    const options = { types: ['node'], noUnusedLocals: false, noUnusedParameters: false };
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: './tsconfig.base.json',
        compilerOptions: options,
        include: ['src/central/**/*.ts'],
      }),
    );
    // In one thread: several checkers work out the same types each for itself.
    const { stdout } = spawnSync(
      join(root, 'node_modules/.bin/tsc'),
      ['-p', 'tsconfig.json', '--singleThreaded', '--pretty', 'false'],
      { cwd: folder, encoding: 'utf8' },
    );
    const said = stdout.split('\n').filter((line) => line !== '' && !line.startsWith(' '));
    const plantedFound = said.filter((line) => line.startsWith('src/central/planted.ts'));
    const expected = PLANTED.flatMap(([, , key], place) => (key === null ? [] : [`(${place + 2},`]));
    const found = expected.filter((at) => plantedFound.some((line) => line.includes(at)));
    if (found.length !== expected.length || plantedFound.length !== expected.length)
      throw new Error(`What was planted was not found:\n${stdout}`);
    return said.filter((line) => !plantedFound.includes(line));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
