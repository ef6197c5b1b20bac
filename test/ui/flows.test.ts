import { expect } from 'chai'
import { en } from '../../designer/i18n/en.ts'
import { zhCN } from '../../designer/i18n/zh-CN.ts'
import { dataOf, publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { ApiRecord, Client } from '../support/http.ts'
import { enter, expectSound, inTurn, type Person } from './person.ts'
import { goTo } from './windows.ts'

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'deal',
    label: { en: 'Deal', 'zh-CN': '商机' },
    plural: { en: 'Deals', 'zh-CN': '商机' },
    title: 'name',
    owned: true,
    fields: [
      {
        name: 'name',
        type: 'text',
        required: true,
        label: { en: 'Name', 'zh-CN': '名称' },
        searchable: true,
      },
      { name: 'note', type: 'text', label: { en: 'Note', 'zh-CN': '备注' } },
      { name: 'score', type: 'integer', max: 5, label: { en: 'Score', 'zh-CN': '评分' } },
    ],
  },
  {
    kind: 'flow',
    name: 'greet',
    label: { en: 'Greet', 'zh-CN': '问候' },
    trigger: { record: 'deal', button: {} },
    steps: [
      { name: 'write', do: 'update', set: { note: 'Well met' } },
      { name: 'tell', do: 'notify', to: { field: 'owner' }, title: { en: 'Greeted', 'zh-CN': '已问候' } },
    ],
  },
  {
    kind: 'flow',
    name: 'rate',
    label: { en: 'Rate', 'zh-CN': '评分' },
    trigger: { record: 'deal', button: {}, when: { '!=': [{ var: 'note' }, 'Well met'] } },
    steps: [{ name: 'add', do: 'update', add: { score: 4 } }],
  },
  {
    kind: 'report',
    name: 'deals',
    label: { en: 'How many deals', 'zh-CN': '商机数量' },
    entity: 'deal',
    measures: [{ fn: 'count' }],
  },
]

describe('flows and pages that follow what happens', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
  })
  after(async () => engine?.stop())

  let count = 0
  const make = async (body: object = {}): Promise<ApiRecord> =>
    dataOf(await admin.post('/api/records/deal', { name: `Deal ${++count}`, ...body }), 201)

  for (const setting of inTurn('flows 1')) {
    describe(`(${setting.language}, ${setting.size})`, () => {
      let person: Person
      const texts: Readonly<Record<string, string>> = setting.language === 'en' ? en : zhCN
      const label = (own: { en: string; 'zh-CN': string }) => own[setting.language]

      before(async () => {
        person = await enter(engine, setting)
      })
      after(async () => person?.close())

      const press = async (flow: string): Promise<void> => {
        const { page, phone, t } = person
        if (!phone) return await page.getByRole('button', { name: flow }).click()
        await page.getByRole('button', { name: t('act.more') }).click()
        await page.getByRole('menuitem', { name: flow }).click()
      }

      it('runs a flow by its button, and shows what it did without being asked again', async () => {
        const { page, t, phone } = person
        const deal = await make()
        await goTo(page, `/records/deal/${deal.id}`)
        const rate = page.getByRole('button', { name: label({ en: 'Rate', 'zh-CN': '评分' }), exact: true })
        if (!phone) await rate.waitFor()
        await press(label({ en: 'Greet', 'zh-CN': '问候' }))
        await page.getByText('Well met').first().waitFor()
        // Its condition holds no more.
        await rate.waitFor({ state: 'detached' })
        if (phone) await page.getByRole('button', { name: t('record.history') }).click()
        const through = page.getByRole('link', {
          name: t('flow.history', { flow: label({ en: 'Greet', 'zh-CN': '问候' }) }),
        })
        await through.waitFor()
        await expectSound(person)
        await through.click()
        await page.locator('[data-path="/steps/1"][data-state="done"]').waitFor()
        await expectSound(person)
      })

      it('shows in a list and a report what others write, and says that they are live', async () => {
        const { page } = person
        await goTo(page, '/records/deal')
        const first = await make()
        await page.getByText(String(first.name)).first().waitFor()
        await admin.patch(`/api/records/deal/${first.id}`, { name: `Renamed ${first.name}` })
        await page.getByText(`Renamed ${first.name}`).first().waitFor()
        await goTo(page, '/reports/deals')
        await page.getByTestId('live').waitFor()
        const { count: before } = (await admin.get('/api/records/deal?count=exact')).body as { count: number }
        await make()
        await page
          .getByText(String(before + 1), { exact: true })
          .first()
          .waitFor()
        await expectSound(person)
      })

      it('lists runs, the dead ones apart, and goes on with one where it failed', async () => {
        const { page } = person
        const deal = await make({ score: 4 })
        await admin.post(`/api/records/deal/${deal.id}/actions/rate`)
        await goTo(page, '/designer/runs?state=dead')
        const row = page.locator('[data-testid="runs"] .run-row').first()
        await row.getByText(texts['runs.state.failed']!, { exact: true }).waitFor()
        await row.getByText(String(deal.name)).waitFor()
        // What empties one of several choices says which.
        const clears = person.t('act.clearOf', { title: texts['runs.state']! })
        await page.getByRole('button', { name: clears, exact: true }).waitFor({ state: 'attached' })
        await expectSound(person)
        await row.locator('.definition-link').click()
        await page.locator('[data-path="/steps/0"][data-state="failed"]').waitFor()
        await page.locator('.journal-data summary').first().click()
        await page.getByText('"score"').first().waitFor()
        await admin.patch(`/api/records/deal/${deal.id}`, { score: 1 })
        await page.getByRole('button', { name: texts['runs.act.retry']! }).click()
        await page.locator('[data-path="/steps/0"][data-state="done"]').waitFor()
        await expectSound(person)
        expect((await admin.get(`/api/records/deal/${deal.id}`)).record.score).to.equal(5)
      })

      it('simulates a flow on a record that is chosen, and changes nothing', async () => {
        const { page } = person
        const deal = await make({ name: `Chosen ${setting.size}` })
        await goTo(page, '/designer/flow/greet')
        await page.getByRole('button', { name: texts['runs.simulate']! }).click()
        const sheet = page.locator('.simulation')
        await sheet.locator('input').fill(String(deal.name))
        await page.locator('.ant-select-item-option', { hasText: String(deal.name) }).click()
        await sheet.getByRole('button', { name: texts['runs.simulate']! }).click()
        await page.getByTestId('simulation').locator('[data-state="done"]').nth(1).waitFor()
        await expectSound(person)
        expect((await admin.get(`/api/records/deal/${deal.id}`)).record).to.include({
          note: null,
          version: 1,
        })
      })
    })
  }
})
