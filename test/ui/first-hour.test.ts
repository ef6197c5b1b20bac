import { expect } from 'chai'
import { en as designerEn } from '../../designer/i18n/en.ts'
import { zhCN as designerZh } from '../../designer/i18n/zh-CN.ts'
import { inForce, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, enterAlone, expectSound, letting } from './person.ts'
import { goTo } from './windows.ts'

const SHEET = ['Course,Fee,Starts on,Level']
  .concat(
    [0, 1, 2, 3, 4, 5].map(
      (at) => `Course ${at},${at + 1}00.50,2026-0${at + 1}-03,${at % 2 === 0 ? 'Basic' : 'Expert'}`,
    ),
  )
  .join('\n')

/** What a newcomer may press at most until people can work. */
const MOST_CLICKS = 40

describe('the first hour in an empty workspace', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
  })
  after(() => engine?.stop())

  it('says where to begin, in Chinese on a phone', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'phone' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/')
      await page.getByRole('link', { name: t('home.beginAct') }).click()
      await page.getByRole('button', { name: designerZh['begin.fromFile'] }).waitFor()
      await expectSound(person)
    }))

  it('leads from a spreadsheet to an entity with form, list, board, role and rule, in few clicks', () =>
    letting(enterAlone(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await page.addInitScript(() => {
        addEventListener(
          'click',
          (event) => {
            if (event.isTrusted) sessionStorage.clicks = Number(sessionStorage.clicks ?? 0) + 1
          },
          true,
        )
      })
      const propose = async (step: string): Promise<void> => {
        await page
          .locator(`[data-step="${step}"]`)
          .getByRole('button', { name: designerEn['begin.propose'] })
          .click()
        await page.locator(`.done[data-step="${step}"]`).waitFor()
      }
      await goTo(page, '/')
      await page.getByRole('link', { name: t('home.beginAct') }).click()
      await page.getByRole('button', { name: designerEn['begin.fromFile'] }).click()
      await page
        .locator('input[type="file"]')
        .setInputFiles({ name: 'course.csv', mimeType: 'text/csv', buffer: Buffer.from(SHEET) })
      await page.getByRole('button', { name: designerEn['fromFile.make'] }).click()
      await page.waitForURL((url) => url.pathname === '/designer/begin')
      // An app, a role and a board of its own come along where there is none yet.
      for (const step of ['entity', 'pages', 'board', 'role'])
        await page.locator(`.done[data-step="${step}"]`).waitFor()
      await page.getByText('the rows of course.csv come in with one press').waitFor()
      await expectSound(person)
      await propose('rule')
      await page
        .locator('[data-step="publish"]')
        .getByRole('button', { name: designerEn['drafts.review'] })
        .click()
      await page.locator('.review-step').first().waitFor()
      await page.getByRole('button', { name: designerEn['drafts.publish'], exact: true }).click()
      await page.waitForURL((url) => url.pathname === '/designer/versions')
      // The file goes along, into a page of another document: nobody looks for it a second time.
      await page.getByRole('link', { name: 'Import the 6 rows' }).waitFor()
      await expectSound(person)
      await page.getByRole('link', { name: 'Import the 6 rows' }).click()
      await page.getByText('course.csv').waitFor()
      await page.getByRole('button', { name: 'Import 6 records' }).click()
      await page.getByRole('heading', { name: t('import.done') }).waitFor()
      await page.getByRole('button', { name: t('import.show', { entities: 'course' }) }).click()
      await page.getByRole('heading', { name: 'course', exact: true }).waitFor()
      await page.getByRole('button', { name: 'Board' }).click()
      await page.getByRole('link', { name: 'Course 5' }).waitFor()
      expect(Number(await page.evaluate(() => sessionStorage.clicks))).to.be.within(8, MOST_CLICKS)
      const entity = await inForce<Written & { fields: readonly Written[] }>(admin, 'entity/course')
      expect(entity.fields.map(({ name, type }) => [name, type])).to.deep.equal([
        ['course', 'text'],
        ['fee', 'currency'],
        ['starts_on', 'date'],
        ['level', 'select'],
      ])
      const { nav } = await inForce<Written & { nav: readonly object[] }>(admin, 'app/course')
      expect(nav).to.have.length(1)
      expect(nav[0]).to.include({ entity: 'course', view: 'course_all' })
      const refused = await admin.post('/api/records/course', {
        course: 'X',
        fee: -1,
        starts_on: '2026-01-01',
        level: 'basic',
      })
      expect([refused.status, refused.text]).to.satisfy(
        ([status, text]: [number, string]) => status === 422 && text.includes('/fee'),
      )
      // What was imported is not offered once more.
      await goTo(page, '/designer/begin')
      await page.locator('.done[data-step="publish"]').waitFor()
      expect(await page.getByRole('link', { name: 'Import the 6 rows' }).count()).to.equal(0)
      await goTo(page, '/records/course/import')
      await page.getByRole('heading', { name: t('import.drop') }).waitFor()
      expect(person.faults).to.deep.equal([])
    }))
})
