import { expect } from 'chai'
import { parseTemplate } from '../../../../engine/model/kinds/message-template.ts'
import { composeDocument } from '../../../../engine/notify/documents/compose.ts'
import { type Places, placeOf } from '../../../../engine/notify/places.ts'
import { listPlace } from '../../../../engine/notify/record-places.ts'

const line = (name: string, price: string, maker = 'Hua'): Places => ({
  name: placeOf(name),
  price: placeOf(price),
  product: { text: name, filled: true, behind: { maker: placeOf(maker) } },
})
const places: Places = {
  number: placeOf('C-1'),
  lines: listPlace([line('Lathe', '1'), line('**Mill** | x', '')]),
  none: listPlace([]),
}
/** The cells of the first table, row by row; else the first paragraph. */
const filled = (body: string) => {
  const [block] = composeDocument({ title: 't', body }, 'en', places).blocks
  const told = (words: readonly { readonly text: string }[]) => words.map(({ text }) => text).join('')
  if (block?.kind === 'table') return block.rows.map((row) => row.map(({ words }) => told(words)))
  return block?.kind === 'paragraph' ? told(block.words) : undefined
}

describe('a document with lists', () => {
  const cases = [
    {
      what: 'a row of a table for each record, whose values are text',
      body: '| Name | Price |\n| --- | ---: |\n{{#each lines}}\n| {{name}} | {{or_else price "free"}} |\n{{/each}}\n',
      is: [
        ['Name', 'Price'],
        ['Lathe', '1'],
        ['**Mill** | x', 'free'],
      ],
    },
    {
      what: 'conditions and lookups of the record at hand',
      body: '{{#each lines}}{{#if price}}{{product}} by {{product.maker}}{{/if}};{{/each}}',
      is: 'Lathe by Hua;;',
    },
    {
      what: 'what is outside of it alone',
      body: '{{#each lines}}{{number}}.{{/each}}{{number}}',
      is: '..C-1',
    },
    {
      what: 'what is said of none',
      body: '{{#each none}}x{{else}}nothing of {{number}}{{/each}}',
      is: 'nothing of C-1',
    },
    { what: 'nothing where there is no such list', body: 'a{{#each other}}x{{/each}}b', is: 'ab' },
  ]
  for (const { what, body, is } of cases) {
    it(`shows ${what}`, () => expect(filled(body)).to.deep.equal(is))
  }

  const faults = [
    [
      '{{#each lines}}{{#each parts}}{{/each}}{{/each}}',
      'there is no helper “each” (there are if, unless, or_else)',
    ],
    ['{{#each a.lines}}{{/each}}', '“each” takes the name of one relation'],
    ['{{#each}}{{/each}}', '“each” takes the name of one relation'],
    ['{{#each lines limit=2}}{{/each}}', '“each” takes the name of one relation'],
    ['{{#each lines}}{{../number}}{{/each}}', '“../number” is no name of a value'],
    ['{{#each lines}}{{@index}}{{/each}}', '“@index” is no name of a value'],
    ['{{#each lines as |one|}}{{one}}{{/each}}', '“each” takes the name of one relation'],
  ] as const
  for (const [body, fault] of faults) {
    it(`is refused with ${body}`, () => {
      expect(parseTemplate(body, { takesLists: true }).faults.map(({ en }) => en)).to.include(fault)
    })
  }

  it('tells which paths are of which list', () => {
    const { paths, lists } = parseTemplate(
      '{{number}}{{#each lines}}{{name}}{{#if price}}{{price}}{{/if}}{{/each}}',
      {
        takesLists: true,
      },
    )
    expect(paths).to.deep.equal([{ path: 'number', offset: 2 }])
    expect(lists).to.deep.equal([
      {
        ...{ name: 'lines', offset: 18 },
        paths: [
          { path: 'name', offset: 27 },
          { path: 'price', offset: 39 },
          { path: 'price', offset: 48 },
        ],
      },
    ])
  })

  it('is no matter of messages', () => {
    expect(parseTemplate('{{#each lines}}{{name}}{{/each}}').faults).to.have.length(1)
  })
})
