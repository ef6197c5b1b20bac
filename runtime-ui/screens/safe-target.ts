/** Where a sign-in leads: only paths of this page; an address of elsewhere must not ride on it. */
export function safeTarget(to: string | null): string {
  return to !== null && /^\/(?![/\\])/.test(to) ? to : '/'
}
