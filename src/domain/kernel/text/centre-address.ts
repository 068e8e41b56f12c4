/** This machine itself, and nothing that only looks like it: no name but `localhost`, no user before an `@`. */
const LOOPBACK = /^http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?(?:\/|$)/i;

/** Whether what goes to this address can be read and changed by nobody on the way: over TLS, or within this machine. */
export function isProtectedAddress(url: string): boolean {
  return /^https:\/\//i.test(url) || LOOPBACK.test(url);
}
