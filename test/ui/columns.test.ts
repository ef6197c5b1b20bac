import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { eventually } from '../support/http-model.ts'
import { enter, expectSound, type Person } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

describe('the columns of a list in the browser', () => {
  let engine: TestEngine
  let admin: Client
  let person: Person

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    const create = ['Alpha', 'Beta', 'Gamma', 'Delta'].map((name, index) => ({
      ...{ name, amount: index * 10, code: `C${index}`, level: index % 2 === 0 ? 'a' : 'b' },
    }))
    await admin.post('/api/records/company/bulk', { create })
    person = await enter(engine, { language: 'en', size: 'desk' })
  })
  after(async () => {
    await person?.close()
    await engine?.stop()
  })
  beforeEach(async () => {
    const { page } = person
    await goTo(page, '/records/company')
    await page.evaluate(() => localStorage.removeItem('tenon.columns'))
    await page.goto('/records/company')
    await row('Alpha').waitFor()
  })

  const row = (name: string) => person.page.locator('.records tbody tr', { hasText: name })
  const head = (name: string) => person.page.locator('th[data-path]', { hasText: name })
  const edge = (field: string) =>
    person.page.getByRole('separator', { name: person.t('columns.width', { field }) })
  const menu = async (field: string, act: string) => {
    const { page, t } = person
    await head(field).hover()
    await page.getByRole('button', { name: t('columns.menu', { field }) }).click()
    await page.getByRole('menuitem', { name: t(act), exact: true }).click()
  }
  const heads = () =>
    person.page
      .locator('th[data-path]')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.path))
  const width = async (field: string) => Math.round((await head(field).boundingBox())!.width)
  const inAddress = (name: string) => new URL(person.page.url()).searchParams.get(name)
  const first = () => person.page.locator('.records .name-cell a').first().textContent()

  it('count two quick presses of a head as two', async () => {
    const { page } = person
    await page.locator('.head-button', { hasText: 'Amount' }).evaluate((pressed) => {
      for (let press = 0; press < 2; press++) (pressed as HTMLElement).click()
    })
    await page.locator('th[aria-sort="descending"]', { hasText: 'Amount' }).waitFor({ timeout: 5000 })
    expect(inAddress('sort')).to.equal('-amount')
  })

  it('sort by several keys with Shift, say which is which, and let one go again', async () => {
    const { page } = person
    const press = (name: string, shift = false) =>
      page.locator('.head-button', { hasText: name }).click(shift ? { modifiers: ['Shift'] } : {})
    await press('Level')
    await press('Amount', true)
    await press('Amount', true)
    await eventually(async () => inAddress('sort') === 'level,-amount')
    await eventually(async () => (await first()) === 'Gamma')
    expect(await head('Level').getAttribute('aria-sort')).to.equal('ascending')
    expect(await head('Amount').getAttribute('aria-sort')).to.equal('none')
    await page.getByRole('button', { name: 'Amount sort key 2, descending' }).waitFor()
    await expectSound(person)
    await press('Amount', true)
    await eventually(async () => inAddress('sort') === 'level')
    await menu('Amount', 'columns.sortAlso')
    await eventually(async () => inAddress('sort') === 'level,amount')
    await menu('Amount', 'columns.sortDown')
    await eventually(async () => inAddress('sort') === '-amount')
  })

  it('are sized by pulling an edge, and by keys; the others keep their widths, and the device remembers', async () => {
    const { page } = person
    const [code, level] = [await width('Code'), await width('Level')]
    const box = (await edge('Code').boundingBox())!
    await page.mouse.move(box.x + 4, box.y + 10)
    await page.mouse.down()
    await page.mouse.move(box.x + 44, box.y + 10, { steps: 4 })
    await page.mouse.up()
    await eventually(async () => (await width('Code')) === code + 40)
    expect(await width('Level')).to.equal(level)
    expect(inAddress('sort')).to.equal(null)
    await edge('Code').focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Shift+ArrowLeft')
    await eventually(async () => (await width('Code')) === code)
    expect(await edge('Code').getAttribute('aria-valuenow')).to.equal(String(code))
    await page.keyboard.press('Shift+ArrowRight')
    await eventually(async () => (await width('Code')) === code + 32)
    await page.reload()
    await row('Alpha').waitFor()
    expect(await width('Code')).to.equal(code + 32)
    await expectSound(person)
  })

  it('fit to what they show with a double press on the edge', async () => {
    await edge('Code').dblclick()
    await eventually(async () => (await width('Code')) < 90)
    expect(await width('Code')).to.be.greaterThan(48)
  })

  it('move when a head is pulled, or with Shift and an arrow, and keep the focus', async () => {
    const { page, t } = person
    const [from, to] = [(await head('Amount').boundingBox())!, (await head('Code').boundingBox())!]
    await page.mouse.move(from.x + from.width / 2, from.y + 15)
    await page.mouse.down()
    await page.mouse.move(to.x + 20, to.y + 15, { steps: 8 })
    await head('Code').and(page.locator('.drop-before')).waitFor()
    await page.mouse.up()
    await eventually(async () => (await heads())[1] === 'amount')
    expect([inAddress('sort'), inAddress('columns')]).to.deep.equal([
      null,
      'name,amount,code,level,founded,owner',
    ])
    await page.locator('th[data-path="code"] .head-main').focus()
    await page.keyboard.press('Shift+ArrowLeft')
    await eventually(async () => (await heads())[1] === 'code')
    await page.getByText(t('columns.moved', { field: 'Code', place: 2 })).waitFor({ state: 'attached' })
    expect(await page.evaluate(() => document.activeElement?.closest('th')?.dataset.path)).to.equal('code')
    await page.keyboard.press('Shift+ArrowRight')
    await eventually(async () => (await heads())[2] === 'code')

    // The order stays on the device; a link without columns shows it.
    await page.goto('/records/company')
    await row('Alpha').waitFor()
    expect((await heads())[1]).to.equal('amount')
  })

  it('stay while the others are scrolled: the name, or up to where the menu says', async () => {
    const { page } = person
    for (const field of ['Level', 'Owner']) {
      await edge(field).focus()
      for (let press = 0; press < 12; press++) await page.keyboard.press('Shift+ArrowRight')
    }
    const left = async (field: string) => Math.round((await head(field).boundingBox())!.x)
    const scroll = (by: number) =>
      page.locator('.list-body').evaluate((body, x) => {
        body.scrollLeft = x
      }, by)
    await scroll(0)
    const [name, code] = [await left('Name'), await left('Code')]
    await scroll(200)
    await eventually(async () => (await left('Code')) < code - 150)
    expect(await left('Name')).to.equal(name)
    const cell = (await row('Alpha').locator('td.frozen').last().boundingBox())!
    expect(Math.round(cell.x)).to.equal(name)
    await expectSound(person)
    await scroll(0)
    await menu('Code', 'columns.freeze')
    await scroll(200)
    await eventually(async () => (await left('Code')) === code)
    await scroll(0)
    await menu('Code', 'columns.loose')
    await scroll(200)
    await eventually(async () => (await left('Name')) < name)
  })

  it('are hidden and filtered by from their menu', async () => {
    const { page, t } = person
    await menu('Code', 'columns.hide')
    await eventually(async () => !(await heads()).includes('code'))
    await menu('Level', 'columns.filter')
    const panel = page.getByRole('dialog')
    await panel.getByRole('combobox', { name: t('filter.value') }).click()
    await page.locator('.ant-select-item-option', { hasText: 'Gold' }).click()
    await panel.getByRole('button', { name: t('filter.apply') }).click()
    await row('Beta').waitFor({ state: 'detached' })
    expect(JSON.parse(inAddress('filter')!)).to.deep.equal({ '==': [{ var: 'level' }, 'a'] })
  })

  it('go into a view that is saved, with widths and what stays', async () => {
    const { page, t } = person
    await edge('Code').focus()
    await page.keyboard.press('ArrowRight')
    await menu('Code', 'columns.freeze')
    await menu('Owner', 'columns.hide')
    const wide = await width('Code')
    await page.getByRole('button', { name: t('views.save') }).click()
    await page.getByRole('dialog').getByLabel(t('views.label')).fill('Codes')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('views.save') })
      .click()
    await page.getByRole('button', { name: 'Codes' }).waitFor()
    await page.evaluate(() => localStorage.removeItem('tenon.columns'))
    await page.reload()
    await row('Alpha').waitFor()
    expect(await width('Code')).to.equal(wide)
    const { body } = await admin.get('/api/views')
    const [saved] = (body as { data: readonly { frozen: number; columns: readonly object[] }[] }).data
    expect(saved?.frozen).to.equal(2)
    expect(saved?.columns[1]).to.deep.equal({ field: 'code', width: wide })
  })
})
