import { expect } from 'chai'
import { type Schema, schemaAt, titleOf } from '../../../designer/inspector/schema.ts'
import { assignmentKind } from '../../../engine/model/kinds/assignment.ts'
import { KINDS } from '../../../engine/model/kinds/kinds.ts'
import { registry } from '../model/sample.ts'

describe('the schema of a place in a definition', () => {
  const root = assignmentKind.schema(registry) as Schema
  const title = (to: unknown): string =>
    titleOf(schemaAt(root, { rules: [{ to }] }, ['rules', '0', 'to']), 'zh-CN', '')

  it('is that of the form which the value has, where there are several', () => {
    expect(title({ table: 'territory', match: ['region'], take: 'people' })).to.equal('对照表')
    expect(title({ field: 'account.owner' })).to.equal('分配给')
  })

  it('is called as its place where a form has no name of its own, such as a text in several languages', () => {
    const document = KINDS.document.schema(registry) as Schema
    const body = { en: 'Hi {{name}}', 'zh-CN': '您好 {{name}}' }
    expect(titleOf(schemaAt(document, { body }, ['body']), 'zh-CN', '')).to.equal('正文')
    expect(titleOf(schemaAt(document, { body: 'Hi' }, ['body']), 'zh-CN', '')).to.equal('正文')
  })
})
