import { expect } from 'chai'
import { en as designerEn } from '../../designer/i18n/en.ts'
import { zhCN as designerZh } from '../../designer/i18n/zh-CN.ts'
import { publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { eventually } from '../support/http-model.ts'
import { enter, expectSound, inTurn, letting, type Person, type Setting } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const DESK: Setting = { language: 'en', size: 'desk' }

const flow = {
  kind: 'flow',
  name: 'large_deal',
  label: { en: 'Large deals', 'zh-CN': '大额商机' },
  trigger: { record: 'deal', on: ['changed'], fields: ['value'] },
  steps: [
    {
      name: 'large',
      do: 'branch',
      label: { en: 'Is it large?', 'zh-CN': '是大额吗？' },
      when: { '>': [{ var: 'value' }, 1000] },
      // biome-ignore lint/suspicious/noThenProperty: the word of the language
      then: [{ name: 'told', do: 'notify', to: { field: 'owner' }, title: { en: 'A large one' } }],
      else: [{ name: 'renamed', do: 'update', set: { name: 'Small' } }],
    },
    { name: 'last', do: 'update', set: { name: 'Seen' }, label: { en: 'Mark it', 'zh-CN': '标记' } },
  ],
}

const approval = {
  ...{ kind: 'approval', name: 'discount', entity: 'deal', label: { en: 'Discount', 'zh-CN': '折扣' } },
  levels: [{ name: 'leader', by: { leaderOf: 'owner' } }],
  empty: { role: 'administrator' },
}

const connection = {
  ...{ kind: 'connection', name: 'erp', label: { en: 'ERP' }, connector: 'http' },
  settings: { url: 'https://erp.example.com/api', operations: [{ name: 'send_order', path: '/orders' }] },
}

const following = {
  ...{ kind: 'flow', name: 'agreed', trigger: { approval: 'discount', on: ['approved'] } },
  steps: [{ do: 'update', set: { name: 'Agreed' } }],
}

interface Step {
  readonly name?: string
  readonly do: string
  readonly then?: readonly Step[]
  readonly else?: readonly Step[]
}

describe('the picture of a flow', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await publishAll(admin, [flow, approval, following, connection])
    await admin.post('/api/records/deal', { name: 'Sorter', value: 5000 })
    const { id } = (await admin.post('/api/records/deal', { name: 'Screws', value: 5 })).record
    await admin.patch(`/api/records/deal/${id}`, { value: 6 })
    const runs = async () => (await admin.get('/api/flows/runs?flow=large_deal')).records
    await eventually(async () => (await runs())[0]?.state === 'done')
  })
  after(() => engine?.stop())

  const card = ({ page }: Person, path: string) => page.locator(`.step-card[data-path="${path}"]`)
  const plus = ({ page }: Person, slot: string) => page.locator(`.step-plus[data-slot="${slot}"]`)
  const side = ({ page }: Person) => page.locator('.canvas-page-side')
  const opened = async (person: Person): Promise<void> => {
    await goTo(person.page, '/designer/flow/large_deal')
    await card(person, 'steps/0').waitFor()
    await person.page.getByRole('button', { name: designerEn['canvas.fit'] }).click()
  }
  const stepsInForce = async () =>
    (await admin.get('/api/meta/definitions/flow/large_deal')).record.steps as readonly Step[]
  const publish = async ({ page }: Person): Promise<void> => {
    await page.getByRole('button', { name: designerEn['drafts.review'] }).click()
    await page.locator('.review-step').first().waitFor()
    await page.getByRole('button', { name: designerEn['drafts.publish'], exact: true }).click()
    await page.waitForURL((url) => url.pathname === '/designer/versions')
  }

  it('says in words what each step does, and lights the way of a simulation', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page } = person
      await opened(person)
      await card(person, 'trigger').getByText('Deal is changed').waitFor()
      await card(person, 'steps/0').getByText('Value is above 1000').waitFor()
      await card(person, 'steps/0/then/0').getByText('Owner · A large one').waitFor()
      await expectSound(person)
      // One that follows an approval is about the records of that.
      await goTo(page, '/designer/flow/agreed')
      await card(person, 'steps/0').getByText('Name', { exact: true }).waitFor()
      await page.getByRole('button', { name: designerEn['runs.simulate'] }).click()
      const simulation = page.locator('.simulation')
      await simulation.getByLabel('On which deal').waitFor()
      await opened(person)
      await page.getByRole('button', { name: designerEn['runs.simulate'] }).click()
      await simulation.locator('input').fill('Sorter')
      await page.locator('.ant-select-item-option', { hasText: 'Sorter' }).click()
      await simulation.getByRole('button', { name: designerEn['runs.simulate'] }).click()
      await card(person, 'steps/1').getByText(designerEn['runs.step.done']).waitFor()
      await card(person, 'steps/0/then/0').getByText(designerEn['runs.step.done']).waitFor()
      expect(await card(person, 'steps/0/else/0').getAttribute('class')).to.include('passed')
      expect(await page.locator('[data-gone="steps/0/then/0"]').count()).to.be.greaterThan(0)
      expect(await page.locator('[data-gone="steps/0/else/0"]').count()).to.equal(0)
      await expectSound(person)
      // The draft is simulated as it stands, without being published.
      await card(person, 'steps/1').click()
      const name = side(person).locator('.set-row[data-value="name"]')
      expect(await name.locator('input').last().inputValue()).to.equal('Seen')
      await name.getByRole('combobox').click()
      await page.locator('.ant-select-item-option', { hasText: 'from deal' }).click()
      await name.getByText('Name', { exact: true }).last().waitFor()
      await side(person).locator('.set-control > .ant-select input').fill('Val')
      await page.keyboard.press('Enter')
      await side(person).locator('.set-row[data-value="value"] input').last().fill('77')
      await expectSound(person)
      await page.getByRole('button', { name: designerEn['runs.simulate'] }).click()
      await side(person).getByText(designerEn['steps.simulatedDraft']).waitFor()
      await simulation.locator('input').fill('Sorter')
      await page.locator('.ant-select-item-option', { hasText: 'Sorter' }).click()
      await simulation.getByRole('button', { name: designerEn['runs.simulate'] }).click()
      await simulation.getByText('Value: 77').waitFor()
      await page.getByRole('button', { name: person.t('act.undo'), exact: true }).click()
      await page.getByRole('button', { name: person.t('act.undo'), exact: true }).click()
      // What has been done is shown the same way: of a small one, the other way.
      await page.getByRole('button', { name: designerEn['runs.past'] }).click()
      await side(person).locator('[data-run]').first().click()
      await card(person, 'steps/0/else/0').getByText(designerEn['runs.step.done']).waitFor()
      expect(await card(person, 'steps/0/then/0').getAttribute('class')).to.include('passed')
      await side(person).getByRole('link', { name: designerEn['runs.open'] }).waitFor()
      await expectSound(person)
    }))

  it('adds a step on a line, tells what is missing at its card, drops one from the palette, moves and removes', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page, t } = person
      await opened(person)
      await plus(person, 'steps/1').click()
      await page.getByRole('menuitem', { name: 'Notify', exact: true }).click()
      // Nobody has come to it yet: it is told quietly.
      const to = side(person).locator('[data-path="steps/1/to"]')
      await to.getByText(designerEn['inspector.stillNeeded']).waitFor()
      expect(await page.locator('.step-card.faulty').count()).to.equal(0)
      await expectSound(person)
      // What the check says leads by keys to the step, and into its place.
      await page.getByRole('button', { name: designerEn['drafts.review'] }).click()
      await page.locator('.problem-list', { hasText: '“To” is missing.' }).waitFor()
      await page.locator('.problem-list a').first().focus()
      await page.keyboard.press('Enter')
      await page.locator('.step-card.faulty[data-path="steps/1"]').waitFor()
      await to.getByRole('alert').getByText('“To” is missing.').waitFor()
      expect(await card(person, 'steps/1').getAttribute('aria-pressed')).to.equal('true')
      await page.waitForFunction(
        () => document.activeElement?.closest('.inspector [data-path^="steps/1"]') != null,
      )
      await page.getByRole('button', { name: t('act.undo'), exact: true }).click()
      await page.locator('.step-card.faulty').waitFor({ state: 'detached' })
      // From the palette into the way of what is not large: it begins with no step that stops.
      await page.locator('.step-palette [data-action="stop"]').dragTo(plus(person, 'steps/0/else/1'))
      await card(person, 'steps/0/else/1').getByText('Stop').waitFor()
      // The step behind the branch goes into it.
      await card(person, 'steps/1').dragTo(plus(person, 'steps/0/then/0'))
      await card(person, 'steps/0/then/0').getByText('Mark it').waitFor()
      await card(person, 'steps/1').waitFor({ state: 'detached' })
      await card(person, 'steps/0/then/0').focus()
      await page.keyboard.press('Alt+ArrowDown')
      await card(person, 'steps/0/then/1').getByText('Mark it').waitFor()
      await card(person, 'steps/0/else/0').focus()
      await page.keyboard.press('Delete')
      await card(person, 'steps/0/else/1').waitFor({ state: 'detached' })
      await publish(person)
      const [branch] = await stepsInForce()
      expect(branch!.then?.map(({ name }) => name)).to.deep.equal(['told', 'last'])
      expect(branch!.else?.map((one) => one.do)).to.deep.equal(['stop'])
      expect(person.faults).to.deep.equal([])
    }))

  it('changes the selected step by its properties, and moves it by keys into another way', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page } = person
      await opened(person)
      await card(person, 'steps/0/then/0').focus()
      await page.keyboard.press('Enter')
      await side(person)
        .locator('[data-path="steps/0/then/0/title"] input[lang="en"]')
        .fill('A very large one')
      await card(person, 'steps/0/then/0').getByText('Owner · A very large one').waitFor()
      await plus(person, 'steps/1').focus()
      await page.keyboard.press('Enter')
      await page.getByRole('menuitem', { name: 'Move “Notify” here' }).click()
      await card(person, 'steps/1').getByText('Owner · A very large one').waitFor()
      await page.getByText(designerEn['drafts.stored']).waitFor({ state: 'attached' })
      await page.reload()
      await card(person, 'steps/1').getByText('Owner · A very large one').waitFor()
    }))

  it('says what is done instead of a step that fails, chosen in words, with steps of its own', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page } = person
      await opened(person)
      await card(person, 'steps/0/then/0').focus()
      await page.keyboard.press('Enter')
      await side(person).getByRole('button', { name: designerEn['inspector.more'] }).last().click()
      await page.getByRole('menuitem', { name: 'On error' }).click()
      const ways = side(person).locator('[data-path="steps/0/then/0/onError"]')
      await ways.getByRole('button', { name: designerEn['steps.fault.add'] }).click()
      await page.getByTitle(designerEn['steps.fault.any']).click()
      await ways.getByText(designerEn['steps.fault.any']).waitFor()
      await page.locator('.step-way', { hasText: designerEn['steps.fault.any'] }).waitFor()
      await card(person, 'steps/0/then/0/onError/any/0').getByText('Stop').waitFor()
      // A code of the other side, as it writes it.
      await ways.getByRole('button', { name: designerEn['steps.fault.add'] }).click()
      await page.getByLabel(designerEn['steps.fault.which']).fill('signer.unknown')
      await page.keyboard.press('Enter')
      await page.locator('.step-way', { hasText: '“SIGNER_UNKNOWN”' }).waitFor()
      await expectSound(person)
      const leaveOut = designerEn['inspector.leaveOut'].replace('{{title}}', 'On “SIGNER_UNKNOWN”')
      await ways.getByRole('button', { name: leaveOut }).click()
      await page.locator('.step-way', { hasText: 'SIGNER_UNKNOWN' }).waitFor({ state: 'detached' })
      // What a connection can do is chosen, too.
      await plus(person, 'steps/1').focus()
      await page.keyboard.press('Enter')
      await page.getByRole('menuitem', { name: 'Call', exact: true }).click()
      await side(person).locator('[data-path="steps/1/connection"] .ant-select').click()
      await page.locator('.ant-select-item-option', { hasText: 'ERP' }).click()
      await side(person).locator('[data-path="steps/1/operation"] .ant-select').click()
      await page.locator('.ant-select-item-option', { hasText: 'Send order' }).click()
      await card(person, 'steps/1').getByText('ERP · Send order').waitFor()
      // What is sent is text, or worked out behind a =.
      await side(person).getByRole('button', { name: designerEn['inspector.more'] }).last().click()
      await page.getByRole('menuitem', { name: 'With' }).click()
      const sent = side(person).locator('[data-path="steps/1/with"]')
      await sent.getByRole('button', { name: designerEn['inspector.addEntry'] }).click()
      await page.getByLabel(designerEn['inspector.entryName']).fill('amount')
      await page.keyboard.press('Enter')
      await sent.locator('input').first().fill('=value * 2')
      await page.getByText(designerEn['drafts.stored']).waitFor({ state: 'attached' })
      await page.getByText('JSON', { exact: true }).click()
      await page.getByText(/"\*"/).first().waitFor()
      expect(person.faults).to.deep.equal([])
    }))

  for (const setting of inTurn('canvas-flows 1')) {
    const d = setting.language === 'en' ? designerEn : designerZh
    it(`is usable by keyboard, on a phone, in either language (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, phone } = person
        await goTo(page, '/designer/flow/large_deal')
        const row = page.locator(phone ? '.outline-row' : '.step-card').first()
        await row.focus()
        await page.keyboard.press('Enter')
        const place = phone ? page.getByRole('dialog') : side(person)
        await place.locator('[data-path="trigger/record"]').waitFor()
        await expectSound(person)
        if (!phone) return
        await place.getByRole('button', { name: person.t('act.close') }).click()
        await page.getByRole('button', { name: d['steps.add'], exact: true }).last().click()
        await page.getByRole('menuitem', { name: '更新', exact: true }).click()
        await page.getByRole('dialog').getByText('更新').first().waitFor()
        await expectSound(person)
      }))
  }
})
