import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  divisionName,
  divisionPath,
  divisionsIn,
  loadDivisions,
  parseDivisions,
} from '../../src/main/reference/divisions.ts';

const provinces =
  '[{"code":"33","name":"浙江省","children":[{"code":"3302","name":"宁波市","children":[{"code":"330203","name":"海曙区"}]}]}]';

test('province, city, area and street, one after the other', async () => {
  const divisions = await loadDivisions();
  expect(divisionsIn(divisions, null)).toHaveLength(31);
  const ningbo = divisionsIn(divisions, '33').find((one) => one.name === '宁波市');
  expect(ningbo?.code).toBe('3302');
  expect(divisionsIn(divisions, '3302')).toHaveLength(10);
  expect(divisionsIn(divisions, '330203').map((one) => one.name)).toContain('江厦街道');
  expect(divisionsIn(divisions, '330203001')).toEqual([]);
  expect(divisionsIn(divisions, '99')).toEqual([]);
  expect(divisionName(divisionPath(divisions, '330203002') ?? [])).toBe('浙江省宁波市海曙区江厦街道');
  expect(divisionName(divisionPath(divisions, '110101') ?? [])).toBe('北京市东城区');
});

test('every street of the file stands under its area', async () => {
  const divisions = await loadDivisions();
  const streets = divisionsIn(divisions, '3302').flatMap((area) => area.children);
  const text = readFileSync(new URL('../../data/cn-divisions/streets-3302.csv', import.meta.url), 'utf8');
  expect(streets).toHaveLength(text.trimEnd().split('\n').length - 1);
  expect(streets.every((street) => /^3302\d{5}$/.test(street.code))).toBe(true);
});

test('columns are read by name, whatever their order', () => {
  const straight = 'code,name,areaCode,provinceCode,cityCode\n330203001,虚构街道,330203,33,3302\n';
  const turned = 'cityCode,provinceCode,areaCode,name,code\n3302,33,330203,虚构街道,330203001\n';
  expect(parseDivisions(provinces, turned)).toEqual(parseDivisions(provinces, straight));
});

test('a file of another form is refused', () => {
  const header = 'code,name,areaCode,provinceCode,cityCode\n';
  // Province and city swapped, as one reads them by position.
  expect(() => parseDivisions(provinces, `${header}330203001,虚构街道,330203,3302,33\n`)).toThrow(
    /provinceCode/,
  );
  expect(() => parseDivisions(provinces, `${header}330204001,虚构街道,330204,33,3302\n`)).toThrow(
    /unknown area/,
  );
  expect(() => parseDivisions(provinces, `${header}330299001,虚构街道,330203,33,3302\n`)).toThrow(
    /does not begin/,
  );
  expect(() => parseDivisions(provinces, 'id,name\n1,x\n')).toThrow(/areaCode/);
  expect(() => parseDivisions('[]', header)).toThrow();
});
