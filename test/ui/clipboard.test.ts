import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, expectSound, type Person, toastText } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

describe('rows that are copied and pasted, in the browser', function () {
  this.timeout(180_000)
  let engine: TestEngine
  let admin: Client
  let person: Person

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    const create = ['Alpha', 'Beta'].map((name, at) => ({
      name,
      code: `C${at}`,
      level: 'a',
      amount: 1000 + at,
    }))
    await admin.post('/api/records/company/bulk', { create })
    person = await enter(engine, { language: 'en', size: 'desk' })
    await goTo(person.page, '/records/company?sort=name&columns=name,level,amount')
    await person.page.locator('.records tbody tr[data-id]').nth(1).waitFor()
  })
  after(async () => {
    await person?.close()
    await engine?.stop()
  })

  const choose = (name: string) =>
    person.page.getByRole('checkbox', { name: person.t('bulk.chooseOne', { title: name }) }).check()
  const copied = () =>
    person.page.evaluate(() => {
      const clipboardData = new DataTransfer()
      document.body.dispatchEvent(
        new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }),
      )
      return [clipboardData.getData('text/plain'), clipboardData.getData('text/html')]
    })
  const paste = (text: string) =>
    person.page.evaluate((said) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', said)
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      )
    }, text)
  const amounts = async () =>
    (await admin.get('/api/records/company?sort=name&fields=name,level,amount')).records.map(
      ({ name, level, amount }) => [name, level, amount],
    )

  it('copies the row in use, then the chosen ones, in the columns shown', async () => {
    await person.page.keyboard.press('j')
    const [one] = await copied()
    expect(one).to.equal('Alpha\tGold\t1000')
    await choose('Alpha')
    await choose('Beta')
    expect(await copied()).to.deep.equal([
      'Alpha\tGold\t1000\r\nBeta\tGold\t1001',
      '<table><tbody><tr><td>Alpha</td><td>Gold</td><td>1000</td></tr><tr><td>Beta</td><td>Gold</td><td>1001</td></tr></tbody></table>',
    ])
    await toastText(person)
      .getByText(person.t('clipboard.copied', { count: 2 }))
      .waitFor()
  })

  it('changes the chosen rows once every cell fits, and takes it back', async () => {
    const { page, t } = person
    const sheet = page.getByRole('dialog')
    await paste('Silver\t2,000\nBronze\tmany')
    await sheet.getByLabel(t('clipboard.from')).fill('Level')
    await page.keyboard.press('Enter')
    await sheet.getByText(t('clipboard.fault.value', { row: 2, value: 'Bronze', field: 'Level' })).waitFor()
    const act = sheet.getByRole('button', { name: t('bulk.changeDo', { count: 2 }) })
    expect(await act.isDisabled()).to.equal(true)
    await expectSound(person)
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })

    await paste('Silver\t2,000\r\nGold\t3000\r\n')
    await sheet.getByLabel(t('clipboard.from')).fill('Level')
    await page.keyboard.press('Enter')
    await sheet.getByText(t('bulk.willChange', { count: 2 })).waitFor()
    await act.click()
    await toastText(person)
      .getByText(t('bulk.changed', { count: 2 }))
      .waitFor()
    expect(await amounts()).to.deep.equal([
      ['Alpha', 'b', 2000],
      ['Beta', 'a', 3000],
    ])
    await toastText(person)
      .getByRole('button', { name: t('act.undo') })
      .last()
      .click()
    await toastText(person)
      .getByText(t('bulk.undone', { count: 2 }))
      .waitFor()
    expect(await amounts()).to.deep.equal([
      ['Alpha', 'a', 1000],
      ['Beta', 'a', 1001],
    ])
  })

  it('gives rows to the people whom pasted cells name, and says who is nobody', async () => {
    const { page, t } = person
    await goTo(page, '/records/company?sort=name&columns=name,owner')
    await page.locator('.records tbody tr[data-id]').nth(1).waitFor()
    for (const name of ['Alpha', 'Beta']) await choose(name)
    const sheet = page.getByRole('dialog')
    const start = async () => {
      await sheet.getByLabel(t('clipboard.from')).fill('Owner')
      await page.keyboard.press('Enter')
    }
    await paste('Admin\nNobody here')
    await start()
    await sheet
      .getByText(t('clipboard.fault.unknown', { row: 2, value: 'Nobody here', field: 'Owner' }))
      .waitFor()
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await paste('Admin\nadmin@example.com')
    await start()
    await sheet
      .getByRole('button', { name: t('bulk.changeDo', { count: 2 }) })
      .and(page.locator(':enabled'))
      .waitFor()
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await goTo(page, '/records/company?sort=name&columns=name,level,amount')
    await page.locator('.records tbody tr[data-id]').nth(1).waitFor()
  })

  it('leaves a text that is pasted into a field alone', async () => {
    const { page, t } = person
    const box = page.getByRole('searchbox').first()
    await box.focus()
    await page.evaluate(() => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', 'a\tb')
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      )
    })
    expect(await page.getByText(t('clipboard.title', { count: 1 })).count()).to.equal(0)
    await box.blur()
  })

  it('makes records of other rows by the page that imports, with the columns as the list shows them', async () => {
    const { page, t } = person
    await paste('Gamma\tSilver\t7\nDelta\tGold\t8\nEpsilon\t\t9')
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('button', { name: t('clipboard.goOn') }).click()
    await page.getByRole('button', { name: t('import.do', { count: 3, number: '3' }) }).click()
    await page.getByRole('heading', { name: t('import.done') }).waitFor()
    expect((await amounts()).slice(2)).to.deep.equal([
      ['Delta', 'a', 8],
      ['Epsilon', null, 9],
      ['Gamma', 'b', 7],
    ])
  })
})
