import { expect } from 'chai'
import { AppError, problem } from '../../engine/errors.ts'

describe('a refusal', () => {
  it('is known as one when the module that made it was loaded a second time', async () => {
    const again = (await import(`../../engine/errors.ts?${Date.now()}`)) as { AppError: typeof AppError }
    expect(again.AppError).not.to.equal(AppError)
    const refusal = new again.AppError(problem('RECORD_NOT_FOUND'))
    expect(refusal).to.be.instanceOf(AppError)
    expect(refusal.status).to.equal(404)
  })

  it('is nothing else that was thrown, and of no narrower class than it is', () => {
    class Narrower extends AppError {}
    const refusal = new AppError(problem('RECORD_NOT_FOUND'))
    expect([new Error('x'), null, 'x', refusal].map((one) => one instanceof Narrower)).to.deep.equal(
      Array(4).fill(false),
    )
    expect([new Error('x'), null, 'x'].map((one) => (one as unknown) instanceof AppError)).to.deep.equal(
      Array(3).fill(false),
    )
    expect(new Narrower(problem('RECORD_NOT_FOUND'))).to.be.instanceOf(AppError)
  })
})
