let isDecided = false
let close: () => void = () => undefined

/** How the pages are taken down. */
export function setClosing(down: () => void): void {
  close = down
}

/** Leaves these pages without asking for what was typed: it could not be saved, such as in the view of somebody else. */
export function leaveAnyway(go: () => void): void {
  isDecided = true
  go()
  // What comes in meanwhile is another person's or another workspace's: a page that follows it would never leave.
  close()
}

/**
 * Begins these pages anew since whose they are has changed; not where they are being left already: an answer that comes
 * in on the way out must not lead back.
 */
export function beginAnew(): void {
  if (!isDecided) leaveAnyway(() => window.location.reload())
}

/** Has the browser ask before the pages are left while there is something to lose. @returns what ends that */
export function guardLeaving(hasUnsaved: () => boolean): () => void {
  const onUnload = (event: BeforeUnloadEvent): void => {
    if (!isDecided && hasUnsaved()) event.preventDefault()
  }
  window.addEventListener('beforeunload', onUnload)
  return () => window.removeEventListener('beforeunload', onUnload)
}
