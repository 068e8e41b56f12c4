/** The unit two levels down from the root, by which large tables can be distributed: `/HS/C1/M01` → `/HS/C1`. */
export function circleOf(unitPath: string): string {
  const second = unitPath.indexOf('/', 1);
  const third = second === -1 ? -1 : unitPath.indexOf('/', second + 1);
  return third === -1 ? unitPath : unitPath.slice(0, third);
}
