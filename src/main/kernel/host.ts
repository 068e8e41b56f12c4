/** What differs between the two hosts, and nothing else. */
export type Host = {
  name: 'electron' | 'node';
  /** Where the key lies under which it seals: with the system, which asks for the person's own sign-in, or in a file beside the data. */
  sealing(): 'system' | 'file';
  /** Seals a secret so that only this host on this machine opens it again. */
  sealSecret(plain: Uint8Array): Promise<Uint8Array>;
  /** @throws HostKeyLost when the sealed bytes were not made here, or were changed. */
  openSecret(sealed: Uint8Array): Promise<Uint8Array>;
  notify(title: string, body: string): void;
  openExternal(url: string): Promise<void>;
};

/** This host cannot open what it has sealed: its key is gone, or is another machine's. */
export class HostKeyLost extends Error {
  constructor(cause: unknown) {
    super('What this computer has sealed cannot be opened', { cause });
  }
}
