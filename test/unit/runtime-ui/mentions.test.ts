import { expect } from 'chai'
import { pastedFiles } from '../../../runtime-ui/screens/record/attach/taken-files.ts'
import {
  mentionAt,
  mentionedIn,
  textParts,
  withMention,
} from '../../../runtime-ui/screens/record/mentions.ts'

describe('mentioning somebody in a comment', () => {
  const begun: readonly { text: string; words: string | undefined }[] = [
    { text: '@', words: '' },
    { text: 'ask @li', words: 'li' },
    { text: '请@李', words: '李' },
    { text: '（@ll', words: 'll' },
    { text: '@a @b', words: 'b' },
    { text: 'li@example', words: undefined },
    { text: 'a.b-1@x', words: undefined },
    { text: '@li ', words: undefined },
    { text: `@${'x'.repeat(41)}`, words: undefined },
    { text: 'nobody', words: undefined },
  ]
  for (const { text, words } of begun)
    it(`${words === undefined ? 'is not' : 'is'} begun by ${JSON.stringify(text.slice(0, 12))}`, () => {
      expect(mentionAt(text, text.length)?.words).to.equal(words)
    })

  it('puts the name where the words stood, a space behind it, and the caret behind that', () => {
    const at = (text: string, caret: number) => withMention(text, mentionAt(text, caret)!, 'Li Lei')
    expect(at('ask @li', 7)).to.deep.equal({ text: 'ask @Li Lei ', caret: 12 })
    expect(at('ask @li today', 7)).to.deep.equal({ text: 'ask @Li Lei today', caret: 12 })
    expect(at('请@李看', 3)).to.deep.equal({ text: '请@Li Lei 看', caret: 9 })
  })

  it('means those chosen whose names still stand there', () => {
    const chosen = new Map([
      ['1', 'Ann'],
      ['2', '李雷'],
    ])
    expect(mentionedIn('@李雷 and Ann', chosen)).to.deep.equal(['2'])
    expect(mentionedIn('', chosen)).to.deep.equal([])
  })

  it('marks the longest name that stands there, and nothing else', () => {
    const mentions = [
      { id: '1', label: 'Ann' },
      { id: '2', label: 'Ann Lee' },
      { id: '3', label: null },
    ]
    const parts = (text: string) =>
      textParts(text, mentions).map(({ text: part, person }) =>
        person === undefined ? part : [part, person],
      )
    expect(parts('@Ann Lee, @Ann and @Bob <b>')).to.deep.equal([
      ...[['@Ann Lee', '2'], ', ', ['@Ann', '1'], ' and @Bob <b>'],
    ])
    expect(parts('@@Ann')).to.deep.equal(['@', ['@Ann', '1']])
    expect(parts('')).to.deep.equal([])
    expect(textParts('plain @', [])).to.deep.equal([{ at: 0, text: 'plain @' }])
  })
})

describe('a clipboard', () => {
  const clipboard = (names: readonly string[], words = '') => ({
    files: names.map((name) => new File(['x'], name, { type: 'image/png' })) as unknown as FileList,
    getData: () => words,
  })
  const taken = (...of: Parameters<typeof clipboard>) =>
    pastedFiles(clipboard(...of), (kind) => `shot.${kind}`).map(({ name, type }) => `${name} ${type}`)

  it('gives its files, a picture without a name under one of its own', () => {
    expect(taken(['image.png', 'offer.pdf', 'my image.png'])).to.deep.equal([
      ...['shot.png image/png', 'offer.pdf image/png', 'my image.png image/png'],
    ])
  })

  it('gives words where it has some: cells of a sheet come with their picture', () => {
    expect(taken(['image.png'], '1\t2')).to.deep.equal([])
  })
})
