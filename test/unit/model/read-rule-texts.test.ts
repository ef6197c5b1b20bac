import { expect } from 'chai'
import { registerBuiltInActions } from '../../../engine/actions/built-in.ts'
import { AppError } from '../../../engine/errors.ts'
import { registerBuiltInFields } from '../../../engine/fields/built-in.ts'
import type { DefinitionSet } from '../../../engine/model/compiled.ts'
import { ruleReferences } from '../../../engine/model/kinds/rule-mentions.ts'
import { readRuleTexts } from '../../../engine/model/read-rule-texts.ts'
import { createRegistry } from '../../../engine/registry/registry.ts'

const registry = createRegistry()
registerBuiltInFields(registry)
registerBuiltInActions(registry)

const ENTITIES = [
  {
    kind: 'entity',
    name: 'account',
    fields: [
      { name: 'name', type: 'text', label: { en: 'Account name', 'zh-CN': '客户名称' } },
      { name: 'level', type: 'select', options: [{ name: 'a' }, { name: 'b' }] },
      { type: 'text' },
      'no field',
    ],
  },
  {
    kind: 'entity',
    name: 'deal',
    owned: true,
    fields: [
      { name: 'amount', type: 'currency', label: { 'zh-CN': '金额' } },
      { name: 'account', type: 'lookup', to: 'account', inverse: 'deals', label: '客户' },
    ],
  },
]
const v = (path: string) => ({ var: path })

describe('readRuleTexts', () => {
  const read = (kind: 'view' | 'role', definition: Record<string, unknown>) =>
    readRuleTexts(definition, kind, ENTITIES, registry)

  it('stores the filter of a view as JSON Logic, its labels as names', () => {
    const view = {
      kind: 'view',
      name: 'x',
      entity: 'deal',
      filter: '金额 > 100 且 客户.客户名称 = ‘华兴’ and 负责人 = actor.id',
    }
    expect(read('view', view)).to.deep.equal({
      ...view,
      filter: {
        and: [
          { '>': [v('amount'), 100] },
          { '==': [v('account.name'), '华兴'] },
          { '==': [v('owner'), v('actor.id')] },
        ],
      },
    })
  })

  it('reads the rules of a role, and leaves its words', () => {
    const role = (read_: unknown, field: unknown, update: unknown) => ({
      kind: 'role',
      name: 'x',
      entities: { account: { read: read_, update, fields: { name: { read: field, edit: false } } } },
    })
    expect(
      read('role', role("level = 'a' and COUNT(deals) > 0", "[Account name] != 'x'", 'team_tree')),
    ).to.deep.equal(
      role(
        { and: [{ '==': [v('level'), 'a'] }, { '>': [{ count: v('deals') }, 0] }] },
        { '!=': [v('name'), 'x'] },
        'team_tree',
      ),
    )
    const words = role('onw', 'masked', 'own')
    expect(read('role', words)).to.equal(words)
  })

  it('reads the conditions and formulas of fields, and validations', () => {
    const entity = (condition: unknown, value: unknown) => ({
      kind: 'entity',
      name: 'deal',
      fields: [
        { name: 'amount', type: 'currency', requiredWhen: condition },
        { name: 'net', type: 'formula', value },
        { name: 'x', type: 'text', value: 'not a rule' },
      ],
    })
    const sent = entity("[account].level = 'a'", '金额 * 0.9')
    expect(readRuleTexts(sent, 'entity', [...ENTITIES], registry)).to.deep.equal(
      entity({ '==': [v('account.level'), 'a'] }, { '*': [v('amount'), 0.9] }),
    )
    const validation = {
      kind: 'validation',
      name: 'x',
      entity: 'deal',
      when: 'not empty(金额)',
      must: '金额 > 0',
    }
    expect(readRuleTexts(validation, 'validation', ENTITIES, registry)).to.deep.equal({
      ...validation,
      when: { '!': { empty: v('amount') } },
      must: { '>': [v('amount'), 0] },
    })
  })

  it('points to the character in every text that cannot be read', () => {
    const role = {
      kind: 'role',
      name: 'x',
      entities: { account: { read: "level = 'a", update: '(level', delete: { '==': [1, 1] } } },
    }
    try {
      read('role', role)
      expect.fail('it was read')
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      expect(
        error.problems.map(({ code, path, span, params }) => [code, path, span, params?.at]),
      ).to.deep.equal([
        ['RULE_TEXT_INVALID', '/entities/account/read', [8, 10], 9],
        ['RULE_TEXT_INVALID', '/entities/account/update', [6, 6], 7],
      ])
    }
  })

  it('leaves JSON Logic and what is no text alone', () => {
    for (const filter of [{ '==': [v('amount'), 1] }, null, 5, undefined]) {
      const view = { kind: 'view', name: 'x', entity: 'deal', filter }
      expect(read('view', view)).to.equal(view)
    }
  })
})

describe('ruleReferences', () => {
  const definitions = {
    entity: new Map(
      ENTITIES.map((entity) => [
        entity.name,
        { ...entity, fields: entity.fields.filter((field) => typeof field === 'object' && 'name' in field) },
      ]),
    ),
    pipeline: new Map(),
    option_set: new Map(),
    role: new Map(),
  } as unknown as DefinitionSet

  it('follows lists back to the entity of their records, and out of them again', () => {
    const rule = {
      some: [
        { filter: [v('deals'), { '>': [v('amount'), 0] }] },
        {
          and: [
            { '==': [v('account.level'), 'a'] },
            { '==': [v('record.level'), 'b'] },
            { '>': [{ sum: v('record.deals.amount') }, 1] },
          ],
        },
      ],
    }
    const found = ruleReferences({ definitions, registry }, 'account', rule, '')
    expect(
      found.map(({ path, to, span, byOtherName }) => [
        path,
        `${to.name}.${to.item}`,
        span?.join('–') ?? '',
        byOtherName === true,
      ]),
    ).to.deep.equal([
      ['/some/0/filter/0/var', 'deal.account', '0–5', true],
      ['/some/0/filter/1/>/0/var', 'deal.amount', '0–6', false],
      ['/some/1/and/0/==/0/var', 'deal.account', '0–7', false],
      ['/some/1/and/0/==/0/var', 'account.level', '8–13', false],
      ['/some/1/and/0/==/1', 'account.level/a', '', false],
      ['/some/1/and/1/==/0/var', 'account.level', '7–12', false],
      ['/some/1/and/1/==/1', 'account.level/b', '', false],
      ['/some/1/and/2/>/0/sum/var', 'deal.account', '7–12', true],
      ['/some/1/and/2/>/0/sum/var', 'deal.amount', '13–19', false],
    ])
  })
})
