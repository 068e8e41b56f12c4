/** The text a device signs for a range of its log: the Merkle root over the hashes of events `from` to `to`, inclusive (`merkle.ts`). */
export function logText(device: string, from: number, to: number, root: string): string {
  return `heshi-log:${device}:${from}:${to}:${root}`;
}

/** The text the centre signs for its own log, and for events that an older release left without such a signature. */
export function vouchedText(device: string, from: number, to: number, root: string): string {
  return `heshi-vouched:${device}:${from}:${to}:${root}`;
}

/** The text the centre signs when it enrols a device: which public key belongs to it. */
export function deviceText(device: string, unitPath: string, publicKey: string): string {
  return `heshi-device:${device}:${unitPath}:${publicKey}`;
}
