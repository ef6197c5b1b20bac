import { expect } from 'chai'
import { en } from '../../designer/i18n/en.ts'
import { zhCN } from '../../designer/i18n/zh-CN.ts'
import { openDraft, publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, expectSound, letting, toastText } from './person.ts'
import { goTo } from './windows.ts'

const LEVELS = [
  { name: 'gold', label: { en: 'Gold', 'zh-CN': '金' } },
  { name: 'iron', label: { en: 'Iron', 'zh-CN': '铁' } },
]
const FIRM = { kind: 'entity', name: 'firm', label: { en: 'Firm', 'zh-CN': '公司' } }
const NAME = { name: 'name', type: 'text', label: { en: 'Name', 'zh-CN': '名称' } }
const level = (required: boolean) => ({
  ...{ name: 'level', type: 'select', options: LEVELS },
  label: { en: required ? 'Grade' : 'Level', 'zh-CN': '等级' },
  ...(required ? { required } : {}),
})
const scenario = (name: string, steps: readonly object[]) => ({
  ...{ kind: 'scenario', name, label: name, steps },
  given: { lily: { user: { roles: ['seller'] } }, acme: { firm: { name: 'Acme' } } },
})
const SELLER = {
  ...{ kind: 'role', name: 'seller', label: 'Seller' },
  entities: { firm: { read: 'all', create: true, update: 'all' } },
}

describe('a field that must be filled in from now on', () => {
  let engine: TestEngine
  let admin: Client
  let draft: string
  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, [
      { ...FIRM, fields: [NAME, level(false)] },
      SELLER,
      scenario('one_is_seen', [{ as: 'lily', read: 'acme' }]),
      scenario('another_is_made', [{ as: 'lily', create: { firm: { name: 'Best' } } }]),
    ])
    draft = await openDraft(admin, [{ ...FIRM, fields: [NAME, level(true)] }])
  })
  after(() => engine?.stop())

  it('is given a value in all scenarios that lack it by one press, which can be taken back', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page } = person
      await goTo(page, `/designer/drafts/${draft}`)
      // Of a draft that one does not work on nothing could be taken back.
      const asked = page.locator('.give-value')
      const why = '“Grade” must be filled in now: 2 scenarios make records of “Firm” without it.'
      await asked.getByText(why).waitFor()
      await page.getByRole('button', { name: en['giveValue.open'] }).click()
      const press = asked.getByRole('button', { name: 'Write it into all 2 scenarios' })
      await asked.getByLabel('Grade').waitFor()
      expect(await press.isDisabled()).to.equal(true)
      await expectSound(person)
      await asked.getByLabel('Grade').click()
      await page.getByTitle('Iron').click()
      await press.click()
      await page.getByText('2 green').waitFor()
      expect(await asked.count()).to.equal(0)
      await toastText(person).getByText('2 scenarios have the value now, and run again.').waitFor()
      await page.getByRole('button', { name: 'Undo' }).click()
      await asked.waitFor()
    }))

  it('lets the draft be published without a reason once they have it', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'phone' }), async (person) => {
      const { page } = person
      await goTo(page, `/designer/drafts/${draft}`)
      await page.getByRole('button', { name: zhCN['giveValue.open'] }).click()
      await page.locator('.give-value').getByLabel('等级').click()
      await page.getByTitle('金').click()
      await page.getByRole('button', { name: '写入这 2 个场景' }).click()
      await page.locator('.give-value').waitFor({ state: 'detached' })
      await expectSound(person)
      await page.getByRole('button', { name: zhCN['drafts.publish'], exact: true }).click()
      await page.waitForURL((url) => url.pathname === '/designer/versions')
      const { body } = await admin.get('/api/meta/definitions/scenario/another_is_made')
      const { given, steps } = (body as { data: { given: object; steps: readonly object[] } }).data
      expect(given).to.deep.include({ acme: { firm: { name: 'Acme', level: 'gold' } } })
      expect(steps).to.deep.equal([{ as: 'lily', create: { firm: { name: 'Best', level: 'gold' } } }])
    }))
})
