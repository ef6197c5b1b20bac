import { expect } from 'chai'
import type { Locator } from 'playwright-core'
import { publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { control, enter, expectSound, faultAt, type Person, save } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

describe('the widgets of a form', () => {
  let engine: TestEngine
  let admin: Client
  let person: Person
  const ids = new Map<string, string>()

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    for (const name of ['Acme', 'Brightwater']) {
      ids.set(name, (await admin.post('/api/records/company', { name })).record.id)
    }
    ids.set('Big deal', (await admin.post('/api/records/deal', { name: 'Big deal' })).record.id)
    ids.set('East', (await admin.post('/api/records/team', { name: 'East' })).record.id)
    person = await enter(engine, { language: 'en', size: 'desk' })
    await goTo(person.page, '/records/sample/new')
    await control(person, 'a_text').waitFor()
  })
  after(async () => {
    await person?.close()
    await engine?.stop()
  })

  const type = (text: string) => (box: Locator) => box.fill(text)
  const option = (label: string) => async (box: Locator) => {
    await box.click()
    await person.page
      .locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: label })
      .click()
  }
  const pick = (text: string) => async (box: Locator) => {
    await box.click()
    await box.fill(text)
    await person.page
      .locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: text })
      .click()
    await person.page.keyboard.press('Escape')
  }
  const date = (text: string) => async (box: Locator) => {
    await box.click()
    await box.fill(text)
    await person.page.keyboard.press('Enter')
  }
  const upload = (name: string, mimeType: string, bytes: Buffer) => async (box: Locator) => {
    await box
      .locator('xpath=..')
      .locator('input[type="file"]')
      .setInputFiles({ name, mimeType, buffer: bytes })
    await box.locator('xpath=..').getByRole('link', { name }).waitFor()
  }
  const PIXEL = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )

  /** How a person fills in each field, and what is stored. */
  const fields: readonly {
    readonly field: string
    readonly fill: (box: Locator) => Promise<void>
    readonly stored: () => unknown
  }[] = [
    { field: 'a_text', fill: type('Text 文本 <b>&'), stored: () => 'Text 文本 <b>&' },
    { field: 'a_long_text', fill: type('one\ntwo'), stored: () => 'one\ntwo' },
    { field: 'a_rich_text', fill: type('plain words'), stored: () => 'plain words' },
    { field: 'an_integer', fill: type('1234567'), stored: () => 1234567 },
    { field: 'a_decimal', fill: type('-0.25'), stored: () => -0.25 },
    { field: 'a_currency', fill: type('1,234,567.89'), stored: () => 1234567.89 },
    { field: 'a_percent', fill: type('7'), stored: () => 0.07 },
    { field: 'a_boolean', fill: (box) => box.check(), stored: () => true },
    { field: 'a_date', fill: date('2027-12-04'), stored: () => '2027-12-04' },
    { field: 'a_date_time', fill: date('2027-03-02 09:30'), stored: () => expectedInstant },
    { field: 'a_time', fill: date('08:15'), stored: () => '08:15:00' },
    { field: 'a_time_zone', fill: pick('Europe/Berlin'), stored: () => 'Europe/Berlin' },
    { field: 'a_duration', fill: type('2'), stored: () => 'P2D' },
    { field: 'a_select', fill: option('Two'), stored: () => 'two' },
    { field: 'a_multi_select', fill: pick('Blue'), stored: () => ['blue'] },
    {
      field: 'some_tags',
      fill: async (box) => {
        await box.fill('vip，复购,')
        await box.blur()
      },
      stored: () => ['vip', '复购'],
    },
    { field: 'an_email', fill: type('lin@example.com'), stored: () => 'lin@example.com' },
    {
      field: 'a_phone',
      fill: async (box) => {
        await box.fill('415 555 2671')
        const { page, t } = person
        await page
          .getByRole('combobox', { name: t('phone.country', { field: 'Phone' }) })
          .fill('United States')
        await page
          .locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: '+1' })
          .first()
          .click()
        await page.waitForFunction(() =>
          /^\+1 /.test(document.querySelector<HTMLInputElement>('#root_a_phone')?.value ?? ''),
        )
      },
      stored: () => '+1 415 555 2671',
    },
    { field: 'a_url', fill: type('https://example.com/a'), stored: () => 'https://example.com/a' },
    {
      field: 'an_address',
      // In China the place is chosen, by a part of its name; a whole address that is pasted fills all parts.
      fill: async (box) => {
        await box.fill('CN')
        const region = person.page.getByRole('combobox', { name: /Province, city, district/ })
        await region.fill('天河')
        await person.page.locator('.ant-cascader-dropdown:visible li', { hasText: '天河区' }).click()
        await person.page.locator('.address-region', { hasText: '广东省 广州市 天河区' }).waitFor()
        await box.evaluate((element) => {
          const clipboardData = new DataTransfer()
          clipboardData.setData('text', '浙江杭州市西湖区文三路 123 号 310012')
          element.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
          )
        })
        await person.page.locator('.address-region', { hasText: '浙江省 杭州市 西湖区' }).waitFor()
      },
      stored: () => ({
        ...{ country: 'CN', province: '浙江省', city: '杭州市', district: '西湖区' },
        ...{ street: '文三路 123 号', postcode: '310012' },
      }),
    },
    {
      field: 'a_location',
      fill: async (box) => {
        await box.fill('31.25')
        await person.page.getByLabel('Location Longitude').fill('121.5')
      },
      stored: () => ({ lat: 31.25, lng: 121.5 }),
    },
    { field: 'a_lookup', fill: pick('Acme'), stored: () => ids.get('Acme') },
    {
      field: 'a_dynamic_lookup',
      fill: async () => {
        await option('Deal')(person.page.getByLabel('Dynamic lookup Kind'))
        await pick('Big deal')(control(person, 'a_dynamic_lookup'))
      },
      stored: () => ({ entity: 'deal', id: ids.get('Big deal') }),
    },
    { field: 'some_companies', fill: pick('Brightwater'), stored: () => [ids.get('Brightwater')] },
    { field: 'a_user', fill: pick('Admin'), stored: () => adminId },
    { field: 'a_team', fill: pick('East'), stored: () => ids.get('East') },
    {
      field: 'a_file',
      fill: upload('quote.txt', 'text/plain', Buffer.from('hello')),
      stored: () => uploaded('quote.txt'),
    },
    { field: 'an_image', fill: upload('dot.png', 'image/png', PIXEL), stored: () => uploaded('dot.png') },
    { field: 'some_json', fill: type('{"a": [1, null]}'), stored: () => ({ a: [1, null] }) },
    {
      field: 'some_lines',
      fill: async (box) => {
        for (const [index, what] of ['First', 'Second'].entries()) {
          await box.getByRole('button', { name: 'New line' }).click()
          await person.page.locator(`[id="root_some_lines-${index}-what"]`).fill(what)
          await person.page.locator(`[id="root_some_lines-${index}-price"]`).fill(String(index + 1))
        }
      },
      stored: () => ['First', 'Second'],
    },
  ]
  let expectedInstant = ''
  let adminId = ''
  const files = new Map<string, string>()
  const uploaded = (name: string) => files.get(name)

  it('has one for every type of field', async () => {
    const { page } = person
    const shown = await page
      .locator('.form-grid > .field')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.field))
    expect([...shown].sort()).to.deep.equal(fields.map(({ field }) => field).sort())
    await expectSound(person)
  })

  for (const { field, fill } of fields) {
    it(`fills in ${field}`, async () => {
      await fill(control(person, field))
      expect(await faultAt(person, field).count()).to.equal(0)
    })
  }

  it('keeps broken JSON from being saved, and says so at its field', async () => {
    await control(person, 'some_json').fill('{"a":')
    await save(person)
    await faultAt(person, 'some_json').getByText(person.t('json.broken')).waitFor()
    expect((await admin.get('/api/records/sample')).records).to.have.length(0)
    await control(person, 'some_json').fill('{"a": [1, null]}')
  })

  it('stores what was filled in', async () => {
    const { page } = person
    await expectSound(person)
    await save(person)
    await page.getByRole('heading', { level: 1, name: 'Text 文本 <b>&' }).waitFor()
    const model = (await admin.get('/api/meta/model')).body as { data: { timeZone: string } }
    expectedInstant = instantIn(model.data.timeZone)
    adminId = ((await admin.get('/api/auth/me')).body as { data: { user: { id: string } } }).data.user.id
    for (const file of (await admin.get('/api/records/file')).records) files.set(String(file.name), file.id)
    const [record] = (await admin.get('/api/records/sample?expand=some_lines')).records
    const lines = (record?.some_lines ?? []) as readonly { readonly what: string }[]
    const values = { ...record, some_lines: lines.map(({ what }) => what) } as Readonly<
      Record<string, unknown>
    >
    const shown = Object.fromEntries(fields.map(({ field }) => [field, values[field]]))
    expect(shown).to.deep.equal(Object.fromEntries(fields.map(({ field, stored }) => [field, stored()])))
    await page.getByText('S-0001').first().waitFor()
    // No more digits than were written.
    await page
      .locator('.num')
      .getByText(/^[-−]0\.25$/)
      .first()
      .waitFor()
    await expectSound(person)
  })

  it('shows every value again when editing, and changes nothing by itself', async () => {
    const { page, t } = person
    await page.getByRole('button', { name: t('act.edit') }).click()
    await page.locator('[data-field="a_lookup"]').getByText('Acme').waitFor()
    await page.locator('[data-field="a_dynamic_lookup"]').getByText('Big deal').waitFor()
    await page.locator('[data-field="some_companies"]').getByText('Brightwater').waitFor()
    await expectSound(person)
    await save(person)
    await page.getByRole('heading', { level: 1, name: 'Text 文本 <b>&' }).waitFor()
    const [record] = (await admin.get('/api/records/sample?expand=some_lines')).records
    expect(record?.version).to.equal(1)
  })

  it('changes one line, removes another, and says which line is at fault', async () => {
    const { page, t } = person
    await page.getByRole('button', { name: t('act.edit') }).click()
    await page.getByRole('button', { name: t('child.remove', { number: 2 }) }).click()
    await page.locator('[id="root_some_lines-0-what"]').fill('')
    await save(person)
    await faultAt(person, 'some_lines')
      .getByText(t('child.line', { number: 1 }))
      .waitFor()
    await page.locator('[id="root_some_lines-0-what"]').fill('Changed')
    await save(person)
    await page.getByRole('heading', { level: 1, name: 'Text 文本 <b>&' }).waitFor()
    const [record] = (await admin.get('/api/records/sample?expand=some_lines')).records
    const lines = record?.some_lines as readonly { readonly what: string; readonly price: number }[]
    expect(lines.map(({ what, price }) => ({ what, price }))).to.deep.equal([{ what: 'Changed', price: 1 }])
    await expectSound(person)
  })

  it('changes on the page what takes room: lines, an address, a file; in a list a stage', async () => {
    const { page, t } = person
    const sheet = page.locator('.tenon-sheet .sheet-body')
    const change = async (label: string, act: () => Promise<unknown>): Promise<void> => {
      await page.getByRole('button', { name: t('inline.edit', { field: label }), exact: true }).click()
      await sheet.locator('input:visible, button:visible').first().waitFor()
      await act()
      await expectSound(person)
      await page
        .locator('.tenon-sheet')
        .getByRole('button', { name: t('act.save') })
        .click()
      await sheet.waitFor({ state: 'detached' })
    }
    await change('Lines', () => sheet.locator('[id$="-0-price"]').fill('12'))
    await change('Address', () => sheet.getByLabel('Address Postcode').fill('310000'))
    await change('File', () =>
      upload('later.txt', 'text/plain', Buffer.from('later'))(sheet.locator('button').last()),
    )
    const [record] = (await admin.get('/api/records/sample?expand=some_lines,a_file')).records
    const lines = record?.some_lines as readonly { readonly what: string; readonly price: number }[]
    expect(lines.map(({ what, price }) => [what, price])).to.deep.equal([['Changed', 12]])
    expect((record?.an_address as { readonly postcode: string } | undefined)?.postcode).to.equal('310000')
    expect((record?.a_file as { readonly label: string } | undefined)?.label).to.equal('later.txt')

    await goTo(page, '/records/deal')
    const pencil = page.getByRole('button', { name: t('inline.edit', { field: 'Stage' }) }).first()
    await pencil.click({ force: true })
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: 'Offer' }).click()
    await page.locator('.records').getByText('Offer').first().waitFor()
    await page.locator('.toast', { hasText: t('stage.moved', { stage: 'Offer' }) }).waitFor()
    expect((await admin.get('/api/records/deal')).records[0]?.stage).to.equal('offer')
  })

  it('never loads all records into a lookup', async () => {
    const { page } = person
    const many = Array.from({ length: 60 }, (_, index) => ({ name: `Many ${index}` }))
    await admin.post('/api/records/company/bulk', { create: many })
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await goTo(page, '/records/sample/new')
    await control(person, 'a_lookup').click()
    const searched = page.waitForRequest((request) => request.url().includes('q=Many'))
    await control(person, 'a_lookup').fill('Many 5')
    await searched
    await page
      .locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: 'Many 5' })
      .first()
      .waitFor()
    const searches = asked
      .filter((url) => url.includes('/api/records/company?'))
      .map((url) => new URL(url).searchParams)
    expect(searches.map((search) => search.get('limit'))).to.deep.equal(searches.map(() => '20'))
    expect(searches.at(-1)?.get('q')).to.equal('Many 5')
  })

  it('names a tag of a rule as people read it, in the box and in its list', async () => {
    const { page } = person
    const group = (name: string, by: string, option: string, label: string) => ({
      ...{ name, label: name, by, options: [{ name: option, label }] },
    })
    await publishAll(admin, [
      {
        kind: 'entity',
        name: 'shop',
        title: 'name',
        fields: [
          { name: 'name', type: 'text', required: true },
          {
            name: 'tags',
            type: 'tags',
            groups: [
              group('state', 'rule', 'is_new', 'Brand new'),
              group('taste', 'people', 'sweet', 'Sweet'),
            ],
          },
        ],
      },
      {
        ...{ kind: 'tag_rule', name: 'new_shop', entity: 'shop', group: 'state', tag: 'is_new' },
        when: { '!!': { var: 'name' } },
      },
    ])
    const { id } = (await admin.post('/api/records/shop', { name: 'Corner' })).record
    await goTo(page, `/records/shop/${id}/edit`)
    await control(person, 'tags').click()
    const options = page.locator('.ant-select-dropdown:visible .ant-select-item-option')
    await options.filter({ hasText: 'Sweet' }).waitFor()
    expect((await options.allTextContents()).sort()).to.deep.equal(['Brand new', 'Sweet'])
    expect(await page.locator('.tag-chip.ruled').textContent()).to.equal('Brand new')
  })
})

/** 2027-03-02 09:30 on the workspace's clock. */
function instantIn(zone: string): string {
  const utc = new Date('2027-03-02T09:30:00.000Z')
  const shown = new Date(
    `${new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(utc).replace(' ', 'T')}Z`,
  )
  return new Date(utc.getTime() - (shown.getTime() - utc.getTime())).toISOString()
}
