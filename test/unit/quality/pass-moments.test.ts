import { expect } from 'chai'
import { AppError } from '../../../engine/errors.ts'
import { MOST_MOMENTS, passMoments } from '../../../engine/quality/pass-moments.ts'

/** Something is due every second, so many times. */
async function passing(times: number): Promise<number> {
  let done = 0
  const due = async () => (done < times ? new Date(done * 1000) : undefined)
  await passMoments(due, new Date(1e9), async () => {
    done++
  })
  return done
}

describe('what falls due while a scenario waits', () => {
  it('happens, one after the other', async () => {
    expect(await passing(3)).to.equal(3)
    expect(await passing(MOST_MOMENTS)).to.equal(MOST_MOMENTS)
  })

  it('does not happen after the end of the wait', async () => {
    const seen: Date[] = []
    const dues = [new Date(1000), new Date(2001)]
    await passMoments(
      async () => dues[seen.length],
      new Date(2000),
      async (due) => {
        seen.push(due)
      },
    )
    expect(seen).to.deep.equal([new Date(1000)])
  })

  it('refuses the wait where it comes to no end, instead of leaving the rest out', async () => {
    const fault = await passing(MOST_MOMENTS + 1).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(fault).to.be.instanceOf(AppError)
    expect((fault as AppError).code).to.equal('META_SCENARIO_WAIT_BUSY')
  })
})
