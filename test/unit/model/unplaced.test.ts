import { expect } from 'chai'
import { unplacedFields } from '../../../engine/model/unplaced.ts'
import { copyOf, sampleInForce, withDefinitions } from './sample.ts'

const base = sampleInForce()

function withField(entity: string, form?: readonly string[]) {
  const now = copyOf(base.entity.get(entity)) as unknown as { fields: object[] }
  now.fields.push({ id: 'new', name: 'seats', type: 'integer', label: { 'zh-CN': '座位' } })
  const layout = copyOf(base.layout.get('account_page')) as unknown as { form: { fields: string[] }[] }
  layout.form[0]!.fields.push(...(form ?? []))
  return unplacedFields(base, withDefinitions(base, now, layout)).map(({ path, params }) => ({
    path,
    params,
  }))
}

describe('a new field', () => {
  it('that is on no form is told, where forms list their fields by hand', () => {
    expect(withField('account')).to.deep.equal([
      {
        path: '/entity/account/fields/4',
        params: {
          field: { en: '座位', 'zh-CN': '座位' },
          entity: { en: 'Account', 'zh-CN': '客户' },
        },
      },
    ])
  })

  it('is not told once it is on a form, nor where the form is generated', () => {
    expect(withField('account', ['seats'])).to.deep.equal([])
    expect(withField('deal')).to.deep.equal([])
    expect(unplacedFields(base, base)).to.deep.equal([])
  })
})
