import { expect } from 'chai'
import { helpEn } from '../../runtime-ui/screens/help/i18n/en.ts'
import { helpZhCN } from '../../runtime-ui/screens/help/i18n/zh-CN.ts'
import { tourEn } from '../../runtime-ui/screens/tour/i18n/en.ts'
import { tourZhCN } from '../../runtime-ui/screens/tour/i18n/zh-CN.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import { EACH_ONCE, enter, expectSound, inTurn, letting } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

describe('a tour for who is new', () => {
  let engine: TestEngine
  before(async () => {
    engine = await startEngine({ template: uiTemplate })
  })
  after(async () => engine?.stop())

  /** As if nobody had ever been here. */
  const forget = () =>
    engine.database.query({ text: `DELETE FROM ws_default.tenon_own_setting WHERE name = 'tours_seen'` })
  const seen = async () => {
    const { rows } = await engine.database.query<{ value: string }>({
      text: `SELECT value::text AS value FROM ws_default.tenon_own_setting WHERE name = 'tours_seen'`,
    })
    return Object.keys(JSON.parse(rows[0]?.value ?? '{}') as object)
  }

  for (const setting of inTurn('tour 1'))
    it(`is offered once, goes on by the keys, and is found again in the help (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page } = person
        const texts: Readonly<Record<string, string>> = setting.language === 'en' ? tourEn : tourZhCN
        const help = setting.language === 'en' ? helpEn : helpZhCN
        await forget()
        await page.goto('/records/company')
        const offer = page.locator('.tour-offer')
        await offer.waitFor()
        await expectSound(person)
        // The page makes room for it: it lies over nothing.
        const [strip, app] = await Promise.all([offer.boundingBox(), page.locator('.app').boundingBox()])
        expect(strip!.y + strip!.height).to.be.at.most(app!.y)
        expect(app!.y + app!.height).to.be.at.most(page.viewportSize()!.height)
        // Whoever fills in a form is left alone until they are back.
        await goTo(page, '/records/company/new')
        await offer.waitFor({ state: 'detached' })
        await goTo(page, '/records/company')
        await offer.getByRole('button', { name: texts['tour.yes']! }).click()
        const card = page.getByRole('dialog').filter({ has: page.locator('#tour-text') })
        await card.getByText(texts['tour.text.work.places']!).waitFor()
        await expectSound(person)
        await page.keyboard.press('ArrowRight')
        await card.getByText(texts['tour.title.work.find']!).waitFor()
        await page.keyboard.press('ArrowLeft')
        await page.keyboard.press('Enter')
        await card.getByText(texts['tour.title.work.find']!).waitFor()
        // The page beneath is out of reach, and the card within the window.
        for (let press = 0; press < 4; press += 1) await page.keyboard.press('Tab')
        expect(await page.evaluate(() => document.activeElement?.closest('.tour-card') !== null)).to.equal(
          true,
        )
        for (;;) {
          const box = (await card.boundingBox())!
          const size = page.viewportSize()!
          expect([box.x >= 0, box.y >= 0]).to.eql([true, true])
          expect([box.x + box.width <= size.width, box.y + box.height <= size.height]).to.eql([true, true])
          const isLast = (await card.getByRole('button', { name: texts['tour.done']! }).count()) > 0
          await card.locator('[data-next]').click()
          if (isLast) break
        }
        await card.waitFor({ state: 'detached' })
        expect(await offer.count()).to.equal(0)
        expect(await seen()).to.eql(['work'])
        await page.keyboard.press('F1')
        await page.getByRole('button', { name: help['help.tour'] }).click()
        await card.getByText(texts['tour.text.work.places']!).waitFor()
        await page.keyboard.press('Escape')
        await card.waitFor({ state: 'detached' })
      }))

  it('has one of its own in the designer, and is put away for good', () =>
    letting(enter(engine, EACH_ONCE[0]!), async (person) => {
      const { page } = person
      await forget()
      await page.goto('/designer/drafts')
      const offer = page.locator('.tour-offer')
      await offer.getByRole('button', { name: tourEn['tour.no'] }).click()
      await offer.waitFor({ state: 'detached' })
      await page.reload()
      await page.locator('.designer-nav').waitFor()
      await page.keyboard.press('F1')
      await page.getByRole('button', { name: helpEn['help.tour'] }).click()
      const card = page.getByRole('dialog').filter({ has: page.locator('#tour-text') })
      for (const step of ['kinds', 'begin', 'model', 'search', 'drafts', 'versions', 'templates'] as const) {
        await card.getByText(tourEn[`tour.title.designer.${step}`], { exact: true }).waitFor()
        if (step === 'model') await expectSound(person)
        await page.keyboard.press('Enter')
      }
      await card.waitFor({ state: 'detached' })
      expect([await offer.count(), await seen()]).to.eql([0, ['designer']])
    }))
})
