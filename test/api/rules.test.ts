import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Answer, Client } from '../support/http.ts'
import { httpTemplate, loginAs } from '../support/http-model.ts'

const SUITE = join(import.meta.dirname, '../../../shared/data/json-logic')
const v = (path: string) => ({ var: path })

/** Status, code and place of a refusal. */
function outcome({ status, body }: Answer): string {
  const { errors } = body as { errors: { code: string; path: string }[] }
  return `${status} ${errors[0]?.code} ${errors[0]?.path}`
}

describe('/api/meta/rules', () => {
  let engine: TestEngine
  let admin: Client
  let company: string

  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    admin = await engine.loginAdmin()
    const made = await admin.post('/api/records/company', {
      name: '华兴机械',
      amount: 120000.5,
      level: 'a',
      founded: '2001-03-31',
      tags: ['vip'],
      phone: '13800138000',
    })
    company = made.record.id
    for (const value of [10.5, 20, null]) {
      await admin.post('/api/records/order', { select: 'x', group: company, case: value })
    }
  })
  after(() => engine.stop())

  const call = (path: string, body: unknown, client = admin) =>
    client.post(`/api/meta/rules/${path}`, body as object, { headers: { 'accept-language': 'en' } })
  const dataOf = async (path: string, body: unknown, client = admin) => {
    const answer = await call(path, body, client)
    return answer.status === 200 ? (answer.body as { data: unknown }).data : outcome(answer)
  }

  describe('evaluate, in the classic dialect', () => {
    it('passes the public suite', async () => {
      if (!existsSync(SUITE)) return console.log('      (../shared/data/json-logic is not here: left out)')
      const read = (name: string) => JSON.parse(readFileSync(join(SUITE, name), 'utf8')) as unknown[]
      const cases = [
        ...read('tests.json').flatMap((one) =>
          Array.isArray(one) ? [{ rule: one[0], data: one[1], result: one[2] }] : [],
        ),
        ...read('compatible.json').filter((one) => typeof one === 'object'),
      ] as readonly { rule: unknown; data?: unknown; result: unknown }[]
      expect(cases.length).to.be.greaterThan(500)
      const faults: unknown[] = []
      for (const { rule, data = null, result } of cases) {
        const answer = await call('evaluate', { rule, data })
        const value = (answer.body as { data?: { value: unknown } }).data?.value
        if (JSON.stringify(value) !== JSON.stringify(result))
          faults.push({ rule, data, result, value, status: answer.status })
      }
      expect(faults).to.deep.equal([])
    })

    const hostile: readonly { what: string; rule: unknown; data?: unknown; answer: unknown }[] = [
      {
        what: 'no prototype of an object',
        rule: v('__proto__.polluted'),
        data: JSON.parse('{"__proto__":{"polluted":1}}'),
        answer: null,
      },
      { what: 'no constructor of a text', rule: v('a.constructor.name'), data: { a: 'x' }, answer: null },
      { what: 'no prototype of a list', rule: { var: ['prototype', 7] }, data: { prototype: 1 }, answer: 7 },
      { what: 'the length of a text', rule: v('a.length'), data: { a: 'xyz' }, answer: 3 },
      {
        what: 'an operator of the library that calls methods',
        rule: { method: [v('a'), 'toString'] },
        data: { a: 1 },
        answer: '422 RULE_OPERATOR_UNKNOWN /rule',
      },
      {
        what: 'an operator of another object',
        rule: { 'cat.constructor': 1 },
        data: {},
        answer: '422 RULE_OPERATOR_UNKNOWN /rule',
      },
      {
        what: 'a key called __proto__ as operator',
        rule: JSON.parse('{"__proto__":[1]}'),
        data: {},
        answer: '422 RULE_OPERATOR_UNKNOWN /rule',
      },
      {
        what: 'an unknown operator',
        rule: { nope: [1] },
        data: {},
        answer: '422 RULE_OPERATOR_UNKNOWN /rule',
      },
    ]
    for (const { what, rule, data, answer } of hostile) {
      it(`knows ${what}: ${JSON.stringify(answer)}`, async () => {
        const found = await dataOf('evaluate', { rule, data })
        expect(typeof answer === 'string' ? found : (found as { value: unknown }).value).to.deep.equal(answer)
      })
    }

    const list = Array.from({ length: 2000 }, (_, at) => at)
    const costly: readonly { what: string; rule: unknown }[] = [
      { what: 'loops in loops', rule: { map: [v(''), { map: [list, { map: [list, 1] }] }] } },
      {
        what: 'a text that doubles',
        rule: { reduce: [v(''), { cat: [v('accumulator'), v('accumulator')] }, 'xx'] },
      },
      {
        what: 'a list that doubles',
        rule: { reduce: [v(''), { merge: [v('accumulator'), v('accumulator')] }, [1]] },
      },
    ]
    for (const { what, rule } of costly) {
      it(`stops ${what}`, async () => {
        expect(await dataOf('evaluate', { rule, data: list })).to.equal('422 RULE_TOO_MUCH_WORK /rule')
      })
    }

    it('tells the value of each part outside loops', async () => {
      const rule = { and: [{ '>': [v('a'), 1] }, { some: [v('b'), { '==': [v(''), 2] }] }] }
      expect(await dataOf('evaluate', { rule, data: { a: 3, b: [1, 2] } })).to.deep.equal({
        value: true,
        parts: [
          { path: '', value: true },
          { path: '/and/0', value: true },
          { path: '/and/0/>/0', value: 3 },
          { path: '/and/1', value: true },
          { path: '/and/1/some/0', value: [1, 2] },
        ],
      })
    })
  })

  describe('evaluate, over a record', () => {
    const cases: readonly { rule: unknown; value: unknown }[] = [
      { rule: 'IF(amount > 100000, amount * 0.9, amount)', value: 108000.45 },
      { rule: 'SUM(orders.case)', value: 30.5 },
      { rule: 'COUNT(FILTER(orders, case > record.score))', value: 0 },
      { rule: "SOME(orders, case = 20 and record.level = 'a')", value: true },
      { rule: 'amount / 0', value: { error: 'divided_by_zero' } },
      { rule: "END_OF(founded, 'year')", value: '2001-12-31' },
      { rule: 'CHANGED(amount)', value: false },
      { rule: 'settings.currency', value: 'CNY' },
      { rule: "'administrator' in actor.roles", value: true },
      { rule: 'actor.email', value: 'admin@example.com' },
      { rule: 'owner = actor.id', value: true },
      { rule: { var: 'parent.name' }, value: null },
    ]
    for (const { rule, value } of cases) {
      it(`gives ${JSON.stringify(value)} for ${JSON.stringify(rule)}`, async () => {
        expect(
          (await dataOf('evaluate', { rule, entity: 'company', id: company })) as object,
        ).to.deep.include({ value })
      })
    }

    it('tells every part with its place', async () => {
      const rule = { '>': [{ '+': [v('amount'), 1] }, { sum: v('orders.case') }] }
      expect(await dataOf('evaluate', { rule, entity: 'company', id: company })).to.deep.equal({
        value: true,
        parts: [
          { path: '', type: 'boolean', value: true },
          { path: '/>/0', type: 'number', value: 120001.5 },
          { path: '/>/0/+/0', type: 'number', value: 120000.5 },
          { path: '/>/1', type: 'number', value: 30.5 },
          { path: '/>/1/sum', type: 'numbers', value: [10.5, 20, null] },
        ],
      })
    })

    it('sees what the asking actor sees', async () => {
      const clerk = await loginAs(admin, 'cleo', ['clerk'])
      const reader = await loginAs(admin, 'rosa', ['reader'])
      const asked = { rule: 'SUM(orders.case)', entity: 'company', id: company }
      expect(await dataOf('evaluate', asked, clerk)).to.equal('404 RECORD_NOT_FOUND ')
      expect(await dataOf('evaluate', asked, reader)).to.equal('422 RULE_FIELD_UNKNOWN /rule/sum/var')
      expect((await dataOf('evaluate', { ...asked, rule: 'amount' }, reader)) as object).to.deep.include({
        value: 120000.5,
      })
    })

    const typed: readonly { rule: unknown; values: object; value: unknown }[] = [
      { rule: 'amount * 2', values: { amount: 0.1 }, value: 0.2 },
      { rule: "level = 'a' and amount > 5", values: { level: 'a' }, value: false },
      { rule: "founded < '2020-01-01'", values: { founded: '2019-12-31' }, value: true },
      { rule: "'vip' in tags", values: { tags: ['new', 'vip'] }, value: true },
      { rule: v('parent.name'), values: { 'parent.name': 'Acme' }, value: 'Acme' },
      { rule: 'COUNT(orders)', values: {}, value: 0 },
      { rule: 'CHANGED(amount)', values: { amount: 3 }, value: false },
      { rule: "'administrator' in actor.roles", values: {}, value: true },
    ]
    for (const { rule, values, value } of typed) {
      it(`gives ${JSON.stringify(value)} for ${JSON.stringify(rule)} on ${JSON.stringify(values)}`, async () => {
        expect(await dataOf('evaluate', { rule, entity: 'company', values })).to.deep.include({ value })
      })
    }

    it('tells typed values that no field of the rule holds, each with its place', async () => {
      const values = { amount: 'much', founded: '2019-02-30', level: 'a', 'parent.nmae': 'x', tags: 'vip' }
      const rule = "amount > 1 and founded < '2020-01-01' and parent.name = 'x' and 'vip' in tags"
      const answer = await call('evaluate', { rule, entity: 'company', values })
      expect(answer.status).to.equal(422)
      expect(Object.fromEntries(answer.problems.map(({ path, code }) => [path, code]))).to.deep.equal({
        '/values/amount': 'FIELD_VALUE_INVALID',
        '/values/founded': 'FIELD_VALUE_INVALID',
        '/values/level': 'FIELD_UNKNOWN',
        '/values/parent.nmae': 'FIELD_UNKNOWN',
        '/values/tags': 'FIELD_VALUE_INVALID',
      })
    })

    it('says what a rule reads, so that it can be asked for', async () => {
      const rule = "amount > 1 and parent.name = 'x' and COUNT(orders) > 1 and amount < 9"
      expect(await dataOf('check', { rule, entity: 'company' })).to.deep.include({
        reads: { fields: ['amount', 'parent.name'], lists: ['orders'] },
      })
    })

    const refused: readonly { body: object; answer: string }[] = [
      {
        body: { rule: true, entity: 'company', id: undefined, values: 3 },
        answer: '422 HTTP_BODY_NOT_OBJECT /values',
      },
      { body: { rule: v('__proto__'), entity: 'company' }, answer: '422 RULE_FIELD_UNKNOWN /rule/var' },
      {
        body: { rule: v('name.constructor'), entity: 'company' },
        answer: '422 RULE_FIELD_UNKNOWN /rule/var',
      },
      { body: { rule: { '+': [v('name'), 1] }, entity: 'company' }, answer: '422 RULE_TYPE_WRONG /rule/+/0' },
      { body: { rule: 'amount >', entity: 'company' }, answer: '422 RULE_TEXT_INVALID /rule' },
      { body: { rule: true, entity: 'nope' }, answer: '404 ENTITY_UNKNOWN ' },
      { body: { rule: true }, answer: '422 FIELD_REQUIRED /entity' },
      { body: { rule: true, entity: 'company', more: 1 }, answer: '422 FIELD_UNKNOWN /more' },
    ]
    for (const { body, answer } of refused) {
      it(`refuses ${JSON.stringify(body)}`, async () => {
        expect(await dataOf('evaluate', { id: company, ...body })).to.equal(answer)
      })
    }
  })

  describe('check', () => {
    it('tells what a rule gives, its text and its sentence', async () => {
      const rule = '级别 = “a” 且 SUM(orders.case) > 100'
      const { database, ...checked } = (await dataOf('check', {
        rule: rule.replace('级别', 'level'),
        entity: 'company',
      })) as Record<string, unknown>
      expect(checked).to.deep.equal({
        valid: true,
        type: 'boolean',
        rule: { and: [{ '==': [v('level'), 'a'] }, { '>': [{ sum: v('orders.case') }, 100] }] },
        text: "level = 'a' and SUM(orders.case) > 100",
        sentence: 'level is Best and the sum of case of each of orders is above 100',
        reads: { fields: ['level'], lists: ['orders'] },
        problems: [],
      })
      expect(database).to.deep.equal([])
    })

    it('says what the database could not run', async () => {
      const checked = (await dataOf('check', { rule: { changed: v('stage') }, entity: 'company' })) as {
        valid: boolean
        database: { code: string; path: string }[]
      }
      expect(checked.valid).to.equal(true)
      expect(checked.database.map(({ code, path }) => [code, path])).to.deep.equal([
        ['RULE_PLACE_UNFIT', '/rule/changed'],
      ])
    })

    it('points every problem into the text', async () => {
      const rule = "amuont > 1 and stage = 'nwe'"
      const checked = (await dataOf('check', { rule, entity: 'company' })) as {
        problems: { code: string; hint?: string; span: [number, number] }[]
      }
      expect(checked.problems.map(({ code, hint, span }) => [code, rule.slice(...span), hint])).to.deep.equal(
        [
          ['RULE_FIELD_UNKNOWN', 'amuont', 'Did you mean “amount”?'],
          ['RULE_OPTION_UNKNOWN', "'nwe'", 'Options: fresh, known, gained, gone'],
        ],
      )
    })
  })

  describe('parse and print', () => {
    it('reads labels of both languages', async () => {
      const rule = { and: [{ '==': [v('name'), 'x'] }, { '>': [v('amount'), 1] }] }
      for (const text of [
        "Name = 'x' and amount > 1",
        '名称 ＝ ‘x’ 且 amount ＞ １',
        "[name] = 'x' AND AMOUNT > 1",
      ]) {
        expect(await dataOf('parse', { text, entity: 'company' })).to.deep.equal({ rule })
      }
    })

    it('points to the character', async () => {
      const answer = await call('parse', { text: '名称 = (1', entity: 'company' })
      expect(answer.status).to.equal(422)
      expect((answer.body as { errors: unknown }).errors).to.deep.equal([
        {
          code: 'RULE_TEXT_INVALID',
          path: '/text',
          message: 'This rule cannot be read at character 8.',
          hint: 'Expected “,” or “)”; the text ends here.',
          span: [7, 7],
        },
      ])
    })

    it('prints a rule as text and as a sentence in either language', async () => {
      const rule = { some: [v('orders'), { '>': [v('case'), { '*': [v('record.amount'), 0.5] }] }] }
      const print = (language: string) => dataOf('print', { rule, entity: 'company', language })
      expect(await print('en')).to.deep.equal({
        text: 'SOME(orders, case > record.amount * 0.5)',
        sentence: 'for some of orders: case is above amount × 0.5',
      })
      expect((await print('zh-CN')) as object).to.deep.include({
        sentence: 'orders中至少一项满足：case大于amount × 0.5',
      })
    })

    it('refuses to print what is no rule', async () => {
      expect(await dataOf('print', { rule: { nope: 1 }, entity: 'company' })).to.equal(
        '422 RULE_OPERATOR_UNKNOWN /rule/nope',
      )
    })
  })

  describe('catalogue', () => {
    it('tells operators, and the fields that the actor may name', async () => {
      const answer = await admin.get('/api/meta/rules/catalogue?entity=company', {
        headers: { 'accept-language': 'en' },
      })
      const { operators, fields } = (
        answer.body as { data: { operators: Record<string, unknown>[]; fields: Record<string, unknown>[] } }
      ).data
      expect(operators.find((one) => one.name === 'round')).to.deep.include({
        text: 'ROUND',
        signature: 'ROUND(number, [whole number])',
        database: true,
      })
      const at = (path: string) => fields.find((one) => one.path === path)
      expect(at('name')).to.deep.equal({ path: 'name', text: 'name', label: 'Name', type: 'text' })
      expect(at('level')?.options).to.deep.equal(['a', 'b'])
      expect(at('parent.name')?.label).to.equal('parent › Name')
      expect((at('orders')!.items as { path: string }[]).map(({ path }) => path)).to.include('case')
      for (const path of ['before.amount', 'actor.email', 'settings.currency', 'today'])
        expect(at(path), path).not.to.equal(undefined)
      expect(at('actor.password')).to.equal(undefined)
    })
  })

  describe('definitions', () => {
    const VIEW = { kind: 'view', name: 'big', entity: 'company', type: 'table', columns: ['name'] }
    const FILTER = { and: [{ '>': [v('amount'), 1000] }, { some: [v('orders'), { '==': [v('case'), 20] }] }] }
    const TEXT = '金额 > 1000 且 SOME(orders, case = 20)'.replace('金额', 'amount')

    it('take the text form of a rule and keep JSON Logic', async () => {
      const address = '/api/meta/content/view/big'
      expect((await admin.put(address, { ...VIEW, filter: TEXT })).record.filter).to.deep.equal(FILTER)
      const stored = await admin.get('/api/meta/definitions/view/big')
      expect((stored.body as { data: { filter: unknown } }).data.filter).to.deep.equal(FILTER)
      const broken = await admin.put(address, { ...VIEW, filter: 'amount > > 1' })
      expect(outcome(broken)).to.equal('400 RULE_TEXT_INVALID /filter')
      const wrong = await admin.put(address, { ...VIEW, filter: 'CHANGED(amount)' })
      expect(outcome(wrong)).to.equal('400 RULE_PLACE_UNFIT /filter/changed')
    })

    it('take it in drafts and archives too', async () => {
      const draft = (await admin.post('/api/meta/changesets', { label: 'x' })).record.id
      const role = {
        kind: 'role',
        name: 'seller',
        default: { read: 'none' },
        entities: { company: { read: "level = 'a' or owner = actor.id" } },
      }
      const set = await admin.put(`/api/meta/changesets/${draft}/definitions/role/seller`, role)
      const read = { or: [{ '==': [v('level'), 'a'] }, { '==': [v('owner'), v('actor.id')] }] }
      expect((set.record.entities as { company: { read: unknown } }).company.read).to.deep.equal(read)
      const broken = { manifest: { label: 'x' }, definitions: [{ ...VIEW, filter: 'amount >' }] }
      expect(outcome(await admin.post('/api/meta/import', broken))).to.match(
        /^400 RULE_TEXT_INVALID \/definitions\/0\/filter/,
      )
    })

    it('refuse a right that looks at the records that point here', async () => {
      const draft = (await admin.post('/api/meta/changesets', { label: 'y' })).record.id
      const role = {
        kind: 'role',
        name: 'seller',
        default: { read: 'none' },
        entities: { company: { read: 'COUNT(orders) > 0' } },
      }
      await admin.put(`/api/meta/changesets/${draft}/definitions/role/seller`, role)
      const plan = await admin.post(`/api/meta/changesets/${draft}/check`)
      const { problems } = (plan.body as { data: { problems: { code: string; path: string }[] } }).data
      expect(problems.map(({ code, path }) => [code, path])).to.deep.equal([
        ['RULE_PLACE_UNFIT', '/role/seller/entities/company/read/>/0/count/var'],
      ])
    })
  })

  describe('filters', () => {
    const filtered = async (filter: unknown) => {
      const answer = await admin.get(
        `/api/records/company?fields=name&filter=${encodeURIComponent(JSON.stringify(filter))}`,
      )
      return answer.status === 200 ? answer.records.map((record) => record.name) : outcome(answer)
    }
    it('look at the records that point here', async () => {
      await admin.post('/api/records/company', { name: 'empty' })
      expect(await filtered({ '>': [{ sum: v('orders.case') }, 30] })).to.deep.equal(['华兴机械'])
      expect(await filtered({ and: [{ empty: v('orders') }, { '!=': [v('name'), null] }] })).to.deep.equal([
        'empty',
      ])
      expect(
        await filtered({ some: [v('orders'), { '==': [v('group.level'), { var: 'record.level' }] }] }),
      ).to.deep.equal(['华兴机械'])
      expect(await filtered({ '==': [v('settings.currency'), 'CNY'] })).to.have.lengthOf(2)
    })
    it('refuse what the database cannot run', async () => {
      expect(await filtered({ changed: v('stage') })).to.equal('400 RULE_PLACE_UNFIT /filter/changed')
      expect(await filtered({ '>': [{ sum: { map: [v('orders'), { '/': [1, v('case')] }] } }, 1] })).to.equal(
        '400 RULE_PLACE_UNFIT /filter/>/0/sum/map/0',
      )
    })
  })
})
