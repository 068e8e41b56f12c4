import { readArguments, fail } from './arguments.ts';
import {
  CENTRE_CALLERS,
  CENTRE_ENDPOINTS,
  permissionTable,
  WORKSTATION_CALLERS,
  WORKSTATION_ENDPOINTS,
  type Permission,
} from './permission-table.ts';

const USAGE = `npm run permissions -- [--json]

Prints who may call what: every endpoint of the workstation and of the centre by role, with the capabilities it takes and the
units it concerns, as the contracts declare them. Exit code 1 when an endpoint declares nothing.`;

/** Lines of equal columns. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function printed<Caller extends string>(
  title: string,
  callers: readonly Caller[],
  permissions: readonly Permission<Caller>[],
): string {
  const lines = permissions.map(({ endpoint, when, letsIn, capabilities, scope, reason }) => [
    when === null ? endpoint : `${endpoint} ${when.field}=${when.value}`,
    ...callers.map((caller) => (letsIn[caller] ? 'yes' : '-')),
    reason === null ? capabilities.join(' and ') || '-' : 'open',
    reason ?? scope,
  ]);
  return aligned([[title, ...callers, 'capability', 'scope, or why it is open'], ...lines]);
}

const { values, positionals } = readArguments({ json: { type: 'boolean', default: false } }, USAGE);
if (positionals.length > 0) fail(`There is nothing to do with ${positionals.join(' ')}\n${USAGE}`);
const table = permissionTable();
process.stdout.write(
  values.json
    ? `${JSON.stringify(table, null, 2)}\n`
    : `${printed('workstation', WORKSTATION_CALLERS, table.workstation)}

${printed('centre', CENTRE_CALLERS, table.centre)}

${WORKSTATION_ENDPOINTS.length} endpoints of the workstation, ${CENTRE_ENDPOINTS.length} of the centre; ${table.unguarded.length} unguarded${table.unguarded.map((one) => `\n  ${one}`).join('')}
`,
);
process.exitCode = table.unguarded.length === 0 ? 0 : 1;
