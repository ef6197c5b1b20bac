import { expect } from 'chai'
import { zhCN as designerZh } from '../../designer/i18n/zh-CN.ts'
import { publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, expectSound, letting, toastText } from './person.ts'
import { goTo } from './windows.ts'

describe('another type for a field, in the designer', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    const fields = [
      { name: 'name', type: 'text', label: { en: 'Name', 'zh-CN': '名称' } },
      { name: 'within', type: 'lookup', to: 'box', label: { en: 'Within', 'zh-CN': '放在' } },
      { name: 'size', type: 'text', searchable: true, max: 60, label: { en: 'Size', 'zh-CN': '大小' } },
    ]
    await publishAll(admin, [{ kind: 'entity', name: 'box', label: { 'zh-CN': '箱子' }, fields }])
    for (const size of ['12', '1,300', 'huge']) await admin.post('/api/records/box', { name: size, size })
  })
  after(() => engine?.stop())

  it('says of each type what becomes of the values, shows those that are lost, and carries the others over', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'desk' }), async (person) => {
      const { page } = person
      await goTo(page, '/designer/entity/box#fields/1')
      const gallery = page.getByRole('dialog')
      // Where there is no way it is said what to do instead.
      await page.getByRole('button', { name: '更改放在的类型' }).click()
      await gallery.getByText(designerZh['fields.becomesNone']).waitFor()
      await page.keyboard.press('Escape')
      await goTo(page, '/designer/entity/box#fields/2')
      await page.getByRole('button', { name: '更改大小的类型' }).click()
      await gallery.getByText(designerZh['fields.becomes.safe']).first().waitFor()
      expect(await gallery.getByRole('button', { name: /^关联记录/ }).count()).to.equal(0)
      // Before anything is chosen it is said that this can be taken back.
      await gallery.getByText(designerZh['fields.becomesKept']).waitFor()
      await expectSound(person)
      await gallery.getByRole('button', { name: /^整数/ }).click()
      await page.getByRole('button', { name: designerZh['drafts.review'] }).click()
      await page.getByText('3 个值中有 1 个无法转换，将留空。').waitFor()
      const example = page.locator('.conversion-examples li', { hasText: '留空' })
      await example.getByText('huge', { exact: true }).and(page.locator('.conversion-value')).waitFor()
      await expectSound(person)
      // Each example leads to its record, and all that lose their value stand in one list, with that value.
      await page.getByRole('link', { name: '在列表中查看这 1 条记录' }).click()
      await page.getByText('箱子：指定的 1 条').waitFor()
      const rows = page.locator('.records tbody tr[data-id]')
      await rows.getByText('huge').nth(1).waitFor()
      expect(await rows.count()).to.equal(1)
      await expectSound(person)
      await page.goBack()
      const opened = page.waitForEvent('popup')
      await example.getByRole('link', { name: 'huge' }).click()
      const beside = await opened
      await beside.getByRole('heading', { level: 1, name: 'huge' }).waitFor()
      await beside.close()
      await page.getByText(designerZh['drafts.lossyKept']).waitFor()
      // The most characters of the text say nothing of the number, and are called as the text calls them.
      await page.locator('.change-text', { hasText: '字段 › 大小 › 最多字符数' }).getByText('60').waitFor()
      await page.locator('.review-step.lossy').getByRole('checkbox').check()
      await page.getByRole('button', { name: designerZh['drafts.publish'], exact: true }).click()
      await page.waitForURL((url) => url.pathname === '/designer/versions')
      const { records } = await admin.get('/api/records/box?sort=size&fields=size')
      expect(records.map(({ size }) => size)).to.deep.equal([12, 1300, null])
      // What was written in the type that it had stands in the history as it was written.
      const lost = records.find(({ size }) => size === null)
      await goTo(page, `/records/box/${lost?.id}`)
      await page.locator('.change', { hasText: '大小' }).getByText('huge', { exact: true }).waitFor()
    }))

  it('brings the values back that had no counterpart, once the version before is restored', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'phone' }), async (person) => {
      const { page } = person
      // What is published is no draft any more: it is not checked once more before its page is left.
      const refused: string[] = []
      page.on('response', (answer) => {
        if (answer.status() === 409) refused.push(answer.url())
      })
      await goTo(page, '/designer/versions')
      await page.getByRole('button', { name: designerZh['versions.restore'] }).first().click()
      await page.waitForURL('**/designer/drafts/*')
      // Its title is told in the reader's language, and whole.
      const title = page.getByRole('heading', { level: 1 })
      await title.getByText(/^恢复到版本 \d+$/).waitFor()
      expect(await title.evaluate((one) => one.scrollWidth <= one.clientWidth)).to.equal(true)
      // Of three values one was written otherwise than the number, and one was none.
      await page.getByText(designerZh['conversion.returned_other'].replace('{{count}}', '2')).waitFor()
      await page.locator('.conversion-examples', { hasText: 'huge' }).waitFor()
      await expectSound(person)
      await page.getByRole('button', { name: designerZh['drafts.publish'], exact: true }).click()
      await page.waitForURL((url) => url.pathname === '/designer/versions')
      const { records } = await admin.get('/api/records/box?sort=name&fields=size')
      expect(records.map(({ size }) => size)).to.have.members(['12', '1,300', 'huge'])
      expect(refused).to.deep.equal([])
    }))

  it('takes the values that records have as the options of a choice, so that none is lost', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'desk' }), async (person) => {
      const { page } = person
      await admin.post('/api/records/box', { name: 'again', size: 'huge' })
      await goTo(page, '/designer/entity/box#fields/2')
      await page.getByRole('button', { name: '更改大小的类型' }).click()
      await page.getByRole('dialog').getByRole('button', { name: /^单选/ }).click()
      const options = page.locator('.property[data-path="fields/2/options"]')
      await options.getByRole('button', { name: designerZh['inspector.takeValues'] }).click()
      for (const value of ['huge', '12', '1,300']) await options.getByText(value, { exact: true }).waitFor()
      await expectSound(person)
      // What is an option already is not taken once more.
      await options.getByRole('button', { name: designerZh['inspector.takeValues'] }).click()
      await toastText(person).getByText(designerZh['inspector.takeNone']).waitFor()
      await page.getByRole('button', { name: designerZh['drafts.review'] }).click()
      // Nothing is lost, and nothing is asked.
      await page.locator('.review-step.safe').getByText('全部 4 个值都会转换').waitFor()
      expect(await page.locator('.review-step.lossy').count()).to.equal(0)
      await page.getByRole('button', { name: designerZh['drafts.publish'], exact: true }).click()
      await page.waitForURL((url) => url.pathname === '/designer/versions')
    }))
})
