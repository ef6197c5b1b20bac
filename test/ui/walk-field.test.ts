import { expect } from 'chai'
import { en } from '../../designer/i18n/en.ts'
import { zhCN } from '../../designer/i18n/zh-CN.ts'
import { publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, expectSound, letting, type Person } from './person.ts'
import { uiTemplate } from './ui-model.ts'

const text = (english: string, chinese: string) => ({ en: english, 'zh-CN': chinese })

/** An entity with a field that a form, a list, a rule and a scenario use. */
const definitionsOf = (entity: string) =>
  [
    {
      ...{ kind: 'entity', name: entity, label: text('Course', '课程'), title: 'name' },
      fields: [
        { name: 'name', type: 'text', label: text('Name', '名称') },
        { name: 'seats', type: 'integer', label: text('Seats', '座位') },
        { name: 'chairs', type: 'integer', label: text('Chairs', '椅子') },
      ],
    },
    {
      ...{ kind: 'view', name: `${entity}_all`, entity, type: 'table' },
      ...{ label: text('All', '全部'), columns: ['name', 'seats'], sort: ['-seats'] },
    },
    {
      ...{ kind: 'layout', name: `${entity}_page`, entity, label: text('Page', '页面') },
      form: [{ name: 'main', label: text('Main', '主要'), fields: ['name', 'seats'] }],
    },
    {
      ...{ kind: 'validation', name: `${entity}_few`, entity, label: text('Few', '人少') },
      ...{ must: { '<': [{ var: 'seats' }, 100] }, problem: { message: text('Too many', '太多') } },
    },
    {
      ...{ kind: 'scenario', name: `${entity}_small`, label: text('Small ones', '小班') },
      given: { rita: { user: { roles: ['administrator'] } } },
      steps: [{ as: 'rita', create: { [entity]: { name: 'A', seats: 5 } }, name: 'made' }],
    },
  ] as unknown as readonly Written[]

describe('a field that is used is', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
  })
  after(() => engine?.stop())

  /** Which name stands in the list, its order, the form, the rule and the scenario. */
  const usesOf = async (entity: string) => {
    const at = async (kind: string, name: string) =>
      (await admin.get(`/api/meta/definitions/${kind}/${entity}_${name}`)).record as unknown as Record<
        string,
        never
      >
    const [view, layout, rule, scenario] = [
      ...[await at('view', 'all'), await at('layout', 'page')],
      ...[await at('validation', 'few'), await at('scenario', 'small')],
    ] as unknown as [
      { columns: string[]; sort: string[] },
      { form: { fields: string[] }[] },
      { must: { '<': [{ var: string }] } },
      { steps: { create: Record<string, object> }[] },
    ]
    const values = Object.keys(scenario.steps[0]!.create[entity]!)
    return [
      view.columns[1],
      view.sort[0],
      layout.form[0]!.fields[1],
      rule.must['<'][0].var,
      values.find((one) => one !== 'name'),
    ]
  }

  for (const language of ['en', 'zh-CN'] as const) {
    it(`renamed, deleted with its uses put right, and brought back with its values (${language})`, () =>
      letting(enter(engine, { language, size: 'desk' }), async (person) => {
        const { page } = person
        const d = language === 'en' ? en : zhCN
        const entity = language === 'en' ? 'course' : 'kecheng'
        const [seats, chairs] = language === 'en' ? ['Seats', 'Chairs'] : ['座位', '椅子']
        await publishAll(admin, definitionsOf(entity))
        const { id } = (await admin.post(`/api/records/${entity}`, { name: 'First', seats: 5 })).record
        const stored = async () => (await admin.get(`/api/records/${entity}/${id}`)).record
        const open = async () => {
          await page.goto(`/designer/entity/${entity}`)
          return page.locator('.entry', { hasText: seats })
        }

        await (await open()).locator('.entry-toggle').click()
        await page.locator('[data-path="fields/1/name"] input').fill('places')
        await publish(person, d)
        expect(await usesOf(entity)).to.deep.equal(['places', '-places', 'places', 'places', 'places'])
        expect((await stored()).places).to.equal(5)

        const entry = await open()
        await entry.hover()
        await entry
          .getByRole('button', { name: d['inspector.leaveOut'].replace('{{title}}', seats!) })
          .click()
        // What uses it is told before it is gone.
        await page.locator('.use-to-fix').nth(4).waitFor()
        await expectSound(person)
        await page.locator('.taken-all').click()
        await page.locator('.ant-select-item-option', { hasText: chairs! }).click()
        await page.locator('.tenon-sheet .btn-danger').click()
        await page.locator('.use-to-fix').first().waitFor({ state: 'detached' })
        await page.getByRole('status').getByText(d['drafts.stored']).waitFor({ state: 'attached' })
        await page.getByRole('button', { name: d['drafts.review'] }).click()
        await page.locator('.review-step.lossy input[type="checkbox"]').check()
        await expectSound(person)
        await page.getByRole('button', { name: d['drafts.publish'], exact: true }).click()
        await page.waitForURL((url) => url.pathname === '/designer/versions')
        expect(await usesOf(entity)).to.deep.equal(['chairs', '-chairs', 'chairs', 'chairs', 'chairs'])
        expect(await stored()).to.not.have.property('places')

        const restore = new RegExp(`^${d['versions.restoreOf'].split('{{')[0]!.trim()}`)
        await page.locator('[data-version]').nth(1).getByRole('button', { name: restore }).click()
        await page.locator('.review-step').first().waitFor()
        await page.getByRole('button', { name: d['drafts.publish'], exact: true }).click()
        await page.waitForURL((url) => url.pathname === '/designer/versions')
        expect(await usesOf(entity)).to.deep.equal(['places', '-places', 'places', 'places', 'places'])
        expect((await stored()).places).to.equal(5)

        // A new field is on no form of those that list theirs by hand, until somebody presses.
        await open()
        await page.locator('[data-path="fields"] .list-control > .btn').last().click()
        await page.locator('.field-card').first().click()
        await page.locator('.warnings').getByRole('button', { name: d['drafts.putOnForm'] }).click()
        await page.locator('.warnings').waitFor({ state: 'detached' })
        await publish(person, d)
        const { form } = (await admin.get(`/api/meta/definitions/layout/${entity}_page`))
          .record as unknown as { form: { fields: string[] }[] }
        expect(form[0]!.fields).to.deep.equal(['name', 'places', 'text'])
        expect(person.faults).to.deep.equal([])
      }))
  }

  const publish = async ({ page }: Person, d: typeof en | typeof zhCN): Promise<void> => {
    await page.getByRole('status').getByText(d['drafts.stored']).waitFor({ state: 'attached' })
    await page.getByRole('button', { name: d['drafts.review'] }).click()
    await page.locator('.review-step').first().waitFor()
    await page.getByRole('button', { name: d['drafts.publish'], exact: true }).click()
    await page.waitForURL((url) => url.pathname === '/designer/versions')
  }
})
