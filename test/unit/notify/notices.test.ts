import { expect } from 'chai'
import { NOTICES, notice, textTo, voiceFor } from '../../../engine/notify/notices.ts'
import { createRegistry } from '../../../engine/registry/registry.ts'
import type { Spoken } from '../../../engine/registry/words.ts'

const placesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort()

describe('what the engine tells people', () => {
  const notices = { mentioned: '{who} hat Sie erwähnt: {record}' }
  const words = { tag: 'de', problems: {}, webform: {}, notices }
  const registry = createRegistry()
  registry.setWords(new Map([['de', words]]))
  const actor = { kind: 'user', id: 'x', name: 'x', roles: [], roleKey: '', language: 'en' } as const

  it('says the same values in English and in Chinese', () => {
    for (const [name, { en, 'zh-CN': chinese }] of Object.entries(NOTICES))
      expect(placesIn(chinese), name).to.deep.equal(placesIn(en))
  })

  const cases: { to: Spoken; said: string }[] = [
    { to: { language: 'en' }, said: 'Li {record} mentioned you: $& {who}' },
    { to: { language: 'zh-CN' }, said: 'Li {record}在“$& {who}”的评论中提到了您' },
    { to: { language: 'en', words }, said: 'Li {record} hat Sie erwähnt: $& {who}' },
  ]
  for (const { to, said } of cases) {
    it(`takes values as they are: ${said}`, () => {
      expect(notice('mentioned', to, { who: 'Li {record}', record: '$& {who}' })).to.equal(said)
    })
  }

  it('is English where the file of their language does not say it', () => {
    expect(notice('gathered', { language: 'en', words }, { count: 3 })).to.equal('3 notifications')
  })

  it('is in the language that somebody has chosen, whatever the engine speaks to them', () => {
    expect(voiceFor(registry, { ...actor, reading: 'de' })).to.deep.equal({ language: 'en', words })
    expect(voiceFor(registry, { ...actor, reading: 'fr' })).to.deep.equal({
      language: 'en',
      words: undefined,
    })
    expect(voiceFor(registry, actor)).to.deep.equal({ language: 'en' })
    const text = { en: 'Due', de: 'Fällig' }
    const said = [textTo(text, { language: 'en', reading: 'de' }, ''), textTo(text, actor, '')]
    expect([...said, textTo('Due', { language: 'en', reading: 'de' }, '')]).to.deep.equal([
      ...['Fällig', 'Due', 'Due'],
    ])
  })
})
