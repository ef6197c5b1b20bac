import { expect } from 'chai'
import { guessColumns } from '../../../engine/imports/guess-columns.ts'
import type { CompiledEntity, CompiledField } from '../../../engine/model/compiled.ts'

const field = (name: string, type: string, en: string, zh: string) =>
  ({ name, type: { name: type }, label: { en, 'zh-CN': zh } }) as unknown as CompiledField
const FIELDS = [
  field('name', 'text', 'Name', '名称'),
  field('level', 'select', 'Level', '级别'),
  field('annual_revenue', 'currency', 'Annual revenue', '年营收'),
  field('phone', 'phone', 'Phone', '电话'),
  field('email', 'email', 'E-mail', '邮箱'),
  field('signed_at', 'date', 'Signed on', '签约日期'),
]
const OPTIONS = [{ name: 'fair', label: { en: 'Trade fair', 'zh-CN': '展会' } }]
FIELDS.push({ ...field('source', 'select', 'Source', '来源'), options: OPTIONS } as unknown as CompiledField)
const ENTITY = {
  name: 'account',
  label: { en: 'Customer', 'zh-CN': '客户' },
  titleField: FIELDS[0],
  fields: new Map(FIELDS.map((one) => [one.name, one])),
} as unknown as CompiledEntity

const guess = (headers: readonly string[], samples: readonly (readonly string[])[] = []) =>
  guessColumns({ entity: ENTITY, headers, samples, takes: (one) => one.name !== 'level' })

const cases: readonly {
  readonly what: string
  readonly headers: readonly string[]
  readonly samples?: readonly (readonly string[])[]
  readonly to: readonly (string | undefined)[]
}[] = [
  { what: 'labels in English', headers: ['Name', 'annual REVENUE'], to: ['name', 'annual_revenue'] },
  { what: 'labels in Chinese', headers: ['名称', '签约日期', '邮箱'], to: ['name', 'signed_at', 'email'] },
  { what: 'names', headers: ['signed_at', 'email'], to: ['signed_at', 'email'] },
  { what: 'marks, units and width', headers: ['年营收（元）', '* E mail'], to: ['annual_revenue', 'email'] },
  { what: 'what names the record', headers: ['客户名称', '电话'], to: ['name', 'phone'] },
  { what: 'a longer header', headers: ['Customer', '联系电话'], to: ['name', 'phone'] },
  {
    what: 'values',
    headers: ['x', 'y'],
    samples: [['a@b.example', '0571-88880001']],
    to: ['email', 'phone'],
  },
  { what: 'a part of a label', headers: ['营收（元）'], to: ['annual_revenue'] },
  { what: 'options', headers: ['x'], samples: [['Trade fair'], [''], ['展会']], to: ['source'] },
  { what: 'no day for a telephone', headers: ['x'], samples: [['2026-03-02']], to: [undefined] },
  { what: 'no field twice', headers: ['Name', '名称'], to: ['name', undefined] },
  {
    what: 'no value of two columns',
    headers: ['x', 'y'],
    samples: [['a@b.cn', 'c@d.cn']],
    to: [undefined, undefined],
  },
  { what: 'no field that may not be filled', headers: ['Level', '级别'], to: [undefined, undefined] },
  { what: 'nothing of an empty header', headers: [''], to: [undefined] },
]

describe('the guess to which fields columns go', () => {
  for (const { what, headers, samples, to } of cases)
    it(`takes ${what}`, () => expect(guess(headers, samples)).to.deep.equal(to))
})
