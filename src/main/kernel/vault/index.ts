/** What opens a workstation: its key, who may have it, and what may be known while nobody is there. */
export { attempt, countOne, countWrong, type BrakeParts } from './brake.ts';
export { openEncryptedStore, openersOf } from './encrypted-store.ts';
export { GATE_FILE, GateSealed } from './file.ts';
export { formerOf } from './former.ts';
export { openVault, type Card, type Opened, type Opener, type Vault, type VaultPerson } from './vault.ts';
export { keepShare, tellShare } from './share.ts';
export { hashLike, prefixOf, secretOf, unwrapKey, wrapKey } from './wrap.ts';
