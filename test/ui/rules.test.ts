import { expect } from 'chai'
import { publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { ApiRecord, Client } from '../support/http.ts'
import { control, enter, expectSound, faultAt, inTurn, type Person, save } from './person.ts'
import { goTo } from './windows.ts'

const text = (en: string, zh: string) => ({ en, 'zh-CN': zh })
const is = (field: string, value: unknown) => ({ '==': [{ var: field }, value] })
const over = (field: string, value: number) => ({ '>': [{ var: field }, value] })

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'client',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true, searchable: true },
      { name: 'region', type: 'text' },
    ],
  },
  {
    kind: 'entity',
    name: 'offer',
    label: text('Offer', '报价'),
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true, label: text('Name', '名称') },
      {
        name: 'state',
        type: 'select',
        label: text('State', '状态'),
        options: [
          { name: 'open', label: text('Open', '进行中') },
          { name: 'lost', label: text('Lost', '输单') },
        ],
        default: 'open',
      },
      {
        name: 'reason',
        type: 'text',
        required: true,
        label: text('Reason', '原因'),
        visibleWhen: is('state', 'lost'),
      },
      { name: 'amount', type: 'currency', label: text('Amount', '金额'), readOnlyWhen: is('state', 'lost') },
      { name: 'client', type: 'lookup', to: 'client', onDelete: 'clear', label: text('Client', '客户') },
      {
        name: 'tax_id',
        type: 'text',
        label: text('Tax number', '税号'),
        requiredWhen: is('client.region', 'north'),
      },
      {
        name: 'province',
        type: 'select',
        label: text('Province', '省份'),
        options: [
          { name: 'gd', label: text('Guangdong', '广东') },
          { name: 'js', label: text('Jiangsu', '江苏') },
        ],
      },
      {
        name: 'city',
        type: 'select',
        dependsOn: 'province',
        label: text('City', '城市'),
        options: [
          { name: 'gz', label: text('Guangzhou', '广州'), under: 'gd' },
          { name: 'nj', label: text('Nanjing', '南京'), under: 'js' },
        ],
      },
      {
        name: 'discount',
        type: 'percent',
        label: text('Discount', '折扣'),
        default: { if: [over('amount', 1000), 0.1, 0] },
      },
      {
        name: 'net',
        type: 'formula',
        result: 'currency',
        label: text('Net', '净额'),
        value: { '*': [{ var: 'amount' }, { '-': [1, { var: 'discount' }] }] },
      },
    ],
  },
  {
    kind: 'validation',
    name: 'positive',
    entity: 'offer',
    when: { '!!': [{ var: 'amount' }] },
    must: { '<': [{ var: 'amount' }, 100000] },
    problem: { field: 'amount', message: text('Offers stay below 100,000.', '报价须低于十万。') },
  },
  {
    kind: 'layout',
    name: 'offer_page',
    entity: 'offer',
    form: [
      {
        name: 'basics',
        label: text('Basics', '基本信息'),
        columns: 2,
        fields: ['name', 'state', 'reason', 'amount', 'client', 'tax_id', 'province', 'city'],
      },
      {
        name: 'money',
        label: text('Discount', '折扣'),
        columns: 2,
        visibleWhen: over('amount', 100),
        fields: ['discount', 'net'],
      },
    ],
  },
]

