import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { choiceWord, type Schema, wordsOf } from '../../../designer/inspector/schema.ts'

const SCHEMAS = join(import.meta.dirname, '..', '..', '..', 'metadata', 'schema')

describe('the words of choices', () => {
  it('are Chinese for whoever reads Chinese, in every schema', () => {
    const foreign = readdirSync(SCHEMAS)
      .filter((file) => file.endsWith('.schema.json'))
      .flatMap((file) => foreignIn(JSON.parse(readFileSync(join(SCHEMAS, file), 'utf8')), file))
    expect(foreign).to.deep.equal([])
  })

  it('come from the description, which says each value with its word', () => {
    const schema: Schema = { enum: ['won'], 'x-zh': { description: '结局：open 进行中，won 成功结束。' } }
    expect(choiceWord(schema, 'won', 'zh-CN')).to.equal('成功结束')
    expect(choiceWord(schema, 'won', 'en')).to.equal('Won')
    const days = {
      description: '1 Monday, 11 Never, zh-CN Chinese or en English.',
      'x-zh': { description: '1 周一、2 周二。' },
    }
    const words = ['1', '11', 'zh-CN', 'en', '2'].map((one) => choiceWord(days, one, 'en'))
    expect(words).to.deep.equal(['Monday', 'Never', 'Chinese', 'English', '2'])
    expect(choiceWord(days, '1', 'zh-CN')).to.equal('周一')
  })
})

/** Values to choose from that the designer could not say in Chinese, by where they stand. Numbers need no word. */
function foreignIn(node: unknown, place: string): readonly string[] {
  if (typeof node !== 'object' || node === null) return []
  const schema = node as Schema
  const values = schema['x-zh'] === undefined ? [] : (schema.enum ?? schema.items?.enum ?? [])
  const own = values.flatMap((value) =>
    typeof value === 'string' && choiceWord(schema, value, 'zh-CN') === wordsOf(value) && value !== 'a4'
      ? [`${place}: ${value}`]
      : [],
  )
  return [...own, ...Object.entries(node).flatMap(([key, one]) => foreignIn(one, `${place}/${key}`))]
}
