/** Loopback only, and nothing that merely looks like it: no name other than `localhost`, no user before an `@`. */
const LOOPBACK = /^http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?(?:\/|$)/i;

/** True when traffic to this address cannot be read or changed on the way: TLS, or loopback. */
export function isProtectedAddress(url: string): boolean {
  return /^https:\/\//i.test(url) || LOOPBACK.test(url);
}