describe('rules in a form', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
    await admin.post('/api/records/client', { name: 'North Star', region: 'north' })
  })
  after(() => engine.stop())

  const choose = async (person: Person, field: string, label: string) => {
    await control(person, field).click()
    await person.page
      .locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: label })
      .click()
  }
  const offered = async (person: Person, field: string) => {
    await control(person, field).click()
    const options = person.page.locator('.ant-select-dropdown:visible .ant-select-item-option')
    await options.first().waitFor()
    const labels = await options.allInnerTexts()
    await person.page.keyboard.press('Escape')
    return labels
  }
  const mark = ({ page }: Person, field: string) => page.locator(`[data-field="${field}"] .required`)

  for (const setting of inTurn('rules 1')) {
    const words = (en: string, zh: string) => (setting.language === 'en' ? en : zh)

    it(`holds while it is filled in, and once it is stored (${setting.language}, ${setting.size})`, async () => {
      const person = await enter(engine, setting)
      const { page, t } = person
      try {
        await goTo(page, '/records/offer/new')
        await control(person, 'name').fill('Deal')

        expect(await page.locator('[data-section="money"]').count()).to.equal(0)
        // A validation says so when its field is left.
        await control(person, 'amount').fill('100000')
        expect(await faultAt(person, 'amount').count()).to.equal(0)
        await control(person, 'name').focus()
        await faultAt(person, 'amount').waitFor()
        expect(await faultAt(person, 'amount').innerText()).to.equal(
          words('Offers stay below 100,000.', '报价须低于十万。'),
        )
        await control(person, 'amount').fill('2000')
        await faultAt(person, 'amount').waitFor({ state: 'detached' })

        // A conditional section, beginnings by rule, live formulas.
        await control(person, 'amount').fill('2000')
        await page.locator('[data-section="money"]').waitFor()
        expect(await control(person, 'discount').inputValue()).to.equal('10')
        expect(await control(person, 'net').innerText()).to.contain('1,800')
        await control(person, 'discount').fill('20')
        await page.locator('[id="root_net"]', { hasText: '1,600' }).waitFor()
        await control(person, 'amount').fill('3000')
        expect(await control(person, 'discount').inputValue()).to.equal('20')

        // Required by what is behind a lookup.
        expect(await mark(person, 'tax_id').count()).to.equal(0)
        await control(person, 'client').click()
        await control(person, 'client').fill('North')
        await page
          .locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: 'North Star' })
          .click()
        await mark(person, 'tax_id').waitFor()
        await save(person)
        await faultAt(person, 'tax_id').waitFor()
        expect(await faultAt(person, 'tax_id').innerText()).to.equal(t('fault.required'))
        await control(person, 'tax_id').fill('42')

        // Options narrow, and what does not fit any more is cleared.
        await choose(person, 'province', words('Guangdong', '广东'))
        expect(await offered(person, 'city')).to.deep.equal([words('Guangzhou', '广州')])
        await choose(person, 'city', words('Guangzhou', '广州'))
        await choose(person, 'province', words('Jiangsu', '江苏'))
        expect(await offered(person, 'city')).to.deep.equal([words('Nanjing', '南京')])
        expect(await page.locator('[data-field="city"]').innerText()).not.to.contain(
          words('Guangzhou', '广州'),
        )
        await expectSound(person)
        await save(person)
        await page.waitForURL((url) => /\/records\/offer\/[0-9a-f-]{36}/.test(url.pathname))

        // Stored as shown; then shown and locked by the state.
        const id = /[0-9a-f-]{36}/.exec(page.url())![0]
        const stored = (await admin.get(`/api/records/offer/${id}`)).record as ApiRecord
        expect([stored.amount, stored.discount, stored.net, stored.city]).to.deep.equal([
          3000,
          0.2,
          2400,
          null,
        ])
        await goTo(page, `/records/offer/${id}/edit`)
        expect(await control(person, 'reason').count()).to.equal(0)
        await control(person, 'amount').fill('5')
        await choose(person, 'state', words('Lost', '输单'))
        await control(person, 'reason').waitFor()
        expect(await mark(person, 'reason').count()).to.equal(1)
        expect(await control(person, 'amount').isEditable()).to.equal(false)
        expect(await control(person, 'amount').inputValue()).to.contain('3,000')
        await save(person)
        await faultAt(person, 'reason').waitFor()
        await control(person, 'reason').fill('Price')
        await save(person)
        await page.waitForURL((url) => !url.pathname.endsWith('/edit'))
        const after = (await admin.get(`/api/records/offer/${id}`)).record as ApiRecord
        expect([after.state, after.reason, after.amount]).to.deep.equal(['lost', 'Price', 3000])
      } finally {
        await person.close()
      }
    })
  }

  describe('in steps', () => {
    const layout = (formAs: string) => ({
      ...{ kind: 'layout', name: 'offer_page', entity: 'offer', formAs },
      form: [
        { name: 'basics', label: text('Basics', '基本信息'), fields: ['name', 'amount', 'state', 'reason'] },
        {
          name: 'money',
          label: text('Discount', '折扣'),
          visibleWhen: over('amount', 100),
          fields: ['discount', 'net'],
        },
        { name: 'place', label: text('Place', '地区'), fields: ['province', 'city', 'client', 'tax_id'] },
      ],
    })
    before(() => publishAll(admin, [layout('steps')]))

    for (const setting of inTurn('rules 2')) {
      const words = (en: string, zh: string) => (setting.language === 'en' ? en : zh)

      it(`leads through a new record, as tabs through one that is there (${setting.language}, ${setting.size})`, async () => {
        const person = await enter(engine, setting)
        const { page, t } = person
        const press = (key: string) =>
          page
            .locator('button:visible', { hasText: t(key) })
            .last()
            .click()
        const item = (label: string) => page.locator('.part-item', { hasText: label })
        try {
          await goTo(page, '/records/offer/new')
          await press('form.next')
          // What is missing is told when the step is left, and nothing of the steps to come.
          await faultAt(person, 'name').getByText(t('fault.required')).waitFor()
          expect(await page.locator('.problem-count').allInnerTexts()).to.deep.equal(['1'])
          expect(await control(person, 'name').isVisible()).to.equal(true)
          await control(person, 'name').fill('In steps')
          await faultAt(person, 'name').waitFor({ state: 'detached' })
          expect(await page.locator('.part-item').count()).to.equal(2)

          // A step comes by its rule.
          await control(person, 'amount').fill('2000')
          await item(words('Discount', '折扣')).waitFor()
          await expectSound(person)
          await press('form.next')
          await page.locator('[data-section="money"]').waitFor()
          expect(await control(person, 'name').isVisible()).to.equal(false)
          await press('form.next')
          await control(person, 'client').fill('North')
          await page
            .locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: 'North Star' })
            .click()
          // Back at the first, something is broken there; saving from the last leads into it.
          await press('form.back')
          await page.locator('[data-section="money"]').waitFor()
          await press('form.back')
          await control(person, 'amount').fill('100000')
          await item(words('Place', '地区')).click()
          await save(person)
          await faultAt(person, 'tax_id').waitFor()
          expect(await page.locator('.part-item .problem-count').allInnerTexts()).to.deep.equal(['1', '1'])
          await page
            .getByRole('alert')
            .getByRole('button', { name: words('Amount', '金额') })
            .click()
          expect(
            await control(person, 'amount').evaluate((element) => element === document.activeElement),
          ).to.equal(true)
          await control(person, 'amount').fill('500')
          await item(words('Place', '地区')).click()
          await control(person, 'tax_id').fill('7')
          await expectSound(person)
          await save(person)
          await page.waitForURL((url) => /\/records\/offer\/[0-9a-f-]{36}$/.test(url.pathname))

          // A record that is there is no walk: the same parts as tabs, Save at hand, arrow keys along them.
          await goTo(page, `${page.url()}/edit`)
          await page.locator('.as-tabs').waitFor()
          await item(words('Basics', '基本信息')).focus()
          await page.keyboard.press('ArrowRight')
          await page.keyboard.press('Enter')
          await page.locator('[data-section="money"]').waitFor()
          expect(await control(person, 'discount').inputValue()).to.equal('0')
          await expectSound(person)
        } finally {
          await person.close()
        }
      })
    }
  })
})
