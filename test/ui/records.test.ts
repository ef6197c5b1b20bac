import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { control, EACH_ONCE, enter, expectSound, faultAt, type Person, save, toastText } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

describe('a record in the browser', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await admin.post('/api/records/company', { name: 'Taken', code: 'TAKEN' })
  })
  after(async () => engine?.stop())

  for (const setting of EACH_ONCE) {
    describe(`(${setting.language}, ${setting.size})`, () => {
      let person: Person
      const name = `Zephyr 泽风 ${setting.language} ${setting.size}`
      const stored = async () => {
        const answer = await admin.post('/api/records/company/query', {
          filter: { contains: [{ var: 'name' }, name] },
        })
        return answer.records
      }

      before(async () => {
        person = await enter(engine, setting)
      })
      after(async () => person?.close())

      it('shows what is missing at the field and at the top, and goes there', async () => {
        const { page, t } = person
        await goTo(page, '/records/company/new')
        await control(person, 'amount').fill('-1')
        await save(person)
        await faultAt(person, 'name').getByText(t('fault.required')).waitFor()
        await faultAt(person, 'amount')
          .getByText(t('fault.minimum', { limit: 0 }))
          .waitFor()
        await page
          .getByRole('alert')
          .getByText(t('form.problems', { count: 2 }))
          .waitFor()
        await page.getByRole('alert').getByRole('button').first().click()
        expect(
          await control(person, 'name').evaluate((element) => element === document.activeElement),
        ).to.equal(true)
        expect(await control(person, 'name').getAttribute('aria-invalid')).to.equal('true')
        await expectSound(person)
      })

      it('takes back a problem as soon as the field is mended', async () => {
        await control(person, 'amount').fill('1250.5')
        await control(person, 'name').fill(name)
        await faultAt(person, 'name').waitFor({ state: 'detached' })
        await faultAt(person, 'amount').waitFor({ state: 'detached' })
      })

      it('shows a problem that only the server knows at its field', async () => {
        await control(person, 'code').fill('TAKEN')
        await save(person)
        await faultAt(person, 'code').waitFor()
        expect(await stored()).to.have.length(0)
        await expectSound(person)
      })

      it('creates the record and opens it', async () => {
        const { page, t } = person
        await control(person, 'code').fill(`Z-${setting.language}-${setting.size}`)
        await save(person)
        await toastText(person)
          .getByText(t('form.created', { title: name }))
          .waitFor()
        await page.getByRole('heading', { level: 1, name }).waitFor()
        const [record] = await stored()
        expect(record).to.include({ name, amount: 1250.5, active: true })
        await expectSound(person)
      })

      it('edits it, sending only what was changed', async () => {
        const { page, t } = person
        await page.getByRole('button', { name: t('act.edit') }).click()
        await control(person, 'name').fill(`${name} 2`)
        await control(person, 'amount').fill('')
        await expectSound(person)
        await save(person)
        await toastText(person)
          .getByText(t('form.saved', { title: `${name} 2` }))
          .waitFor()
        const [record] = await stored()
        expect(record).to.include({ name: `${name} 2`, amount: null, version: 2 })
      })

      it('does not lose what was typed without asking', async () => {
        const { page, t } = person
        await page.getByRole('button', { name: t('act.edit') }).click()
        await control(person, 'name').fill('Lost')
        await page.goBack()
        await page.getByRole('dialog').getByText(t('leave.title')).waitFor()
        await page.getByRole('button', { name: t('leave.stay') }).click()
        expect(await control(person, 'name').inputValue()).to.equal('Lost')
        await page.goBack()
        await page.getByRole('button', { name: t('leave.discard') }).click()
        await page.getByRole('heading', { level: 1, name: `${name} 2` }).waitFor()
      })

      it('deletes it, and the toast brings it back', async () => {
        const { page, t } = person
        await remove(person)
        await toastText(person)
          .getByRole('button', { name: t('act.undo') })
          .click()
        await toastText(person)
          .getByText(t('bin.restored', { title: `${name} 2` }))
          .waitFor()
        await page.getByRole('heading', { level: 1, name: `${name} 2` }).waitFor()
        expect(await stored()).to.have.length(1)
      })

      it('deletes it, and the recycle bin brings it back', async () => {
        const { page, t } = person
        await remove(person)
        expect(await stored()).to.have.length(0)
        await page.getByRole('button', { name: t('act.more') }).click()
        await page.getByRole('menuitem', { name: t('bin.title') }).click()
        await expectSound(person)
        await page.getByRole('button', { name: t('bin.restoreOf', { title: `${name} 2` }) }).click()
        await toastText(person)
          .getByText(t('bin.restored', { title: `${name} 2` }))
          .waitFor()
        expect(await stored()).to.have.length(1)
        await page.getByText(t('bin.empty')).waitFor()
        await expectSound(person)
      })
    })
  }
})

async function remove({ page, t }: Person): Promise<void> {
  await page.getByRole('button', { name: t('act.more') }).click()
  await page.getByRole('menuitem', { name: t('act.delete') }).click()
  await page.waitForURL((url) => url.pathname === '/records/company')
}
