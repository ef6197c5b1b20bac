import { expect } from 'chai'
import { dataOf } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import {
  control,
  EACH_ONCE,
  enter,
  expectSound,
  inTurn,
  letting,
  type Person,
  save,
  toastText,
} from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

describe('two people on one record', () => {
  let engine: TestEngine
  /** The other one, who works beside the person at the page. */
  let other: Client
  let who: string
  let count = 0

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    other = await engine.loginAdmin()
    who = dataOf<{ user: { name: string } }>(await other.get('/api/auth/me'), 200).user.name
  })
  after(async () => engine?.stop())

  const company = async (values: object = {}): Promise<string> => {
    count += 1
    const body = { name: `Shared ${count}`, amount: 1, level: 'a', ...values }
    return (await other.post('/api/records/company', body)).record.id
  }
  const change = (id: string, values: object) => other.patch(`/api/records/company/${id}`, values)
  const stored = async (id: string) => (await other.get(`/api/records/company/${id}`)).record
  const note = ({ page }: Person) => page.locator('.meanwhile')
  /** The stream is there before the other one acts: what came before is no news. */
  const listening = ({ page }: Person) =>
    page.waitForFunction(() => document.querySelector('form#record-form'))

  it('see each other’s change at once', () =>
    letting(enter(engine, EACH_ONCE[0]!), (one) =>
      letting(enter(engine, EACH_ONCE[0]!), async (two) => {
        const id = await company({ code: 'BOTH' })
        for (const { page } of [one, two]) {
          await goTo(page, `/records/company/${id}`)
          await page.getByText('Gold').first().waitFor()
        }
        const fact = two.page.locator('.fact', { hasText: 'Code' })
        await fact.hover()
        await fact.getByRole('button', { name: two.t('inline.edit', { field: 'Code' }) }).click()
        await two.page.locator('.in-place-editor input').fill('TOLD')
        await two.page.keyboard.press('Enter')
        await one.page.locator('.fact', { hasText: 'TOLD' }).waitFor()
        expect(one.faults).to.deep.equal([])
      }),
    ))

  for (const setting of inTurn('two-people 1'))
    it(`are told in an open form what clashes, and choose field by field (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const id = await company()
        const [name, amount] = setting.language === 'en' ? ['Name', 'Amount'] : ['名称', '金额']
        await goTo(page, `/records/company/${id}/edit`)
        await control(person, 'name').fill('Mine')
        await control(person, 'website').fill('https://mine.example')
        await listening(person)
        await change(id, { name: 'Theirs', amount: 5 })
        await note(person)
          .getByText(t('meanwhile.clashes', { fields: name }))
          .waitFor()
        expect(await note(person).innerText()).to.include(amount)
        expect(await control(person, 'name').inputValue()).to.equal('Mine')
        await expectSound(person)
        await note(person)
          .getByRole('button', { name: t('meanwhile.compare') })
          .click()
        const dialog = page.getByRole('dialog')
        await dialog.getByText(t('conflict.early')).waitFor()
        await expectSound(person)
        await dialog.getByRole('button', { name: t('conflict.back') }).click()
        await dialog.waitFor({ state: 'detached' })
        await save(person)
        await dialog.getByText(t('conflict.title')).waitFor()
        const sides = dialog.getByRole('radiogroup', { name }).getByRole('radio')
        expect([await sides.nth(0).isChecked(), await sides.count()]).to.deep.equal([true, 2])
        await sides.nth(1).check()
        await dialog.getByText('mine.example').waitFor()
        await expectSound(person)
        await dialog.getByRole('button', { name: t('conflict.save') }).click()
        await page.getByRole('heading', { level: 1, name: 'Theirs' }).waitFor()
        expect(await stored(id)).to.include({ name: 'Theirs', amount: 5, website: 'https://mine.example' })
      }))

  it('lose nothing where their changes do not clash: Save keeps both, and says so', () =>
    letting(enter(engine, EACH_ONCE[0]!), async (person) => {
      const { page, t } = person
      const id = await company()
      await goTo(page, `/records/company/${id}/edit`)
      await control(person, 'name').fill('Mine alone')
      await change(id, { amount: 7 })
      await note(person).getByText(t('meanwhile.fits')).waitFor()
      await note(person)
        .getByRole('button', { name: t('meanwhile.take') })
        .click()
      await note(person).waitFor({ state: 'detached' })
      expect(await control(person, 'amount').inputValue()).to.match(/^7/)
      await change(id, { level: 'b' })
      await note(person).waitFor()
      await save(person)
      await toastText(person)
        .getByText(t('form.savedAlong', { title: 'Mine alone', who }))
        .waitFor()
      expect(await stored(id)).to.include({ name: 'Mine alone', amount: 7, level: 'b' })
    }))

  it('have a form that follows as long as nothing was typed', () =>
    letting(enter(engine, EACH_ONCE[0]!), async (person) => {
      const { page, t } = person
      const id = await company()
      await goTo(page, `/records/company/${id}/edit`)
      await control(person, 'name').waitFor()
      await change(id, { name: 'Followed' })
      await note(person)
        .getByText(t('meanwhile.taken', { who, fields: 'Name' }))
        .waitFor()
      expect(await control(person, 'name').inputValue()).to.equal('Followed')
      await other.delete(`/api/records/company/${id}`)
      await note(person).getByText(t('form.gone')).waitFor()
      expect(await control(person, 'name').inputValue()).to.equal('Followed')
    }))

  it('have what comes back after a reload compared with what was stored meanwhile', () =>
    letting(enter(engine, EACH_ONCE[0]!), async (person) => {
      const { page, t } = person
      page.on('dialog', (dialog) => void dialog.accept())
      const id = await company()
      await goTo(page, `/records/company/${id}/edit`)
      await control(person, 'name').fill('Typed before')
      await page.evaluate(() => window.stop())
      await change(id, { name: 'Stored since', amount: 9 })
      await page.reload()
      await page.locator('.restored-note').waitFor()
      await note(person)
        .getByText(t('meanwhile.clashes', { fields: 'Name' }))
        .waitFor()
      expect(await control(person, 'name').inputValue()).to.equal('Typed before')
      expect(await control(person, 'amount').inputValue()).to.match(/^9/)
      await expectSound(person)
      await save(person)
      const dialog = page.getByRole('dialog')
      await dialog.getByText(t('conflict.title')).waitFor()
      await dialog.getByRole('button', { name: t('conflict.back') }).click()
      await page.getByRole('button', { name: t('form.drop') }).click()
      await note(person).waitFor({ state: 'detached' })
      expect(await control(person, 'name').inputValue()).to.equal('Stored since')
      expect(await stored(id)).to.include({ name: 'Stored since', amount: 9 })
    }))

  it('do not overwrite each other in place without being told', () =>
    letting(enter(engine, EACH_ONCE[0]!), async (person) => {
      const { page, t } = person
      const id = await company({ code: `OLD-${count}` })
      await goTo(page, `/records/company/${id}`)
      const fact = page.locator('.fact', { hasText: 'Code' })
      await fact.hover()
      await fact.getByRole('button', { name: t('inline.edit', { field: 'Code' }) }).click()
      const editor = page.locator('.in-place-editor')
      await editor.locator('input').fill('MINE-NOW')
      await change(id, { code: 'THEIRS-NOW' })
      await editor.getByText('THEIRS-NOW').waitFor()
      await page.keyboard.press('Enter')
      await editor.getByText(t('inline.clash', { who })).waitFor()
      expect(await stored(id)).to.include({ code: 'THEIRS-NOW' })
      await expectSound(person)
      await page.keyboard.press('Enter')
      await editor.waitFor({ state: 'detached' })
      expect(await stored(id)).to.include({ code: 'MINE-NOW' })
    }))
})
