import { expect } from 'chai'
import type { Definition } from '../../../engine/model/compiled.ts'
import { toDefinitionSet } from '../../../engine/model/definition-set.ts'
import { translateDefinitions } from '../../../engine/model/translate.ts'

const lead: Definition = {
  kind: 'entity',
  name: 'lead',
  label: { en: 'Lead' },
  fields: [
    { name: 'phone', type: 'phone', label: 'Phone' },
    { name: 'source', type: 'select', options: [{ name: 'expo', label: { en: 'Expo' } }] },
  ],
}
const pipeline: Definition = {
  kind: 'pipeline',
  name: 'follow_up',
  entity: 'lead',
  field: 'stage',
  stages: [{ name: 'new', type: 'open' }],
}
const german: Definition = {
  kind: 'translation',
  name: 'de',
  language: 'de',
  texts: {
    'entity/lead': 'Interessent',
    'entity/lead#plural': 'Interessenten',
    'entity/lead/phone': 'Telefon',
    'entity/lead/phone#help': 'Mit Vorwahl',
    'entity/lead/source/expo': 'Messe',
    'pipeline/follow_up/new': 'Neu',
  },
}

describe('translations', () => {
  it('add their texts to labels, plurals, help texts, options and stages', () => {
    const shown = translateDefinitions(toDefinitionSet([lead, pipeline, german]))
    expect(shown.entity.get('lead')).to.deep.equal({
      ...lead,
      label: { en: 'Lead', de: 'Interessent' },
      plural: { de: 'Interessenten' },
      fields: [
        { name: 'phone', type: 'phone', label: { en: 'Phone', de: 'Telefon' }, help: { de: 'Mit Vorwahl' } },
        { name: 'source', type: 'select', options: [{ name: 'expo', label: { en: 'Expo', de: 'Messe' } }] },
      ],
    })
    expect(shown.pipeline.get('follow_up')?.stages).to.deep.equal([
      { name: 'new', type: 'open', label: { de: 'Neu' } },
    ])
  })

  it('take the place of the texts that the engine would tell, for who reads their language', () => {
    const set = toDefinitionSet([lead, pipeline, german])
    const read = translateDefinitions(set, { language: 'de', spoken: 'en' })
    expect(read.entity.get('lead')?.label).to.deep.equal({ en: 'Interessent', de: 'Interessent' })
    expect(read.entity.get('lead')?.fields[1]?.options).to.deep.equal([
      { name: 'expo', label: { en: 'Messe', de: 'Messe' } },
    ])
    expect(
      translateDefinitions(set, { language: 'fr', spoken: 'en' }).entity.get('lead')?.label,
    ).to.deep.equal({
      en: 'Lead',
      de: 'Interessent',
    })
    expect(set.entity.get('lead')?.label).to.deep.equal({ en: 'Lead' })
  })

  it('leave the definitions themselves as they are', () => {
    const set = toDefinitionSet([lead, pipeline, german])
    const before = structuredClone(lead)
    translateDefinitions(set)
    expect(set.entity.get('lead')).to.deep.equal(before)
  })

  it('cost nothing where there are none', () => {
    const set = toDefinitionSet([lead, pipeline])
    expect(translateDefinitions(set)).to.equal(set)
  })
})
