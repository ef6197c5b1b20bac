import { expect } from 'chai'
import type { Entity, Field } from '../../../runtime-ui/api/types.ts'
import { widgetForField } from '../../../runtime-ui/widgets/for-field.ts'

const entity = { name: 'deal', fields: [], pipelines: {} } as unknown as Entity
const field = (relation: object) => ({ name: 'contact', type: 'lookup', relation }) as unknown as Field

describe('the widget of a field outside of a form', () => {
  it('is narrowed by the same field of the record as in the form', () => {
    const narrowed = field({ kind: 'one', to: ['contact'], dependsOn: 'account', by: 'company' })
    expect(widgetForField(entity, narrowed).options).to.deep.equal({
      ...{ to: 'contact', dependsOn: 'account', by: 'company' },
    })
    const free = field({ kind: 'one', to: ['contact'] })
    expect(widgetForField(entity, free).options).to.deep.equal({ to: 'contact' })
  })
})
