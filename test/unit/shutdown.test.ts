import { expect } from 'chai'
import { createShutdown } from '../../engine/shutdown.ts'

describe('a shutdown', () => {
  it('tells first, then closes in reverse order, once', async () => {
    const seen: string[] = []
    const shutdown = createShutdown()
    shutdown.add(() => void seen.push('database'))
    shutdown.atBegin(() => seen.push('told'))
    shutdown.add(async () => void seen.push('http'))
    await Promise.all([shutdown.run(), shutdown.run()])
    expect(seen).to.deep.equal(['told', 'http', 'database'])
  })

  it('closes what is left when one fails, and throws that fault', async () => {
    const seen: string[] = []
    const shutdown = createShutdown()
    shutdown.add(() => void seen.push('database'))
    shutdown.add(() => {
      throw new Error('stuck')
    })
    const fault = await shutdown.run().catch((thrown: Error) => thrown.message)
    expect({ seen, fault }).to.deep.equal({ seen: ['database'], fault: 'stuck' })
  })

  it('closes at once what is opened after it began', async () => {
    const seen: string[] = []
    const shutdown = createShutdown()
    await shutdown.run()
    shutdown.add(() => void seen.push('late'))
    await shutdown.run()
    expect(seen).to.deep.equal(['late'])
  })
})
