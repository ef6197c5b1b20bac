import { expect } from 'chai'
import { namedAt, withNamed, withoutNamed } from '../../../designer/review/template-text.ts'

describe('a text that is filled with values', () => {
  /** What a text becomes whose first mention of `level` is replaced, and whose mentions of it go. */
  const cases: readonly {
    readonly what: string
    readonly text: string
    readonly word?: string
    readonly without: string
    readonly replaced: string
  }[] = [
    {
      what: 'loses a block that asks for what is gone, with all that stands in it',
      text: 'Hi {{name}}{{#if level}}, level {{level}}{{/if}}.',
      without: 'Hi {{name}}.',
      replaced: 'Hi {{name}}{{#if grade}}, level {{grade}}{{/if}}.',
    },
    {
      what: 'keeps what is said otherwise',
      text: '{{#if level}}A{{name}}{{else}}B{{name}}{{/if}} {{#unless level}}C{{else}}D{{/unless}}',
      without: 'B{{name}} C',
      replaced: '{{#if grade}}A{{name}}{{else}}B{{name}}{{/if}} {{#unless grade}}C{{else}}D{{/unless}}',
    },
    {
      what: 'goes on with the next case of a block',
      text: '{{#if level}}A{{else if size}}B{{else}}C{{/if}}|{{#if size}}A{{else if level}}B{{else}}C{{/if}}',
      without: '{{#if size}}B{{else}}C{{/if}}|{{#if size}}A{{else}}C{{/if}}',
      replaced:
        '{{#if grade}}A{{else if size}}B{{else}}C{{/if}}|{{#if size}}A{{else if grade}}B{{else}}C{{/if}}',
    },
    {
      what: 'takes the lines of a block along',
      text: 'A\n\n{{#if level}}\n## Level\n\n{{level}}\n{{/if}}\n\nB\n{{#unless level}}\nnone\n{{/unless}}\nC',
      without: 'A\n\n\nB\nnone\nC',
      replaced:
        'A\n\n{{#if grade}}\n## Level\n\n{{grade}}\n{{/if}}\n\nB\n{{#unless grade}}\nnone\n{{/unless}}\nC',
    },
    {
      what: 'says what stands for a value that is missing',
      text: '{{or_else level "no level"}} {{or_else size level}} {{or_else name "level"}}',
      without: 'no level {{size}} {{or_else name "level"}}',
      replaced: '{{or_else grade "no level"}} {{or_else size grade}} {{or_else name "level"}}',
    },
    {
      what: 'changes within blocks that ask for something else',
      text: '{{#if name}}{{#if level}}x{{/if}}{{name}} {{~level~}}{{/if}}',
      without: '{{#if name}}{{name}} {{/if}}',
      replaced: '{{#if name}}{{#if grade}}x{{/if}}{{name}} {{~grade~}}{{/if}}',
    },
    {
      what: 'keeps what the records of a list call the same',
      text: '{{level}}{{#each lines}}{{level}}{{else}}{{level}}{{/each}}',
      without: '{{#each lines}}{{level}}{{else}}{{/each}}',
      replaced: '{{grade}}{{#each lines}}{{level}}{{else}}{{grade}}{{/each}}',
    },
    {
      what: 'changes what only the records of a list call so',
      text: '{{#each lines}}{{#if level}}{{level}}{{/if}}{{/each}}{{name}}',
      without: '{{#each lines}}{{/each}}{{name}}',
      replaced: '{{#each lines}}{{#if grade}}{{grade}}{{/if}}{{/each}}{{name}}',
    },
    {
      what: 'loses a list of records, and all that a lookup leads to',
      text: '{{#each level}}{{name}}{{else}}none{{/each}} {{level.name}} {{other.level}} {{levels}}',
      without: 'none  {{other.level}} {{levels}}',
      replaced: '{{#each grade}}{{name}}{{else}}none{{/each}} {{grade.name}} {{other.level}} {{levels}}',
    },
  ]
  for (const { what, text, without, replaced } of cases) {
    it(what, () => {
      const at = text.indexOf('level', text.indexOf('{{'))
      const named = namedAt(text, [at, at + 5])
      expect(withoutNamed(text, named)).to.equal(without)
      expect(withNamed(text, named, 'grade')).to.equal(replaced)
    })
  }

  it('stays as it is where its blocks are not closed', () => {
    for (const text of ['{{#if level}}x', '{{level}}{{/if}}', '{{^if level}}x{{/if}}'])
      expect(withoutNamed(text, { path: 'level', list: '' })).to.equal(undefined)
  })
})
