import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { control, enter, inTurn, letting, save } from './person.ts'
import { uiTemplate } from './ui-model.ts'

describe('a lost connection', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('offline 1'))
    it(`is said, keeps what was typed, and is over by itself (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, context, t } = person
        const name = `Kept ${setting.size}`
        await page.goto('/records/company/new')
        await control(person, 'name').fill(name)
        await context.setOffline(true)
        const line = page.locator('.offline', { hasText: t('frame.offline') })
        await line.waitFor()
        expect(await person.accessibilityFaults()).to.deep.equal([])
        await save(person)
        await page.getByRole('alert').or(page.locator('#problems')).first().waitFor()
        expect(await control(person, 'name').inputValue()).to.equal(name)
        await context.setOffline(false)
        await line.waitFor({ state: 'detached' })
        await save(person)
        await page.waitForURL(/records\/company\/[0-9a-f-]{36}/)
        const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'name' }, name] }))
        expect((await admin.get(`/api/records/company?filter=${filter}`)).records).to.have.length(1)
      }))

  it('is no loss for what was typed when the page is loaded anew, until one discards or leaves it', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      page.on('dialog', (dialog) => void dialog.accept())
      await page.goto('/records/company/new')
      await control(person, 'name').fill('Typed')
      await page.reload()
      const note = page.locator('.restored-note', { hasText: t('form.restored') })
      await note.waitFor()
      expect(await control(person, 'name').inputValue()).to.equal('Typed')
      expect(await person.accessibilityFaults()).to.deep.equal([])
      await page.getByRole('button', { name: t('form.drop') }).click()
      await note.waitFor({ state: 'detached' })
      expect(await control(person, 'name').inputValue()).to.equal('')
      await control(person, 'name').fill('Again')
      await page.reload()
      await note.waitFor()
      await save(person)
      await page.waitForURL(/records\/company\/[0-9a-f-]{36}/)
      await page.goto('/records/company/new')
      await control(person, 'name').waitFor()
      expect(await note.count()).to.equal(0)
    }))
})
