/**
 * The Idempotency-Key of a send: the same body sent again (the answer was lost, the button pressed twice) keeps
 * its key and makes one record; a mended body gets a new one.
 */
export function createAttemptKeys(): (body: unknown) => string {
  let lastBody = ''
  let lastKey = ''
  return (body) => {
    const text = JSON.stringify(body)
    if (text !== lastBody) {
      lastBody = text
      lastKey = randomKey()
    }
    return lastKey
  }
}

/** crypto.randomUUID is missing on plain http beyond this machine. */
function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
