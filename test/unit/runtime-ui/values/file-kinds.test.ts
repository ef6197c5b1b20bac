import { expect } from 'chai'
import { shownAs } from '../../../../runtime-ui/values/file-kinds.ts'

describe('a file that is looked at in the page', () => {
  const cases: [string, ReturnType<typeof shownAs>][] = [
    ['合影.JPG', 'picture'],
    ['screen.webp', 'picture'],
    ['notes.txt', 'text'],
    ['list.csv', 'text'],
    // What may carry scripts, and what browsers show by themselves.
    ['drawing.svg', undefined],
    ['page.html', undefined],
    ['offer.pdf', undefined],
    ['png', undefined],
    ['', undefined],
  ]
  for (const [name, as] of cases)
    it(`“${name}”: ${as ?? 'not'}`, () => expect(shownAs({ id: '1', name })).to.equal(as))

  it('is a picture whatever it is called where the field holds nothing else', () =>
    expect(shownAs({ id: '1', name: 'Image', isPicture: true })).to.equal('picture'))
})
