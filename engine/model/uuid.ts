import { randomFillSync } from 'node:crypto'

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Random bytes are drawn in bulk: a call to the generator costs more than an id. */
const POOL_BYTES = 8192
const COUNTER_END = 2 ** 30

/**
 * Makes a source of UUIDs of version 7 (RFC 9562 §5.7), in lower case. Ids of one source sort in the order in
 * which they were made, also within a millisecond and when the clock steps back (§6.2, method 1): rand_a and the
 * first 18 bits of rand_b are a counter that begins at random in each millisecond; 44 further bits are random.
 */
export function createIdSource(): (now?: number) => string {
  const pool = new Uint8Array(POOL_BYTES)
  let poolAt = pool.length
  let lastMs = -1
  let counter = 0
  let timeText = ''

  function startMillisecond(ms: number): void {
    lastMs = ms
    // The upper 6 bits begin at zero, so that a millisecond has room for a thousand million ids.
    counter = (pool[poolAt]! << 16) | (pool[poolAt + 1]! << 8) | pool[poolAt + 2]!
    poolAt += 3
    const text = ms.toString(16).padStart(12, '0')
    timeText = `${text.slice(0, 8)}-${text.slice(8)}-`
  }

  return (now = Date.now()) => {
    if (poolAt + 9 > pool.length) {
      randomFillSync(pool)
      poolAt = 0
    }
    if (now > lastMs) startMillisecond(now)
    else if (++counter === COUNTER_END) startMillisecond(lastMs + 1)
    const at = poolAt
    poolAt += 6
    const low = counter & 0x3ffff
    return (
      timeText +
      HEX[0x70 | (counter >>> 26)] +
      HEX[(counter >>> 18) & 0xff] +
      '-' +
      HEX[0x80 | (low >>> 12)] +
      HEX[(low >>> 4) & 0xff] +
      '-' +
      HEX[((low & 0xf) << 4) | (pool[at]! & 0xf)] +
      HEX[pool[at + 1]!] +
      HEX[pool[at + 2]!] +
      HEX[pool[at + 3]!] +
      HEX[pool[at + 4]!] +
      HEX[pool[at + 5]!]
    )
  }
}

/**
 * A new id for a record, a definition or an item.
 * @param now milliseconds since 1970
 */
export const newId: (now?: number) => string = createIdSource()
