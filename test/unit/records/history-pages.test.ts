import { expect } from 'chai'
import fc from 'fast-check'
import { type AuditPage, type ReadStretch, readPage } from '../../../engine/records/history-pages.ts'

interface Row {
  readonly id: string
}

/** Reads from a list of numbers as the database would, and counts how often. */
function sourceOf(ids: readonly bigint[]): { readonly read: ReadStretch<Row>; calls: number } {
  const sorted = [...new Set(ids)].sort((left, right) => (left < right ? 1 : -1))
  const source = {
    calls: 0,
    read: async ({ afterId, beforeId, limit }: Parameters<ReadStretch<Row>>[0]) => {
      source.calls++
      const found = sorted.filter((id) => id > BigInt(afterId) && id < BigInt(beforeId))
      return found.slice(0, limit).map((id) => ({ id: String(id) }))
    },
  }
  return source
}

describe('pages of the audit', () => {
  it('give every row once, the newest first, whatever numbers were used', async () => {
    const number = fc.bigInt({ min: 1n, max: 3_000_000n })
    const question = fc.record({
      ids: fc.array(number, { maxLength: 60 }),
      limit: fc.integer({ min: 1, max: 9 }),
    })
    await fc.assert(
      fc.asyncProperty(question, fc.boolean(), async ({ ids, limit }, isIndexed) => {
        const { read } = sourceOf(ids)
        const seen: string[] = []
        for (let before: string | undefined = '3000001'; before !== undefined; ) {
          const page: AuditPage<Row> = await readPage(read, before, limit, { isIndexed })
          expect(page.rows.length).to.be.at.most(limit)
          seen.push(...page.rows.map(({ id }) => id))
          before = page.nextId
        }
        const all = [...new Set(ids)].sort((left, right) => (left < right ? 1 : -1)).map(String)
        expect(seen).to.deep.equal(all)
      }),
      { numRuns: 200 },
    )
  })

  it('end where nothing older is left', async () => {
    const { read } = sourceOf([5n, 4n])
    expect((await readPage(read, '6', 2)).nextId).to.equal(undefined)
    expect((await readPage(read, '6', 1)).nextId).to.equal('5')
    expect(await readPage(read, '1', 1)).to.deep.equal({ rows: [], nextId: undefined })
  })

  it('are answered as far as they came when it takes too long, and go on from there', async () => {
    let clock = 0
    const source = sourceOf([2n])
    const now = () => (clock += 5_000)
    const first = await readPage(source.read, '90000000', 5, { now })
    expect(first.rows).to.deep.equal([])
    expect(source.calls).to.equal(1)
    expect(BigInt(first.nextId ?? 0)).to.equal(89_980_000n)
  })
})
