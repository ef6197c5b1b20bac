import { expect } from 'chai'
import { createThrottle, type Throttle } from '../../../engine/access/throttle.ts'
import { AppError } from '../../../engine/errors.ts'

const HOME = '10.0.0.1'

async function fail(throttle: Throttle, account: string, address = HOME): Promise<number> {
  try {
    const settle = await throttle.begin(account, address)
    settle(false)
    return 0
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.retryAfterSeconds ?? -1
  }
}

async function repeat(times: number, work: (index: number) => Promise<number>): Promise<number[]> {
  const answers: number[] = []
  for (let index = 0; index < times; index++) answers.push(await work(index))
  return answers
}

describe('createThrottle', () => {
  it('lets five failures pass, then asks to wait twice as long each time', async () => {
    let now = 0
    const throttle = createThrottle(() => now)
    expect(await repeat(6, () => fail(throttle, 'lily'))).to.deep.equal([0, 0, 0, 0, 0, 1])
    now += 1000
    expect(await repeat(2, () => fail(throttle, 'lily'))).to.deep.equal([0, 2])
    now += 2000
    expect(await repeat(2, () => fail(throttle, 'lily'))).to.deep.equal([0, 4])
  })

  it('never asks to wait longer than a quarter of an hour', async () => {
    let now = 0
    const throttle = createThrottle(() => now)
    await repeat(5, () => fail(throttle, 'lily'))
    await repeat(15, () => {
      now += 900_000
      return fail(throttle, 'lily')
    })
    expect(await fail(throttle, 'lily')).to.equal(900)
  })

  it('calls a wait of minutes a lock, and tells how many', async () => {
    const refusalAfter = async (failures: number) => {
      let now = 0
      const slow = createThrottle(() => now)
      await repeat(failures, () => {
        now += 900_000
        return fail(slow, 'tom')
      })
      const refusal = await slow.begin('tom', HOME).catch((error: unknown) => error as AppError)
      return refusal instanceof AppError ? [refusal.code, refusal.problems[0]?.params] : []
    }
    expect([await refusalAfter(10), await refusalAfter(11)]).to.deep.equal([
      ['AUTH_THROTTLED', { seconds: 32 }],
      ['AUTH_LOCKED', { minutes: 2 }],
    ])
  })

  it('locks nobody out elsewhere', async () => {
    const throttle = createThrottle(() => 0)
    await repeat(6, () => fail(throttle, 'lily', '6.6.6.6'))
    expect(await fail(throttle, 'lily', '6.6.6.6')).to.equal(1)
    expect(await fail(throttle, 'lily', HOME)).to.equal(0)
    expect(await fail(throttle, 'tom', '6.6.6.6')).to.equal(0)
  })

  it('takes an IPv6 network of one customer for one address, and letter case for nothing', async () => {
    const throttle = createThrottle(() => 0)
    await repeat(5, (index) => fail(throttle, index % 2 ? 'Lily' : 'lily', `2001:db8:1:2::${index}`))
    expect(await fail(throttle, 'LILY', '2001:db8:1:2::99')).to.equal(1)
    expect(await fail(throttle, 'LILY', '2001:db8:1:3::99')).to.equal(0)
  })

  it('slows an address that tries many accounts, by ten seconds at most', async () => {
    let now = 0
    const throttle = createThrottle(() => now)
    const answers = await repeat(101, (index) => fail(throttle, `account ${index}`))
    expect(answers.slice(0, 100)).to.deep.equal(new Array(100).fill(0))
    expect(answers[100]).to.equal(1)
    await repeat(10, (index) => {
      now += 10_000
      return fail(throttle, `more ${index}`)
    })
    expect(await fail(throttle, 'last')).to.equal(10)
  })

  it('gives guesses in parallel no more tries than one after the other', async () => {
    const throttle = createThrottle(() => 0)
    const answers = await Promise.all(Array.from({ length: 50 }, () => fail(throttle, 'lily')))
    expect(answers.filter((seconds) => seconds === 0)).to.have.length(5)
  })

  it('lets fifty sign-ins in parallel succeed', async () => {
    const throttle = createThrottle(() => 0)
    const all = Array.from({ length: 50 }, async () => {
      const settle = await throttle.begin('lily', HOME)
      await new Promise((resolve) => setImmediate(resolve))
      settle(true)
    })
    await Promise.all(all)
    expect(await fail(throttle, 'lily')).to.equal(0)
  })

  it('forgets failures after a success and after half an hour', async () => {
    let now = 0
    const throttle = createThrottle(() => now)
    await repeat(4, () => fail(throttle, 'lily'))
    ;(await throttle.begin('lily', HOME))(true)
    expect(await repeat(5, () => fail(throttle, 'lily'))).to.deep.equal([0, 0, 0, 0, 0])
    now += 31 * 60_000
    expect(await repeat(5, () => fail(throttle, 'lily'))).to.deep.equal([0, 0, 0, 0, 0])
  })
})
