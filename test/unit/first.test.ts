import { existsSync, readFileSync } from 'node:fs'
import { expect } from 'chai'

interface First {
  readonly covers: number
  readonly files: readonly string[]
}

describe('the tests that `npm test` runs first of all', () => {
  const { covers, files } = JSON.parse(readFileSync('test/first.json', 'utf8')) as First

  it('are there, each once', () => {
    expect(files.filter((file) => !existsSync(file))).to.deep.equal([])
    expect(new Set(files).size).to.equal(files.length)
  })

  it('are of every kind, and run nearly all of the engine’s code that all of them run', () => {
    const kinds = new Set(files.map((file) => file.split('/')[1]))
    expect([...kinds].sort()).to.deep.equal(['api', 'attack', 'contract', 'start', 'ui'])
    expect(covers).to.be.above(0.95)
  })
})
