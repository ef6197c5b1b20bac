import { expect } from 'chai'
import { AppError } from '../../../engine/errors.ts'
import { addressKey, createQuota } from '../../../engine/portal/quota.ts'

describe('how often a form is sent', () => {
  let now = 0
  const attempt = (work: () => void): number => {
    try {
      work()
      return 0
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return error.retryAfterSeconds ?? -1
    }
  }

  it('is so many times at once, and one more as time gives it back', () => {
    now = 0
    const quota = createQuota(() => now)
    const take = () => attempt(() => quota.take([{ key: 'a', perHour: 60 }]))
    expect(Array.from({ length: 60 }, take)).to.deep.equal(Array.from({ length: 60 }, () => 0))
    expect(take()).to.equal(60)
    now += 59_000
    expect(take()).to.equal(1)
    now += 1_000
    expect([take(), take()]).to.deep.equal([0, 60])
  })

  it('costs nothing where one of the limits refuses', () => {
    now = 0
    const quota = createQuota(() => now)
    const both = (key: string) =>
      attempt(() =>
        quota.take([
          { key: 'form', perHour: 2 },
          { key, perHour: 1 },
        ]),
      )
    expect([both('x'), both('x') > 0, both('y'), both('z') > 0]).to.deep.equal([0, true, 0, true])
  })

  it('counts an IPv6 network as one address', () => {
    expect(addressKey('f', '2001:db8:1:2:3::1')).to.equal(addressKey('f', '2001:db8:1:2:ffff::9'))
    expect(addressKey('f', '::ffff:10.0.0.1')).to.equal(addressKey('f', '10.0.0.1'))
    expect(addressKey('f', '10.0.0.1')).not.to.equal(addressKey('f', '10.0.0.2'))
  })
})
