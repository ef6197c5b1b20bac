import { expect } from 'chai'
import type { Schema } from '../../../designer/inspector/schema.ts'
import { valueWord } from '../../../designer/inspector/use-value-word.ts'
import { entityKind } from '../../../engine/model/kinds/entity.ts'
import { pipelineKind } from '../../../engine/model/kinds/pipeline.ts'
import { registry } from '../model/sample.ts'

describe('the word for a value of a definition', () => {
  it('is the title of a type, the word of a choice, the length of a time', () => {
    const entity = entityKind.schema(registry) as Schema
    const field = { fields: [{ name: 'next', type: 'long_text' }] }
    const typed = (value: string, language: string) =>
      valueWord(entity, { definition: field, path: ['fields', '0', 'type'], value }, language)
    expect([typed('text', 'zh-CN'), typed('long_text', 'en')]).to.deep.equal(['文本', 'Long text'])
    expect(typed('nothing', 'en')).to.equal(undefined)
    const pipeline = pipelineKind.schema(registry) as Schema
    const stages = { stages: [{ name: 'won', type: 'won' }], stalled: { after: 'P14D' } }
    const at = (path: readonly string[], value: string) =>
      valueWord(pipeline, { definition: stages, path, value }, 'zh-CN')
    expect(at(['stages', '0', 'type'], 'open')).to.equal('进行中')
    expect(at(['stalled', 'after'], 'P14D')).to.equal('14 天')
    expect(at(['stages', '0', 'name'], 'won')).to.equal(undefined)
  })
})
