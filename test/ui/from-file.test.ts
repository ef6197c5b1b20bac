import { expect } from 'chai'
import { en as designerEn } from '../../designer/i18n/en.ts'
import { zhCN as designerZh } from '../../designer/i18n/zh-CN.ts'
import { inForce, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, enterAlone, expectSound, letting, type Person } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const SHEET = [
  '课程名称,Company,学费,开课日期,级别,备注',
  ...['Acme', 'Birch', 'Acme', 'Acme', 'Birch', 'Acme'].map(
    (company, at) => `课${at},${company},"1,${at}00",2026-0${at + 1}-03,${at % 2 === 0 ? '初级' : '高级'},`,
  ),
].join('\n')

describe('an entity from a spreadsheet, in the designer', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    for (const name of ['Acme', 'Birch']) await admin.post('/api/records/company', { name })
  })
  after(() => engine?.stop())

  const choose = ({ page }: Person, name: string, content: string): Promise<void> =>
    page
      .locator('input[type="file"]')
      .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })

  it('is looked over, changed, put into the draft with its list, form and place, and takes the rows', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/designer/entity')
      await page.getByRole('button', { name: designerEn['fromFile.act'] }).click()
      await choose(person, 'nothing.csv', '')
      await page.getByText('The file has no header row.').waitFor()
      await choose(person, '课程.csv', SHEET)
      const row = (column: string) => page.locator(`[data-column="${column}"]`)
      await row('Company').getByText('Acme · Birch').waitFor()
      await expectSound(person)
      expect(await page.locator('.from-file-type').allInnerTexts()).to.deep.equal([
        ...['Text', 'Lookup', 'Currency', 'Date', 'Select', 'Long text'],
      ])
      await page.locator('#made-label-en').fill('Course')
      await page.locator('#made-name').fill('company')
      const required = (column: string) =>
        row(column).getByRole('checkbox', { name: designerEn['layouts.required'] })
      // That a column happens to be full makes nobody fill it in later.
      expect(await required('课程名称').isChecked()).to.equal(true)
      expect(await page.locator('.from-file-flags input[type="checkbox"]:checked').count()).to.equal(1)
      await row('学费').getByText(designerEn['fromFile.filledAll']).waitFor()
      await required('学费').check()
      await page.locator('#column-2-label').fill('Tuition')
      await row('备注').getByRole('checkbox').first().uncheck()
      await page.getByRole('button', { name: designerEn['fromFile.make'] }).click()
      await page.getByText('There is already an entity “company”.').waitFor()
      await page.locator('#made-name').fill('course')
      await page.getByRole('button', { name: designerEn['fromFile.make'] }).click()
      await page.waitForURL((url) => url.pathname === '/designer/begin')
      await page.locator('[data-step="entity"]').getByRole('link', { name: designerEn['begin.look'] }).click()
      // The gallery: a type among examples, found by a word.
      await page.getByRole('button', { name: 'Add to “Fields”' }).click()
      const gallery = page.getByRole('dialog')
      await gallery.getByText('Such as ★★★★').waitFor()
      await expectSound(person)
      await gallery.getByRole('searchbox').fill('stars')
      await gallery.locator('.field-card').first().click()
      await page.locator('[data-path="fields/5/name"] input').fill('liking')
      await page.getByRole('button', { name: designerEn['drafts.review'] }).click()
      await page.locator('.review-step').first().waitFor()
      await page.getByRole('button', { name: designerEn['drafts.publish'], exact: true }).click()
      await page.waitForURL((url) => url.pathname === '/designer/versions')
      const entity = await inForce<Written & { fields: readonly Written[] }>(admin, 'entity/course')
      expect(entity.fields.filter((one) => one.required === true).map(({ name }) => name)).to.deep.equal([
        'ke_cheng_ming_cheng',
        'xue_fei',
      ])
      expect(entity.fields.map(({ name, type }) => [name, type])).to.deep.equal([
        ['ke_cheng_ming_cheng', 'text'],
        ['company', 'lookup'],
        ['xue_fei', 'currency'],
        ['kai_ke_ri_qi', 'date'],
        ['level', 'select'],
        ['liking', 'rating'],
      ])
      await goTo(page, '/designer/entity/course')
      await page.getByRole('link', { name: designerEn['fromFile.import'] }).click()
      // The file is at hand, and its columns go where they went, though the field is called something else by now.
      const fields = page.locator('.import-column .ant-select')
      await fields.first().waitFor()
      expect((await fields.allInnerTexts()).slice(0, 3)).to.deep.equal(['课程名称 *', 'Company', 'Tuition *'])
      await page.getByRole('button', { name: 'Import 6 records' }).click()
      await page.getByRole('heading', { name: t('import.done') }).waitFor()
      const { records } = await admin.get('/api/records/course?sort=kai_ke_ri_qi&expand=company')
      expect(records.map(({ xue_fei, level }) => [xue_fei, level])).to.deep.equal([
        [1000, 'chu_ji'],
        [1100, 'gao_ji'],
        [1200, 'chu_ji'],
        [1300, 'gao_ji'],
        [1400, 'chu_ji'],
        [1500, 'gao_ji'],
      ])
      expect(person.faults).to.deep.equal([])
    }))

  it('is made on a phone', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'phone' }), async (person) => {
      const { page } = person
      await goTo(page, '/designer/from-file')
      // Dropped, not chosen.
      await page.locator('input[type="file"]').waitFor({ state: 'attached' })
      const dropped = await page.evaluateHandle((content) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([content], '名册.csv', { type: 'text/csv' }))
        return transfer
      }, '姓名,电话\n王芳,13800138000\n')
      await page.locator('.file-place').dispatchEvent('drop', { dataTransfer: dropped })
      await page.locator('[data-column="电话"]').waitFor()
      await expectSound(person)
      await page.getByRole('button', { name: designerZh['fromFile.make'] }).click()
      await page.waitForURL((url) => url.pathname === '/designer/begin')
      // What was done is told where no control stands, of which this page has some at its foot.
      await page.locator('.toast').waitFor()
      await page
        .locator('.begin-step')
        .last()
        .evaluate((last) => {
          // A button at the very foot, as pages with a form have it.
          const foot = document.createElement('button')
          foot.textContent = 'foot'
          foot.style.cssText = 'position: fixed; bottom: 60px; left: 16px; right: 16px; height: 44px'
          last.append(foot)
        })
      await page.locator('.toast-place:not([data-at="foot"]) .toast').waitFor()
      const [toast, foot] = await Promise.all([
        page.locator('.toast').boundingBox(),
        page.getByRole('button', { name: 'foot' }).boundingBox(),
      ])
      expect(toast!.y + toast!.height).to.be.below(foot!.y)
    }))

  /** A file is handed over, and what is made of it published: by the API, as somebody else might. */
  const makeRoster = async (person: Person, name: string, renamed?: string): Promise<void> => {
    const { page, t } = person
    await goTo(page, '/designer/from-file')
    await choose(person, `${name}.csv`, 'Name,Town\nAda,Bern\nGrace,Rome\n')
    await page.getByRole('button', { name: designerEn['fromFile.make'] }).click()
    await page.waitForURL((url) => url.pathname === '/designer/begin')
    if (renamed !== undefined) {
      await goTo(page, `/designer/entity/${name}`)
      await page.getByRole('button', { name: t('act.more') }).press('Enter')
      await page.getByRole('menuitem', { name: designerEn['designer.rename'] }).press('Enter')
      await page.locator('#definition-name').fill(renamed)
      await page.getByRole('button', { name: designerEn['designer.renameIt'], exact: true }).click()
      await page.waitForURL((url) => url.pathname === `/designer/entity/${renamed}`)
    }
    await page.getByRole('button', { name: designerEn['drafts.review'] }).first().click()
    await page.locator('.review-step').first().waitFor()
    await page.getByRole('button', { name: designerEn['drafts.publish'], exact: true }).click()
    await page.waitForURL((url) => url.pathname === '/designer/versions')
  }

  it('is asked for once more after a day, and by whoever comes to the window next', () =>
    letting(enterAlone(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      const bring = page.getByRole('link', { name: 'Import the 2 rows' })
      await makeRoster(person, 'roster')
      await bring.waitFor()
      await page.evaluate(
        () =>
          new Promise<void>((resolve) => {
            const opening = indexedDB.open('tenon-files', 1)
            opening.onsuccess = () => {
              const transaction = opening.result.transaction('files', 'readwrite')
              const files = transaction.objectStore('files')
              const all = files.getAll()
              all.onsuccess = () => {
                for (const one of all.result) files.put({ ...one, keptAt: one.keptAt - 25 * 60 * 60 * 1000 })
              }
              transaction.oncomplete = () => {
                opening.result.close()
                resolve()
              }
            }
          }),
      )
      await page.goto('/records/roster/import')
      await page.getByRole('heading', { name: t('import.drop') }).waitFor()
      // Its file goes along to another name.
      await makeRoster(person, 'list', 'listing')
      await bring.waitFor()
      await page.goto('/')
      await page.getByRole('button', { name: t('person.menu', { name: 'Admin' }) }).click()
      await page.getByRole('menuitem', { name: t('person.signOut') }).click()
      await page.waitForURL((url) => url.pathname === '/sign-in')
      const left = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const opening = indexedDB.open('tenon-files', 1)
            opening.onsuccess = () => {
              const asked = opening.result.transaction('files').objectStore('files').count()
              asked.onsuccess = () => resolve(asked.result)
            }
          }),
      )
      expect(left).to.equal(0)
    }))

  it('is asked for once more in a window that keeps nothing', () =>
    letting(enterAlone(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      // As a text: what is compiled gives functions within names that the page does not know.
      await page.addInitScript({
        content: `Object.defineProperty(window, 'indexedDB', {
          get() { throw new DOMException('not here', 'SecurityError') },
        })`,
      })
      await makeRoster(person, 'guest')
      await page.goto('/designer/begin?entity=guest')
      await page
        .locator('[data-step="rows"]')
        .getByRole('link', { name: designerEn['fromFile.import'] })
        .click()
      await page.getByRole('heading', { name: t('import.drop') }).waitFor()
      // An empty list offers it as well.
      await page.goto('/records/guest')
      await page.getByRole('button', { name: t('import.act') }).click()
      await page.getByRole('heading', { name: t('import.drop') }).waitFor()
      expect(person.faults).to.deep.equal([])
    }))
})
