import { expect } from 'chai'
import { namedByLabel } from '../../../designer/inspector/controls/named-by-label.ts'
import type { Json } from '../../../designer/store/json-value.ts'

const read = (run: string) => (run === '下一步' ? ['xia', 'yi', 'bu'] : [])

describe('the name of a field after what it is called', () => {
  const entity = (name: string, more: Readonly<Record<string, unknown>> = {}) => ({
    fields: [
      { name: 'budget', type: 'currency' },
      { name, type: 'text' },
    ],
    ...more,
  })
  const cases = [
    ['follows its label', entity('text'), undefined, 'Next step', '', 'next_step'],
    ['follows it among several of its type', entity('text_2'), undefined, 'Next step', '', 'next_step'],
    ['is one that no other has', entity('text'), undefined, 'Budget', '', 'budget_2'],
    ['stays where somebody has named it', entity('step'), undefined, 'Next step', '', undefined],
    ['stays where it is in force', entity('text'), entity('text'), 'Next step', '', undefined],
    [
      'stays where its entity speaks of it',
      entity('text', { title: 'text' }),
      undefined,
      'Next',
      '',
      undefined,
    ],
    ['stays where the draft does', entity('text'), undefined, 'Next', '[{"columns":["text"]}]', undefined],
    ['stays where that is its name already', entity('text'), undefined, 'Text', '', undefined],
    ['is how its label is read', entity('text'), undefined, '下一步', '', 'xia_yi_bu'],
    ['is no word that every record has', entity('text'), undefined, 'Owner', '', 'owner_field'],
    ['stays where its type is called so too', entity('text'), undefined, 'Text', '', undefined],
    ['stays where there is nothing to read', entity('text'), undefined, '★', '', undefined],
  ] as const
  for (const [what, definition, inForce, label, elsewhere, name] of cases) {
    it(what, () => {
      const path = ['fields', '1', 'label']
      expect(namedByLabel(definition, inForce, path, { label, elsewhere, read })).to.equal(name)
    })
  }

  it('is no matter of other labels', () => {
    const of = { label: 'Text', elsewhere: '', read }
    expect(namedByLabel(entity('text'), undefined, ['label'], of)).to.equal(undefined)
    expect(namedByLabel(entity('text'), undefined, ['fields', '1', 'help'], of)).to.equal(undefined)
  })

  it('is that of any new entry of a list', () => {
    const named = (definition: Json, path: string, inForce?: Json) =>
      namedByLabel(definition, inForce, path.split('/'), { label: '下一步', elsewhere: '', read })
    const pipeline = {
      stages: [
        { name: 'open', next: ['new_stage'] },
        { name: 'new_stage', type: 'open' },
      ],
    }
    expect([
      named(pipeline, 'stages/1/label'),
      named(pipeline, 'stages/0/label'),
      named(pipeline, 'stages/1/label', { stages: [{ name: 'new_stage' }] }),
      named({ levels: [{ name: 'level' }, { name: 'level_2' }] }, 'levels/1/label'),
      named({ form: [{ name: 'section' }] }, 'form/0/label'),
      named({ fields: [{ name: 'size', options: [{ name: 'new_option' }] }] }, 'fields/0/options/0/label'),
    ]).to.deep.equal(['xia_yi_bu', undefined, undefined, 'xia_yi_bu', 'xia_yi_bu', 'xia_yi_bu'])
  })
})
