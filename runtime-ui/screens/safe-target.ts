/** Where a sign-in leads: only paths of this page; an address of elsewhere must not ride on it. */
export function safeTarget(to: string | null): string {
  // Browsers drop tabs and line breaks from an address: “/<tab>/evil.example” would be “//evil.example”.
  return to !== null && /^\/(?![/\\])\P{Cc}*$/u.test(to) ? to : '/'
}
