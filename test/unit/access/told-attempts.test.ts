import { expect } from 'chai'
import { createToldAttempts } from '../../../engine/access/told-attempts.ts'

const HOUR_MS = 60 * 60_000

describe('attempts that the audit tells', () => {
  it('are the first, tenth, hundredth of a target within the hour, and begin anew after it', () => {
    let at = 0
    const attempts = createToldAttempts(() => at)
    const told = (times: number) =>
      Array.from({ length: times }, () => attempts.count('10.0.0.1', 'lily')).filter((n) => n !== undefined)
    expect(told(150)).to.deep.equal([1, 10, 100])
    at = HOUR_MS
    expect(told(1)).to.deep.equal([1])
  })

  it('are at most 20 an hour of one source, however many targets it has', () => {
    const attempts = createToldAttempts(() => 0)
    const told = Array.from({ length: 5_000 }, (_, index) => attempts.count('10.0.0.1', `user${index}`))
    expect(told.filter((n) => n !== undefined)).to.have.length(20)
    expect(attempts.count('10.0.0.2', 'user1')).to.equal(1)
  })

  it('are at most 1,000 an hour in all, however many sources there are', () => {
    let at = 0
    const attempts = createToldAttempts(() => at)
    const told = () =>
      Array.from({ length: 30_000 }, (_, index) => attempts.count(`source ${index}`, 'lily')).filter(
        (n) => n !== undefined,
      ).length
    expect(told()).to.equal(1_000)
    at = HOUR_MS
    expect(told()).to.equal(1_000)
  })
})
