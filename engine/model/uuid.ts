import { randomFillSync } from 'node:crypto'

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Random bytes are drawn in bulk: a call to the generator costs more than an id. */
const pool = new Uint8Array(8192)
let poolAt = pool.length

let lastMs = -1
/** 30 bits that rise with every id of one millisecond: rand_a and the first 18 bits of rand_b. */
let counter = 0
let timeText = ''

const COUNTER_BITS = 30
const COUNTER_END = 2 ** COUNTER_BITS

/**
 * A new UUID of version 7 (RFC 9562 §5.7), in lower case. Ids of one process sort in the order in which they
 * were made, also within a millisecond and when the clock steps back (§6.2, method 1: a counter that begins at
 * random in each millisecond); 44 further bits are random.
 * @param now milliseconds since 1970
 */
export function newId(now = Date.now()): string {
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

function startMillisecond(ms: number): void {
  lastMs = ms
  const at = poolAt
  poolAt += 3
  // The upper 6 bits begin at zero, so that a millisecond has room for a thousand million ids.
  counter = ((pool[at]! << 16) | (pool[at + 1]! << 8) | pool[at + 2]!) & 0xffffff
  const text = ms.toString(16).padStart(12, '0')
  timeText = `${text.slice(0, 8)}-${text.slice(8)}-`
}
