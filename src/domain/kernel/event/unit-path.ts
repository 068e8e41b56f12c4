/** `/HS/TY/TY01` → `TY01`. */
export function lastUnit(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
