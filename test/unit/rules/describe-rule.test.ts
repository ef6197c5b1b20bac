import { expect } from 'chai'
import { describeRule, type RuleNames } from '../../../metadata/rules/describe-rule.ts'
import { field, ID, typedCondition } from './fixture.ts'

const LABELS: Readonly<Record<string, { en: string; 'zh-CN': string }>> = {
  status: { en: 'Stage', 'zh-CN': '阶段' },
  name: { en: 'Name', 'zh-CN': '名称' },
  amount: { en: 'Amount', 'zh-CN': '金额' },
  discount: { en: 'Discount', 'zh-CN': '折扣' },
  active: { en: 'Active', 'zh-CN': '启用' },
  due: { en: 'Due', 'zh-CN': '到期日' },
  created_at: { en: 'Created', 'zh-CN': '创建时间' },
  owner: { en: 'Owner', 'zh-CN': '负责人' },
  tags: { en: 'Tags', 'zh-CN': '标签' },
  'account.region': { en: 'Account › Region', 'zh-CN': '客户 › 区域' },
}
const OPTIONS: Readonly<Record<string, { en: string; 'zh-CN': string }>> = {
  won: { en: 'Won', 'zh-CN': '赢单' },
  lost: { en: 'Lost', 'zh-CN': '输单' },
}
const ROLES: Readonly<Record<string, { en: string; 'zh-CN': string }>> = {
  sales: { en: 'Salesperson', 'zh-CN': '销售员' },
  finance: { en: 'Finance', 'zh-CN': '财务' },
}

function names(language: 'en' | 'zh-CN'): RuleNames {
  return {
    field: (path) => LABELS[path.join('.')]![language],
    option: (_path, option) => OPTIONS[option]![language],
    record: (id) => (id === ID ? 'Lily' : undefined),
    of: () => ({
      field: (path) => path.join('.'),
      option: (path, role) => (path.join() === 'roles' ? ROLES[role]![language] : role),
    }),
  }
}

const cases: readonly { rule: unknown; en: string; zh: string }[] = [
  { rule: { '==': [field('status'), 'won'] }, en: 'Stage is Won', zh: '阶段为赢单' },
  {
    rule: { in: [field('status'), ['won', 'lost']] },
    en: 'Stage is one of Won, Lost',
    zh: '阶段属于赢单、输单',
  },
  {
    rule: { and: [{ '==': [field('status'), 'won'] }, { '>': [field('amount'), 100] }] },
    en: 'Stage is Won and Amount is above 100',
    zh: '阶段为赢单，且金额大于100',
  },
  {
    rule: { and: [{ or: [field('active'), { '!': field('active') }] }, { '!=': [field('due'), null] }] },
    en: '(Active is yes or Active is no) and Due is not empty',
    zh: '（启用为是，或启用为否），且到期日不为空',
  },
  {
    rule: { or: [{ '>=': [field('amount'), 1234567.5] }, { '==': [field('amount'), -20000] }] },
    en: 'Amount is at least 1,234,567.5 or Amount is -20,000',
    zh: '金额不低于1,234,567.5，或金额为-20,000',
  },
  { rule: { '==': [field('owner'), field('actor.id')] }, en: 'Owner is me', zh: '负责人为我' },
  { rule: { '==': [field('owner'), ID] }, en: 'Owner is Lily', zh: '负责人为Lily' },
  {
    rule: { '>': [{ days_since: field('created_at') }, 14] },
    en: 'days since Created is above 14',
    zh: '创建时间距今的天数大于14',
  },
  { rule: { '<': [field('due'), field('today')] }, en: 'Due is before today', zh: '到期日早于今天' },
  {
    rule: { '>=': [field('due'), { date_add: [field('today'), '-P1M7D'] }] },
    en: 'Due is not before today plus -1 month -7 days',
    zh: '到期日不早于今天加-1 个月 -7 天',
  },
  { rule: { contains: [field('name'), '华兴'] }, en: 'Name contains “华兴”', zh: '名称包含“华兴”' },
  { rule: { in: ['Acme', field('name')] }, en: 'Name contains “Acme”', zh: '名称包含“Acme”' },
  { rule: { in: ['vip', field('tags')] }, en: 'Tags has “vip”', zh: '标签含有“vip”' },
  {
    rule: { has_any: [field('tags'), ['a', 'b']] },
    en: 'Tags has any of “a”, “b”',
    zh: '标签含有“a”、“b”中任一',
  },
  {
    rule: { has_any: [field('actor.roles'), ['sales', 'finance']] },
    en: 'my roles has any of Salesperson, Finance',
    zh: '我的角色含有销售员、财务中任一',
  },
  { rule: { in: ['sales', field('actor.roles')] }, en: 'my roles has Salesperson', zh: '我的角色含有销售员' },
  { rule: { empty: field('name') }, en: 'Name is empty', zh: '名称为空' },
  {
    rule: { '!': { and: [field('active'), { '!!': field('due') }] } },
    en: 'not (Active is yes and Due has a value)',
    zh: '并非（启用为是，且到期日有值）',
  },
  { rule: { '<=': [1, field('amount'), 5] }, en: '1 <= Amount <= 5', zh: '1 <= 金额 <= 5' },
  {
    rule: { '>': [{ '*': [field('amount'), { '-': [1, field('discount')] }] }, 0] },
    en: 'Amount × (1 − Discount) is above 0',
    zh: '金额 × （1 − 折扣）大于0',
  },
  {
    rule: { '==': [{ if: [field('active'), field('name'), 'none'] }, 'x'] },
    en: '(if Active is yes then Name, otherwise “none”) is “x”',
    zh: '（如果启用为是，则为名称；否则为“none”）为“x”',
  },
  {
    rule: { '==': [field('account.region'), 'east'] },
    en: 'Account › Region is “east”',
    zh: '客户 › 区域为“east”',
  },
  {
    rule: { '>': [{ var: ['amount', 0] }, 5] },
    en: 'Amount (if empty, 0) is above 5',
    zh: '金额（为空时取0）大于5',
  },
  {
    rule: { in: [field('amount'), [1, 2, 3, 4, 5, 6, 7, 8]] },
    en: 'Amount is one of 1, 2, 3, 4, 5, 6, … (8 values)',
    zh: '金额属于1、2、3、4、5、6、……（共 8 个）',
  },
]

describe('describeRule', () => {
  for (const { rule, en, zh } of cases) {
    it(`says “${en}”`, () => expect(describeRule(typedCondition(rule), names('en'), 'en')).to.equal(en))
    it(`says “${zh}”`, () => expect(describeRule(typedCondition(rule), names('zh-CN'), 'zh-CN')).to.equal(zh))
  }
})
