import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { parse } from 'csv-parse/sync'
import { generateData } from '../../../seeds/sales/generator/write-data.ts'

const folder = join(import.meta.dirname, '../../../seeds/sales/data')
const data = generateData()

describe('the demo data of seeds/sales', () => {
  for (const [entity, csv] of Object.entries(data)) {
    it(`has a ${entity}.csv that is what the generator writes`, () => {
      expect(readFileSync(join(folder, `${entity}.csv`), 'utf8')).to.equal(csv)
    })
  }

  const counts = { account: 300, contact: 600, opportunity: 800 } as const
  for (const [entity, count] of Object.entries(counts)) {
    it(`has ${count} rows of ${entity}, each with a name of its own`, () => {
      const names = rowsOf(entity).map((row) => row.name)
      expect([names.length, new Set(names).size]).to.eql([count, count])
    })
  }

  it('says no word of a Chinese name twice in a row', () => {
    const names = rowsOf('account').map(({ name }) => name!)
    expect(names.filter((name) => /(\p{Script=Han}{2,})\1/u.test(name))).to.eql([])
  })

  it('ends each decided deal after it began, and leaves the others open', () => {
    const wrong = rowsOf('opportunity').filter(({ stage, closed_on, created_at }) => {
      const decided = stage === 'won' || stage === 'lost'
      return decided ? closed_on! < created_at!.slice(0, 10) : closed_on !== ''
    })
    expect(wrong).to.eql([])
  })

  it('tells of two years, with deals in every month, in each stage and in both languages', () => {
    const deals = rowsOf('opportunity')
    const months = new Set(deals.map(({ created_at }) => created_at!.slice(0, 7)))
    const stages = new Set(deals.map(({ stage }) => stage))
    expect(months.size).to.be.within(24, 26)
    expect([...stages].sort()).to.eql([
      'first_contact',
      'lost',
      'negotiation',
      'proposal',
      'requirement_confirmed',
      'won',
    ])
    const names = rowsOf('account').map(({ name }) => name!)
    const chinese = names.filter((name) => /\p{Script=Han}/u.test(name))
    expect(Math.min(chinese.length, names.length - chinese.length)).to.be.greaterThan(60)
  })

  it('gives away nobody: mail and web addresses end in names that are reserved', () => {
    const addresses = Object.values(data).flatMap(
      (csv) => csv.match(/[\w.-]+@[\w.-]+|https?:\/\/[^\s,"]+/g) ?? [],
    )
    const reserved = /(\.example|@example\.com)$/
    expect([addresses.length > 900, addresses.filter((address) => !reserved.test(address))]).to.eql([
      true,
      [],
    ])
  })
})

function rowsOf(entity: string): Record<string, string>[] {
  return parse(data[entity]!, { columns: true })
}
