import { expect } from 'chai'
import { en as designerEn } from '../../designer/i18n/en.ts'
import { zhCN as designerZh } from '../../designer/i18n/zh-CN.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { drag, drawLine } from './draw.ts'
import { enter, expectSound, inTurn, letting, type Person, type Setting } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const DESK: Setting = { language: 'en', size: 'desk' }

describe('the picture of the model', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
  })
  after(() => engine?.stop())

  const card = ({ page }: Person, name: string) => page.locator(`[data-entity="${name}"]`)
  const side = ({ page }: Person) => page.locator('.canvas-page-side')
  const opened = async (person: Person): Promise<void> => {
    const { page } = person
    await goTo(page, '/designer')
    await page.getByRole('link', { name: designerEn['model.title'] }).click()
    await page.locator('.entity-card').first().waitFor()
    await page.getByRole('button', { name: designerEn['canvas.fit'] }).click()
    await card(person, 'deal').waitFor()
  }

  it('shows entities with their fields and lookups, and lights what is linked with the selected one', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page } = person
      await opened(person)
      await card(person, 'deal').getByText('→ Company').waitFor()
      await page.locator('[data-link="deal.company company"]').waitFor({ state: 'attached' })
      await expectSound(person)
      await card(person, 'company').click()
      await side(person).locator('[data-path="label"] input[lang="en"]').waitFor()
      expect(await card(person, 'deal').getAttribute('class')).to.not.include('dim')
      expect(await card(person, 'notification').getAttribute('class')).to.include('dim')
      expect(await page.locator('[data-link="deal.company company"]').getAttribute('class')).to.include('on')
      await expectSound(person)
      // Its lines are reached by keys, and lead to the field that they are.
      const line = page.locator('[data-link="deal.company company"]')
      expect(await page.locator('[data-link][tabindex="0"]').count()).to.be.greaterThan(0)
      await line.focus()
      await page.keyboard.press('Enter')
      await side(person).getByText('deal', { exact: true }).waitFor()
      await side(person).locator('[data-path="fields/1/name"]').waitFor()
      await page.waitForFunction(() => document.activeElement?.closest('[data-path^="fields/1"]') !== null)
      await expectSound(person)
      // Of another entity, the place is none.
      await card(person, 'company').click()
      await side(person).locator('[data-path="label"]').waitFor()
      expect(new URL(page.url()).hash).to.equal('')
    }))

  it('finds an entity by its label and brings it into sight', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page } = person
      await opened(person)
      for (let press = 0; press < 8; press++)
        await page.getByRole('button', { name: designerEn['canvas.zoomIn'] }).click()
      await page.locator('.model-finder input').fill('Sampl')
      await page.keyboard.press('Enter')
      await side(person).getByText('sample', { exact: true }).waitFor()
      const surface = (await page.locator('.canvas-page-surface').boundingBox())!
      const found = (await card(person, 'sample').boundingBox())!
      expect(found.x).to.be.within(surface.x, surface.x + surface.width)
      expect(found.y).to.be.within(surface.y - found.height, surface.y + surface.height)
    }))

  it('makes a lookup that is drawn from one card to another, marks it, and publishes it', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page, t } = person
      await opened(person)
      const draw = (): Promise<void> =>
        drawLine(page, designerEn['canvas.fit'], card(person, 'company'), card(person, 'sample'))
      await draw()
      const row = card(person, 'company').locator('.entity-row.new')
      await row.getByText('→ Sample').waitFor()
      await card(person, 'company').getByText('1 change').waitFor()
      await page.locator('.link-line.new').waitFor({ state: 'attached' })
      await expectSound(person)
      await page.getByRole('button', { name: t('act.undo'), exact: true }).click()
      await row.waitFor({ state: 'detached' })
      await draw()
      await row.waitFor()
      await page.getByRole('button', { name: designerEn['drafts.review'] }).click()
      await page.locator('.review-step').first().waitFor()
      await page.getByRole('button', { name: designerEn['drafts.publish'], exact: true }).click()
      await page.waitForURL((url) => url.pathname === '/designer/versions')
      const { fields } = (await admin.get('/api/meta/definitions/entity/company')).record as unknown as {
        readonly fields: readonly { readonly name: string; readonly type: string; readonly to?: string }[]
      }
      expect(fields.at(-1)).to.include({ name: 'sample', type: 'lookup', to: 'sample' })
      expect(person.faults).to.deep.equal([])
    }))

  it('groups entities in frames: made, drawn into, folded, found, published', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/designer/model')
      const frame = (name: string) => page.locator(`[data-group="${name}"]`)
      const count = (name: string) => frame(name).locator('.count').innerText()
      await frame('系统内置').waitFor({ state: 'attached' })
      await page.getByRole('button', { name: designerZh['canvas.fit'] }).click()
      await card(person, 'company').click()
      await page.getByRole('button', { name: designerZh['model.group.new'] }).first().click()
      const sheet = page.getByRole('dialog')
      await sheet.getByRole('button', { name: designerZh['model.group.make'] }).click()
      await sheet.getByText(designerZh['model.group.unnamed']).waitFor()
      await sheet.locator('input[lang="zh-CN"]').fill('客户')
      await sheet.locator('input[lang="en"]').fill('Customers')
      for (const name of ['deal', 'team']) {
        await sheet.locator('#group-entities').fill(name)
        await page.keyboard.press('Enter')
      }
      await sheet.getByRole('button', { name: designerZh['model.group.make'] }).click()
      await sheet.waitFor({ state: 'detached' })
      await frame('客户').waitFor()
      expect(await count('客户')).to.equal('3')
      await expectSound(person)
      // All entities of it by one step.
      await page.getByRole('button', { name: t('act.undo'), exact: true }).click()
      await frame('客户').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: designerZh['drafts.redo'], exact: true }).click()
      await frame('客户').waitFor()
      await page.getByRole('button', { name: designerZh['canvas.fit'] }).click()
      await drag(page, card(person, 'sample'), frame('客户').locator('.group-name'))
      await page.waitForFunction(
        () => document.querySelector('[data-group="客户"] .count')?.textContent === '4',
      )
      await side(person).getByText('sample', { exact: true }).waitFor()
      // What is let go beside every frame stands where it stood.
      await drag(page, card(person, 'sample'), page.locator('.canvas-zoom'))
      expect(await count('客户')).to.equal('4')
      await page
        .getByRole('button', { name: designerZh['model.group.fold'].replace('{{group}}', '客户') })
        .click()
      await frame('客户').locator('.group-names li').nth(3).waitFor()
      expect(await card(person, 'deal').count()).to.equal(0)
      await page
        .locator('[data-bundle$="group:客户"], [data-bundle^="group:客户"]')
        .first()
        .waitFor({ state: 'attached' })
      await expectSound(person)
      await page.reload()
      await page.getByRole('button', { name: designerZh['canvas.fit'] }).click()
      await frame('客户').locator('.group-names').waitFor()
      await page.locator('.model-finder input').fill('sampl')
      await page.keyboard.press('Enter')
      await card(person, 'sample').waitFor()
      expect(await frame('客户').locator('.group-names').count()).to.equal(0)
      await side(person).locator('.group-pick .ant-select').hover()
      await side(person).locator('.group-pick .ant-select-clear').click()
      await page.waitForFunction(
        () => document.querySelector('[data-group="客户"] .count')?.textContent === '3',
      )
      await page.getByRole('button', { name: designerZh['drafts.review'] }).click()
      await page.locator('.review-step').first().waitFor()
      await page.getByRole('button', { name: designerZh['drafts.publish'], exact: true }).click()
      await page.waitForURL((url) => url.pathname === '/designer/versions')
      const groupIn = async (name: string) =>
        ((await admin.get(`/api/meta/definitions/entity/${name}`)).record as { readonly group?: unknown })
          .group
      const group = { en: 'Customers', 'zh-CN': '客户' }
      const found = await Promise.all(['company', 'deal', 'team', 'sample'].map(groupIn))
      expect(found).to.deep.equal([group, group, group, undefined])
      expect(person.faults).to.deep.equal([])
    }))

  it('draws of 300 entities those that are in sight', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page } = person
      const data = Array.from({ length: 300 }, (_one, at) => {
        const fields = [
          { name: 'name', type: 'text' },
          { name: 'up', type: 'lookup', to: `e${Math.floor(at / 3)}` },
        ]
        const own = { kind: 'entity', name: `e${at}`, label: `Entity ${at}` }
        return { ...own, id: `id${at}`, definition: { ...own, fields } }
      })
      await page.route(
        (url) => url.searchParams.get('whole') === 'true',
        (route) => route.fulfill({ json: { data } }),
      )
      await page.goto('/designer/model')
      await page.locator('.entity-card').first().waitFor()
      await page.locator('.count', { hasText: '300' }).waitFor()
      const drawn = await page.locator('.entity-card').count()
      expect(drawn).to.be.within(1, 40)
      const first = await page.locator('.entity-card').first().getAttribute('data-entity')
      await page.locator('.canvas-page-surface').hover()
      for (let turn = 0; turn < 6; turn++) await page.mouse.wheel(100, 150)
      await page.locator(`[data-entity="${first}"]`).waitFor({ state: 'detached' })
      await page.locator('.entity-card').first().waitFor()
      expect(await page.locator('.entity-card').count()).to.be.within(1, 40)
      expect(person.faults).to.deep.equal([])
    }))

  for (const setting of inTurn('canvas-model 1')) {
    const d = setting.language === 'en' ? designerEn : designerZh
    it(`is usable by keyboard, on a phone, in either language (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, phone } = person
        await goTo(page, '/designer/model')
        const first = page.locator(phone ? '.outline-row' : '.entity-card').first()
        await first.focus()
        await page.keyboard.press('Enter')
        const place = phone ? page.getByRole('dialog') : side(person)
        await place.locator('[data-path="label"] input').first().waitFor()
        await place.getByRole('link', { name: d['model.open'] }).waitFor()
        await expectSound(person)
      }))
  }
})
