import { expect } from 'chai'
import { namedByLabel } from '../../../designer/inspector/controls/named-by-label.ts'

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
    ['stays where the label has no letters', entity('text'), undefined, '下一步', '', undefined],
  ] as const
  for (const [what, definition, inForce, label, elsewhere, name] of cases) {
    it(what, () => {
      const path = ['fields', '1', 'label']
      expect(namedByLabel(definition, inForce, path, { label, elsewhere })).to.equal(name)
    })
  }

  it('is no matter of other labels', () => {
    const of = { label: 'Text', elsewhere: '' }
    expect(namedByLabel(entity('text'), undefined, ['label'], of)).to.equal(undefined)
    expect(namedByLabel(entity('text'), undefined, ['fields', '1', 'help'], of)).to.equal(undefined)
  })
})
