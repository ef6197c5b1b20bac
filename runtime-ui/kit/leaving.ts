let isDecided = false

/** Leaves these pages without asking for what was typed: it could not be saved, such as in the view of somebody else. */
export function leaveAnyway(go: () => void): void {
  isDecided = true
  go()
}

/** Has the browser ask before the pages are left while there is something to lose. @returns what ends that */
export function guardLeaving(hasUnsaved: () => boolean): () => void {
  const onUnload = (event: BeforeUnloadEvent): void => {
    if (!isDecided && hasUnsaved()) event.preventDefault()
  }
  window.addEventListener('beforeunload', onUnload)
  return () => window.removeEventListener('beforeunload', onUnload)
}
