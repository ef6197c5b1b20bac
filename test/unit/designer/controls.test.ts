import { expect } from 'chai'
import { inspectorEn } from '../../../designer/i18n/en-inspector.ts'
import { FIELD_EXAMPLES, FIELD_GROUPS } from '../../../designer/inspector/controls/field-examples.ts'
import { readFieldLists, withFieldList } from '../../../designer/inspector/controls/field-lists.ts'
import { iconChoices, OFFERED_ICONS } from '../../../designer/inspector/controls/icon-choices.ts'
import { fittingChoices, isCalledTwice, justTyped } from '../../../designer/inspector/named-options.tsx'
import { formsOf } from '../../../designer/inspector/people.ts'
import { namedBy } from '../../../designer/inspector/references.ts'
import { controlOf, mixedItem, resolved, type Schema } from '../../../designer/inspector/schema.ts'
import { KINDS } from '../../../engine/model/kinds/kinds.ts'
import { iconNamed } from '../../../runtime-ui/kit/icons/paths.ts'
import { registry } from '../model/sample.ts'

/** Where a kind has a property that is written as JSON, each shared shape looked into once. */
function writtenAsJson(root: Schema): readonly string[] {
  const found: string[] = []
  const seen = new Set<string>()
  const visit = (schema: Schema, at: string): void => {
    const here = resolved(root, schema)
    if (here.shape !== undefined) {
      if (seen.has(here.shape)) return
      seen.add(here.shape)
    }
    for (const variant of [here, ...(here.oneOf ?? []).map((one) => resolved(root, one))]) {
      for (const [name, one] of Object.entries(variant.properties ?? {})) {
        const property = resolved(root, one)
        // What is always the same is not shown.
        if (property.const !== undefined) continue
        const control = controlOf(root, property)
        if (control === 'json') found.push(`${at}/${name}`)
        if (control === 'group') visit(one, `${at}/${name}`)
        if (control === 'list') {
          visit(mixedItem(root, property.items ?? {})?.schema ?? property.items ?? {}, `${at}/${name}`)
        }
      }
    }
  }
  visit(root, '')
  return [...new Set(found)]
}

describe('the controls of the inspector', () => {
  it('are there for what people say; JSON is left to what an editor of its own shows, and to a few for developers', () => {
    const written = Object.fromEntries(
      Object.values(KINDS)
        .map(({ kind, schema }) => [kind, writtenAsJson(schema(registry) as Schema)] as const)
        .filter(([, places]) => places.length > 0),
    )
    const rights = ['read', 'update', 'delete', 'restore', 'transfer', 'share', 'export']
    expect(written).to.deep.equal({
      // Shown by their picture, the matrix of roles, the page of settings.
      app: ['/home'],
      role: rights.map((right) => `/default/${right}`),
      setting: ['/value'],
      // Its control comes with the type of the field.
      entity: ['/fields/default'],
      flow: ['/steps/key'],
      scenario: ['/steps/update', '/steps/then/rows'],
    })
  })

  const entity = KINDS.entity.schema(registry) as Schema

  const choices = [
    { value: 'client', label: '客户' },
    { value: 'account', label: '客户' },
    { value: 'client_city', label: '客户城市' },
    { value: 'city', label: '城市' },
  ]

  it('find what is named by label and name, the same words first, and tell apart what is called the same', () => {
    const found = (typed: string) => fittingChoices(choices, typed).map(({ value }) => value)
    expect([found('CITY'), found('城市'), found('account'), found('x')]).to.deep.equal([
      ['city', 'client_city'],
      ['city', 'client_city'],
      ['account'],
      [],
    ])
    expect(choices.map((one) => isCalledTwice(one, choices))).to.deep.equal([true, true, false, false])
    const typed = ['client', '客户', '城市', 'cit'].map((words) => justTyped(choices, words)?.value)
    expect(typed).to.deep.equal(['client', undefined, 'city', undefined])
  })

  it('know what lookups, options and sums of other records name', () => {
    const kinds = new Set(Object.keys(KINDS))
    const named = (path: string) => namedBy(path.split('/'), kinds)
    expect([
      named('fields/0/to'),
      named('fields/0/optionSet'),
      named('page/overview/0/of'),
      named('through'),
      named('options/2/under'),
      named('rules/0/to'),
    ]).to.deep.equal([
      { kind: 'entity' },
      { kind: 'option_set' },
      { kind: 'entity' },
      'field',
      'sibling',
      undefined,
    ])
    const lookup = resolved(entity, entity.$defs!.field_lookup!).properties!
    expect([lookup.to, lookup.name].map((one) => controlOf(entity, resolved(entity, one!)))).to.deep.equal([
      'name',
      'name',
    ])
  })

  it('read and write lists of fields, with what is carried along behind', () => {
    const lists = readFieldLists([['owner', '-created_at', '+amount']])!
    expect(lists[0]!.map(({ order }) => order)).to.deep.equal(['ascending', 'descending', 'carried'])
    const more = [...lists[0]!, { name: 'stage', order: 'ascending' as const }]
    expect(withFieldList(lists, 0, more)).to.deep.equal([['owner', '-created_at', 'stage', '+amount']])
    expect(withFieldList(lists, 1, [{ name: 'stage', order: 'descending' }])).to.deep.equal([
      ['owner', '-created_at', '+amount'],
      ['-stage'],
    ])
    expect(withFieldList(lists, 0, [])).to.equal(undefined)
    expect([readFieldLists(undefined), readFieldLists('x'), readFieldLists([[1]])]).to.deep.equal([
      [],
      undefined,
      undefined,
    ])
  })

  it('offer icons that there are, by names that definitions may write, and keep another', () => {
    for (const name of OFFERED_ICONS) {
      expect(name).to.match(/^[a-z][a-z0-9-]*$/)
      expect(iconNamed(name) === 'cube', name).to.equal(name === 'cube')
      expect(inspectorEn).to.have.property(`icon.${name}`)
    }
    expect(iconChoices('my-own')[0]).to.deep.equal({ name: 'my-own', word: undefined })
    // What seeds call otherwise is told by the word of its picture, and stands there once.
    const choices = iconChoices('file-text')
    expect(choices.filter(({ word }) => word === 'document')).to.deep.equal([
      { name: 'file-text', word: 'document' },
    ])
    expect(choices).to.have.length(OFFERED_ICONS.length)
    expect(iconChoices('task')).to.deep.equal(iconChoices(undefined))
  })

  it('show an example of every type of field, in both languages, in one group each', () => {
    const types = registry.fieldTypes().map(({ name }) => name)
    expect(types).to.have.length.above(30)
    const grouped = Object.values(FIELD_GROUPS).flat() as readonly string[]
    for (const type of types) {
      const { en, 'zh-CN': chinese } = FIELD_EXAMPLES[type] ?? {}
      expect(
        [type, en, chinese].every((text) => text !== undefined && text !== ''),
        type,
      ).to.equal(true)
      expect(
        grouped.filter((one) => one === type),
        type,
      ).to.have.length(1)
    }
  })

  it('name those with whom records are shared by role, team or address', () => {
    const sharing = KINDS.sharing.schema(registry) as Schema
    const holders = sharing.properties!.with!
    expect(controlOf(sharing, holders)).to.equal('people')
    expect(formsOf(holders)).to.deep.equal({ forms: ['role', 'team', 'user'], words: [], isHolder: true })
  })
})
