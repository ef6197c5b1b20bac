import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs, PASSWORD } from '../support/http-model.ts'
import {
  enter,
  expectSound,
  inTurn,
  letting,
  type Person,
  picture,
  type Setting,
  toastText,
} from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const DESK: Setting = { language: 'en', size: 'desk' }

describe('rights in the pages', () => {
  let engine: TestEngine
  let admin: Client
  let lily: Client & { readonly id: string }

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    const reach = { create: true, read: 'own', update: 'own' }
    await publishAll(admin, [
      {
        kind: 'role',
        name: 'seller',
        default: { read: 'none' },
        entities: {
          company: reach,
          deal: { ...reach, transitions: { won: { by: [{ role: 'administrator' }] } } },
          user: { read: 'all' },
        },
      },
    ])
    lily = await loginAs(admin, 'lily', ['seller'])
    const all = [
      ['Acme', 'a', 10],
      ['Bolt', 'b', 20],
      ['Crane', 'b', 30],
    ] as const
    for (const [name, level, amount] of all)
      await admin.post('/api/records/company', {
        name,
        level,
        amount,
        owner: name === 'Acme' ? lily.id : null,
      })
  })
  after(async () => engine?.stop())

  const more = ({ page, t }: Person) => page.getByRole('button', { name: t('act.more') }).first()
  const LILY = { email: 'lily@example.com', password: PASSWORD }

  for (const setting of inTurn('rights 1')) {
    const where = `${setting.language}, ${setting.size}`

    it(`save as a file what a list shows (${where})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'level' }, 'b'] }))
        await goTo(page, `/records/company?filter=${filter}&sort=-amount`)
        await page.getByText('Crane').first().waitFor()
        await more(person).click()
        await page.getByRole('menuitem', { name: t('export.act') }).waitFor()
        await expectSound(person)
        await picture(person, 'export', setting)
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('menuitem', { name: t('export.act') }).click(),
        ])
        await toastText(person).getByText(t('export.begun')).waitFor()
        expect(download.suggestedFilename()).to.match(/^company-\d{4}-\d\d-\d\d\.csv$/)
        const lines = readFileSync(await download.path(), 'utf8').split('\r\n')
        const level = setting.language === 'en' ? 'Silver' : '银牌'
        expect(lines[0]).to.match(setting.language === 'en' ? /^\ufeffName,/ : /^\ufeff名称,/)
        expect(lines.slice(1).map((line) => line.split(',')[0])).to.deep.equal(['Crane', 'Bolt', ''])
        expect(lines[1]).to.include(level)
      }))

    it(`show the pages as another user sees them, until one stops (${where})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        await goTo(page, `/records/user/${lily.id}`)
        await more(person).click()
        const through = page.waitForEvent('load')
        await page.getByRole('menuitem', { name: t('viewAs.act', { name: 'lily' }) }).click()
        await through
        const bar = page.getByRole('region', { name: t('viewAs.label') })
        await bar.getByText(t('viewAs.seeing', { name: 'lily' })).waitFor()
        await goTo(page, '/records/company')
        await page.getByText('Acme').first().waitFor()
        expect(await page.getByText('Bolt').count()).to.equal(0)
        await expectSound(person)
        await picture(person, 'view-as', setting)
        await goTo(page, '/records/company/new')
        await page.locator('[id="root_name"]').fill('Sneaky')
        await page.locator('button[type="submit"]:visible', { hasText: t('act.save') }).click()
        const readOnly = setting.language === 'en' ? 'nothing can be changed' : '不能更改或导出任何内容'
        await page.getByText(readOnly).first().waitFor()
        // Nothing of what was typed can be saved, so nobody asks whether to lose it.
        const asked: string[] = []
        page.on('dialog', (dialog) => {
          asked.push(dialog.type())
          void dialog.accept()
        })
        // The page is left for a new one; the old one may lose its bar on the way.
        const anew = page.waitForEvent('load')
        await bar.getByRole('button', { name: t('viewAs.stop') }).click()
        await anew
        await bar.waitFor({ state: 'detached' })
        expect(asked).to.deep.equal([])
        await page.goto('/records/company')
        await page.getByText('Bolt').first().waitFor()
        expect(await page.getByText('Sneaky').count()).to.equal(0)
      }))
  }

  it('are offered no file without the right', () =>
    letting(enter(engine, DESK, LILY), async (person) => {
      const { page } = person
      await goTo(page, '/records/company')
      await page.getByText('Acme').first().waitFor()
      await more(person).click()
      await page.getByRole('menuitem', { name: person.t('bulk.recent') }).waitFor()
      for (const act of ['export.act', 'bin.title'])
        expect(await page.getByRole('menuitem', { name: person.t(act) }).count(), act).to.equal(0)
    }))

  it('go back to one’s own when the time is over', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page, t } = person
      await goTo(page, `/records/user/${lily.id}`)
      await more(person).click()
      const through = page.waitForEvent('load')
      await page.getByRole('menuitem', { name: t('viewAs.act', { name: 'lily' }) }).click()
      await through
      await page.getByRole('region', { name: t('viewAs.label') }).waitFor()
      // The page begins anew as soon as it hears of it.
      const anew = page.waitForEvent('load')
      await admin.delete(`/api/users/${lily.id}/sessions`)
      await anew
      await page.getByRole('region', { name: t('viewAs.label') }).waitFor({ state: 'detached' })
      await page.goto('/records/company')
      await page.getByText('Bolt').first().waitFor()
      expect(await page.getByRole('region', { name: t('viewAs.label') }).count()).to.equal(0)
    }))

  it('bar the stages into which one brings no record', async () => {
    lily = { ...(await engine.client.login(LILY.email, LILY.password)), id: lily.id }
    const { records } = await lily.get('/api/records/company')
    const body = { name: 'Deal', company: records[0]!.id }
    const deal = (await lily.post('/api/records/deal', body)).record
    await letting(enter(engine, DESK, LILY), async (person) => {
      const { page } = person
      await goTo(page, `/records/deal/${deal.id}`)
      const path = page.locator('ol.path')
      await path.waitFor()
      const stages = await path.locator('li').count()
      expect(stages).to.be.greaterThan(1)
      expect(await path.locator('li').last().getByRole('button').count()).to.equal(0)
      await goTo(page, `/records/deal/${deal.id}/edit`)
      await expectSound(person)
      await page.locator('[id="root_stage"]').click()
      await page.locator('.ant-select-item-option-disabled').first().waitFor()
    })
  })
})
