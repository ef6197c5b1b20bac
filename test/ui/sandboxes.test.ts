import { expect } from 'chai'
import { en } from '../../designer/i18n/en.ts'
import { zhCN } from '../../designer/i18n/zh-CN.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, expectSound, inEach, letting } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

describe('a sandbox in the designer', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
  })
  after(async () => engine?.stop())

  /** Gives the company other labels and publishes that. */
  async function rename(client: Client, workspace: string, label: object): Promise<void> {
    const options = { headers: { 'x-workspace': workspace } }
    const at = '/api/meta/changesets'
    const { record } = await client.get('/api/meta/definitions/entity/company', options)
    const { id } = (await client.post(at, { label: 'x' }, options)).record
    await client.put(`${at}/${id}/definitions/entity/company`, { ...record, label }, options)
    const { hash } = (await client.post(`${at}/${id}/plan`, {}, options)).record
    const answer = await client.post(`${at}/${id}/publish`, { hash }, options)
    expect(answer.status, answer.text).to.equal(200)
  }

  for (const setting of inEach('sandboxes 1'))
    it(`is made, entered and left, and promoted with a conflict resolved (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const d = setting.language === 'en' ? en : zhCN
        // It is called what people call it; its address is made of that, Chinese by its reading.
        const label = setting.language === 'en' ? `New stages ${setting.size}` : `新阶段试验 ${setting.size}`
        const name = `${setting.language === 'en' ? 'new-stages' : 'xin-jie-duan-shi-yan'}-${setting.size}`
        await goTo(page, '/designer/sandboxes')
        await page.getByRole('button', { name: d['sandboxes.make'] }).click()
        await page.getByLabel(d['sandboxes.name'], { exact: true }).fill('')
        await page.getByRole('button', { name: d['sandboxes.makeIt'], exact: true }).click()
        await page.getByText(d['sandboxes.nameMissing']).waitFor()
        await expectSound(person)
        await page.getByLabel(d['sandboxes.name'], { exact: true }).fill(label)
        await page.locator('.made-name').getByText(name, { exact: true }).waitFor()
        await page.getByRole('button', { name: d['sandboxes.makeIt'], exact: true }).click()
        await page.waitForURL(`**/designer/sandboxes/${name}`)
        await page.getByRole('heading', { name: label }).waitFor()
        await page.getByText(d['sandboxes.same']).waitFor()
        await expectSound(person)

        await page.getByRole('button', { name: d['sandboxes.enter'], exact: true }).click()
        const strip = page.getByRole('region', { name: t('sandbox.label') })
        await strip.getByText(t('sandbox.here', { name: label })).waitFor()
        await goTo(page, '/')
        await page.waitForURL('**/records/company')
        await strip.waitFor()
        await page.locator('main').first().waitFor()
        await expectSound(person)

        const inside = admin.as(String((await admin.post('/api/auth/sandbox', { name })).record.token))
        await rename(inside, name, { en: `Firm ${name}`, 'zh-CN': `企业 ${name}` })
        const options = { headers: { 'x-workspace': name } }
        const { id } = (await inside.post('/api/meta/changesets', { label: 'Later' }, options)).record
        const extra = {
          kind: 'option_set',
          name: 'extra',
          label: 'Extra',
          options: [{ name: 'a', label: 'A' }],
        }
        await inside.put(`/api/meta/changesets/${id}/definitions/option_set/extra`, extra, options)
        await rename(admin, 'default', { en: `Client ${name}`, 'zh-CN': `客户 ${name}` })
        await strip.getByRole('button', { name: t('sandbox.leave') }).click()
        await page.waitForURL('**/designer/sandboxes')
        await strip.waitFor({ state: 'detached' })
        await page.locator(`[data-sandbox="${name}"] a`).click()

        const row = page.locator('[data-change="entity/company"]')
        await row.locator('.chip.ochre').waitFor()
        // A draft that is not in force there goes along where it is chosen.
        await page.locator('[data-draft]').getByRole('checkbox', { name: 'Later' }).check()
        await expectSound(person)
        await page.getByRole('button', { name: d['sandboxes.promote'] }).click()
        await page.waitForURL('**/designer/drafts/*')
        const conflicts = page.getByRole('alert', { name: d['drafts.conflict'] })
        await conflicts.waitFor()
        expect(await conflicts.locator('.draft-conflict').count()).to.equal(2)
        await expectSound(person)
        // Which text stands is chosen by what both say.
        for (const text of [`Firm ${name}`, `Client ${name}`, `企业 ${name}`, `客户 ${name}`])
          await conflicts.getByRole('radio', { name: text }).waitFor()
        await conflicts.getByText(d['drafts.sideOf.theirs']).nth(1).click()
        // Beside what is live now the draft would seem to take back what was published there meanwhile.
        expect(await page.getByRole('region', { name: d['drafts.changes'] }).count()).to.equal(0)
        const publish = page.getByRole('button', { name: d['drafts.publish'], exact: true })
        // However long the plan takes: what was decided is not asked again, and nothing can be published yet.
        let planned = (): void => undefined
        const plans = new Promise<void>((done) => {
          planned = done
        })
        await page.route('**/plan?*', async (route) => {
          await plans
          await route.continue()
        })
        await conflicts.getByRole('button', { name: d['drafts.resolve'] }).click()
        await conflicts.waitFor({ state: 'detached' })
        await page.getByText(d['drafts.planning']).waitFor()
        expect(await publish.isDisabled()).to.equal(true)
        // The steps are there to be read while the scenarios are run; publishing waits for these as well.
        let proved = (): void => undefined
        const proofs = new Promise<void>((done) => {
          proved = done
        })
        await page.route('**/scenarios/run', async (route) => {
          await proofs
          await route.continue()
        })
        planned()
        await page.locator('.review-step').first().waitFor()
        await page.getByText(d['drafts.proving']).waitFor()
        expect(await publish.isDisabled()).to.equal(true)
        proved()
        await page.waitForFunction((label) => {
          const button = [...document.querySelectorAll('button')].find((one) => one.textContent === label)
          return button !== undefined && !button.disabled && button.ariaBusy !== 'true'
        }, d['drafts.publish'])
        await publish.click()
        await page.waitForURL('**/designer/versions')
        const { label: called } = (await admin.get('/api/meta/definitions/entity/company')).record
        const sides = [`Firm ${name}`, `Client ${name}`, `企业 ${name}`, `客户 ${name}`]
        expect(
          Object.values(called as object)
            .map((text) => sides.indexOf(text) % 2)
            .sort(),
        ).to.eql([0, 1])

        await goTo(page, `/designer/sandboxes/${name}`)
        await page.getByRole('button', { name: t('act.more') }).click()
        await page.getByRole('menuitem', { name: d['sandboxes.refresh'] }).click()
        await page.getByText(d['sandboxes.refreshed']).waitFor()
        await page.getByText(d['sandboxes.same']).waitFor()
        await page.getByRole('button', { name: t('act.more') }).click()
        await page.getByRole('menuitem', { name: d['sandboxes.remove'] }).click()
        await page.getByRole('button', { name: d['sandboxes.removeIt'], exact: true }).click()
        await page.waitForURL('**/designer/sandboxes')
        await page.locator(`[data-sandbox="${name}"]`).waitFor({ state: 'detached' })
        await expectSound(person)
      }))

  for (const setting of inEach('sandboxes 2'))
    it(`says where two of its drafts clash until that is settled there (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const d = setting.language === 'en' ? en : zhCN
        const name = `clash-${setting.language.toLowerCase()}-${setting.size}`
        await admin.post('/api/sandboxes', { name, label: name, records: 0 })
        const inside = admin.as(String((await admin.post('/api/auth/sandbox', { name })).record.token))
        const options = { headers: { 'x-workspace': name } }
        const { record } = await inside.get('/api/meta/definitions/entity/company', options)
        for (const label of ['One', 'Two']) {
          const { id } = (await inside.post('/api/meta/changesets', { label }, options)).record
          const [first, ...others] = record.fields as object[]
          const fields = [{ ...first, label: { en: label, 'zh-CN': label } }, ...others]
          const changed = { ...record, fields }
          await inside.put(`/api/meta/changesets/${id}/definitions/entity/company`, changed, options)
        }
        await goTo(page, `/designer/sandboxes/${name}`)
        for (const label of ['One', 'Two'])
          await page.locator('[data-draft]').getByRole('checkbox', { name: label }).check()
        await page.getByRole('button', { name: d['sandboxes.promote'] }).click()
        const refused = page.getByRole('dialog', { name: d['refused.title'] })
        const english = refused.getByRole('listitem').filter({ hasText: 'English' })
        await english.waitFor()
        const said = (await english.textContent()) ?? ''
        expect(said).to.include('One').and.to.include('Two').and.not.to.include('/entity')
        expect(said).to.include(setting.language === 'en' ? 'Fields › Label' : '字段 › 显示名')
        await expectSound(person)
        await refused.getByRole('button', { name: d['sandboxes.draftsLook'] }).click()
        await page.waitForURL('**/designer/drafts')
        await page.getByRole('region', { name: t('sandbox.label') }).waitFor()
        await page.getByText('Two', { exact: true }).waitFor()
        // A draft is thrown away on its own page as well, on a phone too.
        await page.getByText('Two', { exact: true }).click()
        await page.getByRole('button', { name: d['drafts.discard'] }).click()
        await page.getByRole('button', { name: d['drafts.discardIt'], exact: true }).click()
        await page.waitForURL('**/designer/drafts')
        await page.getByText('One', { exact: true }).waitFor()
        await page.getByText('Two', { exact: true }).waitFor({ state: 'detached' })
        await page.getByRole('button', { name: t('sandbox.leave') }).click()
        await page.waitForURL('**/designer/sandboxes')
      }))
})
