/** What a device signs of a part of its log: the root over the hashes of its events numbered from to to (`merkle.ts`). */
export function logText(device: string, from: number, to: number, root: string): string {
  return `heshi-log:${device}:${from}:${to}:${root}`;
}

/** What the centre signs instead: of its own log, and of what an older release of a device, or of itself, has left unsigned so. */
export function vouchedText(device: string, from: number, to: number, root: string): string {
  return `heshi-vouched:${device}:${from}:${to}:${root}`;
}

/** What the centre signs of a device when it is enrolled: which key is its. */
export function deviceText(device: string, unitPath: string, publicKey: string): string {
  return `heshi-device:${device}:${unitPath}:${publicKey}`;
}
