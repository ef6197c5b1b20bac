import { expect } from 'chai'
import { kindCounts, savedTemplate } from '../../../designer/templates/saved-template.ts'

const ARCHIVE = {
  manifest: { name: 'default', version: '0.0.7', label: 'default' },
  definitions: [
    { kind: 'entity', name: 'deal' },
    { kind: 'entity', name: 'account' },
    { kind: 'scenario', name: 'wins' },
  ],
  templates: [
    {
      ...{ name: 'sales', version: '1.0.0', answers: {} },
      definitions: ['entity/deal', 'scenario/wins', { kind: 'scenario', name: 'loses' }],
    },
  ],
}
const WORDS = { name: 'machines', version: '1.2.0', label: 'Machines', summary: '' }

describe('a workspace that is saved as a template', () => {
  it('has a name, a version and a label of its own', () => {
    expect(savedTemplate(ARCHIVE, { ...WORDS, summary: 'For us.' }, new Set())).to.deep.equal({
      ...ARCHIVE,
      manifest: { name: 'machines', version: '1.2.0', label: 'Machines', summary: 'For us.' },
    })
  })

  it('names nothing that stays at home, not in what its templates brought either', () => {
    const { definitions, templates, manifest } = savedTemplate(ARCHIVE, WORDS, new Set(['scenario']))
    expect(definitions.map(({ name }) => name)).to.deep.equal(['deal', 'account'])
    expect(templates).to.deep.equal([{ ...ARCHIVE.templates[0], definitions: ['entity/deal'] }])
    expect(manifest).not.to.have.property('summary')
  })

  it('is told by how much of each kind it has, the most first', () => {
    expect(kindCounts(ARCHIVE)).to.deep.equal([
      ['entity', 2],
      ['scenario', 1],
    ])
  })
})
