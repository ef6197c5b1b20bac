import { performance } from 'node:perf_hooks'
import { expect } from 'chai'
import type { Answer } from '../support/http.ts'
import { PASSWORD } from '../support/http-model.ts'
import { startWorld, type World } from './world.ts'

/** Runs of each kind, one after the other in turn, so that a busy moment of the machine meets all alike. */
const RUNS = 15
/** Medians may differ by this: without the decoy an unknown account answers fifteen times as fast. */
const FACTOR = 3

describe('what sign-in tells', () => {
  let world: World
  before(async () => {
    world = await startWorld({ TENON_TRUST_PROXY: 'loopback' })
  })
  after(() => world.stop())

  let hop = 0
  /** From another address each time: what is measured is the check, not the throttle. */
  const attempt = async (email: string, password = 'wrong password'): Promise<readonly [Answer, number]> => {
    hop++
    const headers = { 'x-forwarded-for': `10.9.${hop >> 8}.${hop & 255}` }
    const begun = performance.now()
    const answer = await world.engine.client.post('/api/auth/login', { email, password }, { headers })
    return [answer, performance.now() - begun]
  }

  it('is the same of an account that exists and of one that does not, in words and in time', async () => {
    const off = { name: 'Off', email: 'off@example.com', password: PASSWORD, active: false }
    const silent = { name: 'Silent', email: 'silent@example.com', roles: ['reader'] }
    for (const user of [off, silent]) await world.admin.post('/api/records/user', user)
    const kinds: Readonly<Record<string, (run: number) => Promise<readonly [Answer, number]>>> = {
      known: () => attempt('clara@example.com'),
      unknown: (run) => attempt(`nobody${run}@example.com`),
      'switched off': () => attempt('off@example.com', PASSWORD),
      'without a password': () => attempt('silent@example.com'),
      'of another workspace': () => attempt('admin@other.example'),
    }
    await attempt('clara@example.com') // the first one pays for the decoy
    const times: Record<string, number[]> = {}
    const bodies = new Set<string>()
    for (let run = 0; run < RUNS; run++) {
      for (const [kind, call] of Object.entries(kinds)) {
        const [answer, time] = await call(run)
        bodies.add(`${answer.status} ${answer.text} ${[...answer.headers.keys()].sort()}`)
        times[kind] = [...(times[kind] ?? []), time]
      }
    }
    expect([...bodies]).to.have.length(1)
    const medians = Object.fromEntries(Object.entries(times).map(([kind, all]) => [kind, median(all)]))
    for (const [kind, time] of Object.entries(medians)) {
      expect([kind, time < medians.known! * FACTOR && time > medians.known! / FACTOR]).to.deep.equal([
        kind,
        true,
      ])
    }
  })

  it('is not what is asked of a forwarded address that no trusted proxy wrote', async () => {
    const distrusting = await startWorld()
    try {
      const outcomes: number[] = []
      for (let run = 0; run < 8; run++) {
        const answer = await distrusting.engine.client.post(
          '/api/auth/login',
          { email: 'clara@example.com', password: 'wrong' },
          { headers: { 'x-forwarded-for': `10.8.0.${run}` } },
        )
        outcomes.push(answer.status)
      }
      expect(outcomes.slice(0, 5)).to.deep.equal([401, 401, 401, 401, 401])
      expect(outcomes).to.include(429)
    } finally {
      await distrusting.stop()
    }
  })

  it('slows down who tries many passwords of one account at once', async () => {
    const headers = { 'x-forwarded-for': '10.7.0.1' }
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, run) =>
        world.engine.client.post(
          '/api/auth/login',
          { email: 'clara@example.com', password: `guess ${run}` },
          { headers },
        ),
      ),
    )
    expect(answers.filter(({ status }) => status === 401).length).to.be.within(1, 8)
    for (const answer of answers.filter(({ status }) => status !== 401)) {
      expect(answer.status).to.be.oneOf([429, 503])
      expect(answer.headers.get('retry-after')).to.match(/^\d+$/)
    }
    expect((await attempt('clara@example.com', PASSWORD))[0].status).to.equal(200)
  })
})

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[values.length >> 1]!
}
