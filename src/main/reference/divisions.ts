import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import Papa from 'papaparse';
import { z } from 'zod';

/** One step of an address: province (2 digits), city (4), area (6) or street (9). */
export type Division = { code: string; name: string; children: Division[] };

/** Six digits; nine in the cities without districts (Dongguan, Zhongshan, Danzhou), whose towns stand in their place. */
const Area = z.object({ code: z.string().regex(/^\d{6}(\d{3})?$/), name: z.string().min(1) });
const City = z.object({
  code: z.string().regex(/^\d{4}$/),
  name: z.string().min(1),
  children: z.array(Area),
});
const Province = z.object({
  code: z.string().regex(/^\d{2}$/),
  name: z.string().min(1),
  children: z.array(City),
});
const ProvinceFile = z.array(Province).min(1);

/** Read by column name: the published order of the columns is not the one people expect. */
const StreetRow = z
  .object({
    code: z.string().regex(/^\d{9}$/),
    name: z.string().min(1),
    areaCode: z.string().regex(/^\d{6}$/),
    provinceCode: z.string().regex(/^\d{2}$/),
    cityCode: z.string().regex(/^\d{4}$/),
  })
  .refine(
    (row) =>
      row.code.startsWith(row.areaCode) &&
      row.areaCode.startsWith(row.cityCode) &&
      row.cityCode.startsWith(row.provinceCode),
    { error: "A street's code does not begin with those of its area, city and province" },
  );
const StreetFile = z.array(StreetRow).min(1);

/**
 * Puts provinces, cities and areas (`pca-code.json`) and the streets of some areas (CSV with the columns
 * code, name, areaCode, provinceCode, cityCode in any order) together. Throws `ZodError` when a file does
 * not have its form, `RangeError` for a street of an unknown area.
 */
export function parseDivisions(provinceJson: string, streetCsv: string): Division[] {
  const provinces = ProvinceFile.parse(JSON.parse(provinceJson));
  const rows = Papa.parse(streetCsv, { header: true, skipEmptyLines: true, delimiter: ',' }).data;
  const streets = StreetFile.parse(rows);
  const areas = new Map<string, Division>();
  const divisions = provinces.map((province): Division => ({
    ...province,
    children: province.children.map((city) => ({
      ...city,
      children: city.children.map((area) => {
        const division: Division = { ...area, children: [] };
        areas.set(area.code, division);
        return division;
      }),
    })),
  }));
  for (const { code, name, areaCode } of streets) {
    const area = areas.get(areaCode);
    if (!area) throw new RangeError(`Street ${code} lies in an unknown area ${areaCode}`);
    area.children.push({ code, name, children: [] });
  }
  return divisions;
}

/** Reads the divisions that come with the program; `directory` is `data/cn-divisions`. */
export async function loadDivisions(directory = divisionsDirectory()): Promise<Division[]> {
  const [provinces, streets] = await Promise.all([
    readFile(join(directory, 'pca-code.json'), 'utf8'),
    readFile(join(directory, 'streets-3302.csv'), 'utf8'),
  ]);
  return parseDivisions(provinces, streets);
}

/** The next step of an address form: provinces for null, else what lies in the division; empty at the end. */
export function divisionsIn(divisions: readonly Division[], code: string | null): Division[] {
  if (code === null) return [...divisions];
  return divisionPath(divisions, code)?.at(-1)?.children ?? [];
}

/** The divisions from the province down to this one, or null for an unknown code. */
export function divisionPath(divisions: readonly Division[], code: string): Division[] | null {
  for (const division of divisions) {
    if (division.code === code) return [division];
    if (!code.startsWith(division.code)) continue;
    const rest = divisionPath(division.children, code);
    if (rest) return [division, ...rest];
  }
  return null;
}

/** `浙江省宁波市海曙区…`: the name of an address, without the filler names 市辖区 and 县 of the code list. */
export function divisionName(path: readonly Division[]): string {
  return path
    .filter(({ name, code }) => code.length !== 4 || !['市辖区', '县'].includes(name))
    .map(({ name }) => name)
    .join('');
}

/** The sources and the bundle lie at different depths below the folder that holds `data`. */
function divisionsDirectory(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (dirname(directory) !== directory) {
    const candidate = join(directory, 'data', 'cn-divisions');
    if (existsSync(candidate)) return candidate;
    directory = dirname(directory);
  }
  throw new Error('data/cn-divisions is not beside the program');
}
