import { AppError, problem } from '../errors.ts'

/** The wait after the first failure too many, milliseconds; it doubles with each further one. */
const FIRST_WAIT_MS = 1_000
/** A counter without a failure for this long is forgotten, milliseconds. */
const FORGET_AFTER_MS = 30 * 60_000
/** Counters kept at once; the oldest go first. */
const MAX_COUNTERS = 100_000

interface Policy {
  /** Failures that cost nothing. */
  readonly free: number
  readonly longestWaitMs: number
  /** Failures that one success makes good. */
  readonly forgiven: number
}

/** One account from one address: whoever guesses soon waits; the owner elsewhere is never locked out. */
const ACCOUNT: Policy = { free: 5, longestWaitMs: 15 * 60_000, forgiven: Number.POSITIVE_INFINITY }
/** One address over all accounts: an office of 500 behind one address must still get in on Monday morning. */
const ADDRESS: Policy = { free: 100, longestWaitMs: 10_000, forgiven: 10 }

interface Counter {
  failures: number
  lastAt: number
  inFlight: number
  waiting: (() => void)[]
}

/** Told once how an attempt ended. */
export type Settle = (succeeded: boolean) => void

/** Slows down the guessing of passwords; in the memory of one node, forgotten with it. */
export interface Throttle {
  /**
   * Announces an attempt. More attempts at once than may still fail wait for the ones before them: a thousand
   * in parallel get no more guesses than one after the other, and parallel sign-ins that succeed lose nothing.
   * @throws AppError AUTH_THROTTLED with the seconds to wait, AUTH_LOCKED with the minutes
   */
  begin(account: string, address: string): Promise<Settle>
}

/** @param now the clock, milliseconds */
export function createThrottle(now: () => number = Date.now): Throttle {
  const accounts = createGate(ACCOUNT, now)
  const addresses = createGate(ADDRESS, now)
  return {
    async begin(account, address) {
      const network = networkOf(address)
      const leaveAddress = await addresses(network)
      const leaveAccount = await accounts(`${network} ${account.toLowerCase()}`).catch((refusal: unknown) => {
        leaveAddress(false)
        throw refusal
      })
      return (succeeded) => {
        leaveAddress(succeeded)
        leaveAccount(succeeded)
      }
    },
  }
}

/** Lets attempts of one key pass, hold, or refuses them; the answer is how to report the end. */
function createGate(policy: Policy, now: () => number): (key: string) => Promise<Settle> {
  const counters = new Map<string, Counter>()
  return async (key) => {
    for (;;) {
      const counter = touch(counters, key, now())
      const waitMs = waitOf(counter, policy, now())
      if (waitMs > 0) throw throttled(waitMs)
      const open = counter.failures < policy.free ? policy.free - counter.failures : 1
      if (counter.inFlight < open) {
        counter.inFlight++
        return (succeeded) => settle(counter, policy, succeeded, now())
      }
      await new Promise<void>((go) => counter.waiting.push(go))
    }
  }
}

/** The counter of a key, moved to the end: the map is in the order of last use. */
function touch(counters: Map<string, Counter>, key: string, at: number): Counter {
  const known = counters.get(key)
  const counter: Counter = known ?? { failures: 0, lastAt: at, inFlight: 0, waiting: [] }
  if (at - counter.lastAt > FORGET_AFTER_MS) counter.failures = 0
  counters.delete(key)
  counters.set(key, counter)
  if (counters.size > MAX_COUNTERS) counters.delete(counters.keys().next().value!)
  return counter
}

function settle(counter: Counter, policy: Policy, succeeded: boolean, at: number): void {
  counter.inFlight--
  if (succeeded) counter.failures = Math.max(0, counter.failures - policy.forgiven)
  else {
    counter.failures++
    counter.lastAt = at
  }
  for (const go of counter.waiting.splice(0)) go()
}

/** Milliseconds that are still to wait, 0 for none. */
function waitOf(counter: Counter, policy: Policy, at: number): number {
  if (counter.failures < policy.free) return 0
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (counter.failures - policy.free), policy.longestWaitMs)
  return Math.max(0, counter.lastAt + wait - at)
}

/** From here on a person is told of a lock and of another way in, not of seconds, milliseconds. */
const LOCK_FROM_MS = 60_000

function throttled(waitMs: number): AppError {
  const seconds = Math.ceil(waitMs / 1000)
  if (waitMs > LOCK_FROM_MS) {
    const params = { minutes: Math.ceil(seconds / 60) }
    return new AppError(problem('AUTH_LOCKED', '', { params }), { retryAfterSeconds: seconds })
  }
  return new AppError(problem('AUTH_THROTTLED', '', { params: { seconds } }), { retryAfterSeconds: seconds })
}

/** One IPv4 address, or the /64 network of an IPv6 one, which belongs to one customer. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  if (address.startsWith('::ffff:')) return address.slice(7)
  return address.split(':').slice(0, 4).join(':')
}
