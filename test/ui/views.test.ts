import { expect } from 'chai'
import type { Locator } from 'playwright-core'
import { publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs, PASSWORD } from '../support/http-model.ts'
import { enter, enterAlone, expectSound, letting, type Person, picture, toastText } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

describe('views of one’s own in the browser', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    const create = ['Alpha', 'Beta', 'Gamma'].map((name, index) => ({ name, amount: index * 10, code: name }))
    await admin.post('/api/records/company/bulk', { create })
  })
  after(async () => engine?.stop())

  const heads = async ({ page }: Person) =>
    (await page.locator('.records th:not(.choice-cell)').allTextContents()).filter((text) => text !== '')
  const tabs = ({ page, t }: Person) => page.getByRole('navigation', { name: t('list.views') })

  it('keep columns, order and filter under a name, and go with a click', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/company')
      await page.locator('.records tbody tr', { hasText: 'Alpha' }).waitFor()
      expect(await page.getByRole('button', { name: t('views.save') }).count()).to.equal(0)

      await page.getByRole('button', { name: t('columns.title') }).click()
      const sheet = page.getByRole('dialog')
      await sheet.getByRole('button', { name: t('columns.up', { field: 'Amount' }) }).waitFor()
      while ((await sheet.locator('.columns-list .cut').first().textContent()) !== 'Amount')
        await sheet.getByRole('button', { name: t('columns.up', { field: 'Amount' }) }).click()
      const others = (await heads(person)).filter((head) => !['Amount', 'Name'].includes(head))
      for (const field of others)
        await sheet.getByRole('button', { name: t('columns.remove', { field }) }).click()
      await sheet.getByLabel(t('columns.add')).fill('Website')
      await page.keyboard.press('Enter')
      await expectSound(person)
      await sheet.getByRole('button', { name: t('act.close') }).click()
      expect(await heads(person)).to.deep.equal(['Amount', 'Name', 'Website'])
      await page.locator('.head-button', { hasText: 'Name' }).click()
      await page.locator('th[aria-sort="descending"]', { hasText: 'Name' }).waitFor()

      await page.getByRole('button', { name: t('views.save') }).click()
      await sheet.getByRole('button', { name: t('views.save') }).click()
      await sheet.getByText(t('views.labelMissing')).waitFor()
      await expectSound(person)
      await sheet.getByLabel(t('views.label')).fill('Money first')
      await sheet.getByRole('button', { name: t('views.save') }).click()
      await toastText(person)
        .getByText(t('views.saved', { view: 'Money first' }))
        .waitFor()
      await tabs(person).getByRole('button', { name: 'Money first' }).waitFor()
      expect(await heads(person)).to.deep.equal(['Amount', 'Name', 'Website'])
      await page.locator('.records tbody tr').first().getByRole('link', { name: 'Gamma' }).waitFor()

      await page.reload()
      await tabs(person).getByRole('button', { name: 'Money first' }).waitFor()
      expect(await heads(person)).to.deep.equal(['Amount', 'Name', 'Website'])
      await page.getByRole('button', { name: t('views.own') }).click()
      await page.getByRole('menuitem', { name: t('views.remove', { view: 'Money first' }) }).click()
      await toastText(person)
        .getByText(t('views.removed', { view: 'Money first' }))
        .waitFor()
      expect(await tabs(person).getByRole('button', { name: 'Money first' }).count()).to.equal(0)
    }))

  it('open a list: the default of one’s role, or another that one has chosen', () =>
    letting(enterAlone(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      const gold = {
        ...{ kind: 'view', name: 'company_gold', label: 'Gold companies', entity: 'company', type: 'table' },
        ...{ columns: ['name', 'level'], default: true },
      }
      const others = { ...gold, for: [{ role: 'reader' }] }
      expect((await admin.put('/api/meta/content/view/company_gold', gold)).status).to.equal(200)
      const current = () => tabs(person).locator('[aria-current]').textContent()
      await page.goto('/records/company')
      await page.locator('.records tbody tr', { hasText: 'Alpha' }).waitFor()
      expect(await current()).to.equal('Gold companies')

      await tabs(person).getByRole('button', { name: 'All companies' }).click()
      await page.getByRole('button', { name: t('act.more') }).click()
      await page.getByRole('menuitem', { name: t('views.open') }).click()
      await toastText(person)
        .getByText(t('views.opensWith', { entities: 'Companies', view: 'All companies' }))
        .waitFor()
      // On every device, this one or another.
      await page.evaluate(() => localStorage.clear())
      await page.goto('/records/company')
      await page.locator('.records tbody tr', { hasText: 'Alpha' }).waitFor()
      expect(await current()).to.equal('All companies')

      // What is the default of other roles is none of one's own.
      await admin.patch('/api/auth/settings', { opening_views: { company: null } })
      expect((await admin.put('/api/meta/content/view/company_gold', others)).status).to.equal(200)
      await page.goto('/records/company')
      await page.locator('.records tbody tr', { hasText: 'Alpha' }).waitFor()
      expect(await page.getByRole('button', { name: 'Gold companies' }).count()).to.equal(0)
    }))

  it('of everybody are offered to who edits views, on a phone as well', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'phone' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/company?sort=-amount')
      await page.locator('.record-card').first().getByRole('link', { name: 'Gamma' }).waitFor()
      await page.getByRole('button', { name: t('views.save') }).click()
      const sheet = page.getByRole('dialog')
      await sheet.getByLabel(t('views.label')).fill('金额优先')
      await sheet.getByLabel(t('views.all')).check()
      await expectSound(person)
      await sheet.getByRole('button', { name: t('views.save') }).click()
      await tabs(person).getByRole('button', { name: '金额优先' }).waitFor()
      await page.locator('.record-card').first().getByRole('link', { name: 'Gamma' }).waitFor()
      const answer = await admin.get('/api/meta/definitions?kind=view')
      expect(answer.text).to.include('金额优先')
    }))

  it('of a team hold nested conditions, days from today and “me”: each member sees their own, the owner’s changes reach them', async () => {
    const team = await startTeam(admin)
    const setting = { language: 'en', size: 'desk' } as const
    const account = (name: string) => ({ email: `${name}@example.com`, password: PASSWORD })
    await letting(enter(engine, setting, account('ann')), (ann) =>
      letting(enter(engine, setting, account('bob')), async (bob) => {
        const { page, t } = ann
        await goTo(page, '/records/company')
        await rowsAre(ann, ['Alpha', 'Beta', 'Far', 'Gamma', 'Mine', 'Old', 'Ours', 'Rich'])
        await page.getByRole('button', { name: t('filter.add') }).click()
        const panel = page.getByRole('dialog')
        const outer = panel.locator('.ruleGroup').first()
        await fillRule(ann, outer.locator('> .ruleGroup-body > .rule').first(), 'Owner', 'operator.inMyTeam')
        await outer
          .locator('> .ruleGroup-header')
          .getByRole('button', { name: t('filter.addGroup'), exact: true })
          .click()
        const middle = outer.locator('> .ruleGroup-body > .ruleGroup').first()
        await choose(ann, middle.locator('> .ruleGroup-header').getByRole('combobox'), t('filter.any'))
        const head = middle.locator('> .ruleGroup-header')
        await head.getByRole('button', { name: t('filter.addCondition'), exact: true }).click()
        const fresh = middle.locator('> .ruleGroup-body > .rule').first()
        await fillRule(ann, fresh, 'Founded', 'operator.lastDays')
        await fresh.getByRole('spinbutton').fill('7')
        await head.getByRole('button', { name: t('filter.addGroup'), exact: true }).click()
        const inner = middle.locator('> .ruleGroup-body > .ruleGroup').first()
        for (const _ of [1, 2])
          await inner
            .locator('> .ruleGroup-header')
            .getByRole('button', { name: t('filter.addCondition'), exact: true })
            .click()
        const [level, amount] = [inner.locator('.rule').nth(0), inner.locator('.rule').nth(1)]
        await fillRule(ann, level, 'Level', 'operator.is')
        await choose(ann, level.getByRole('combobox', { name: t('filter.value') }), 'Gold')
        await fillRule(ann, amount, 'Amount', 'operator.above')
        await amount.getByRole('spinbutton').fill('100')
        await expectSound(ann)
        await picture(ann, 'filter-nested', setting)
        await panel.getByRole('button', { name: t('filter.apply') }).click()
        await rowsAre(ann, ['Mine', 'Ours', 'Rich'])
        const words = 'Founded is in the last 7 days or (Level is Gold and Amount is above 100)'
        const chip = () => page.locator('.filter-chip', { hasText: words })
        await chip().waitFor()
        await page.locator('.filter-chip', { hasText: 'Owner' }).getByText('is in my team').waitFor()
        const asked = {
          and: [
            { in: [{ var: 'owner.team' }, { var: 'actor.teams' }] },
            {
              or: [
                { '<=': [{ date_sub: [{ var: 'today' }, 'P6D'] }, { var: 'founded' }, { var: 'today' }] },
                { and: [{ '==': [{ var: 'level' }, 'a'] }, { '>': [{ var: 'amount' }, 100] }] },
              ],
            },
          ],
        }
        expect(JSON.parse(new URL(page.url()).searchParams.get('filter') ?? '')).to.deep.equal(asked)
        await page.reload()
        await rowsAre(ann, ['Mine', 'Ours', 'Rich'])
        await chip().waitFor()

        await page.getByRole('button', { name: t('views.save') }).click()
        const sheet = page.getByRole('dialog')
        await sheet.getByLabel(t('views.label')).fill('Fresh or rich')
        await sheet.getByLabel(t('views.team', { team: 'North' })).check()
        await sheet.getByRole('button', { name: t('views.save') }).click()
        await tabs(ann).locator('[aria-current]', { hasText: 'Fresh or rich' }).waitFor()
        // A view of one's own says what it goes by, so that it can be changed.
        await chip().waitFor()
        expect(new URL(page.url()).searchParams.has('filter')).to.equal(false)

        await goTo(bob.page, '/records/company')
        await tabs(bob).getByRole('button', { name: 'Fresh or rich' }).click()
        await rowsAre(bob, ['Mine', 'Ours', 'Rich'])
        const mine = (person: Person) =>
          person.page.locator('.filter-chip', { hasText: 'Owner' }).getByText('is me')

        // What a member makes of it is the member's: neither stored nor seen by anybody else.
        await bob.page.getByRole('button', { name: t('filter.remove', { condition: words }) }).click()
        await rowsAre(bob, ['Mine', 'Old', 'Ours', 'Rich'])
        await bob.page.goBack()
        await rowsAre(bob, ['Mine', 'Ours', 'Rich'])

        await page.locator('.filter-chip', { hasText: 'Owner' }).locator('.filter-text').click()
        await choose(ann, panel.getByRole('combobox', { name: t('filter.operator') }).first(), 'is me')
        await panel.getByRole('button', { name: t('filter.apply') }).click()
        await rowsAre(ann, ['Mine'])
        await page.getByRole('button', { name: t('views.save') }).click()
        await page.getByRole('menuitem', { name: t('views.keep', { view: 'Fresh or rich' }) }).click()
        await page.waitForURL((url) => !url.searchParams.has('filter'))
        await rowsAre(ann, ['Mine'])
        await mine(ann).waitFor()

        await bob.page.reload()
        await mine(bob).waitFor()
        await rowsAre(bob, ['Ours', 'Rich'])
        expect([...ann.faults, ...bob.faults]).to.deep.equal([])
      }),
    )
    // Whoever is in another team is offered nothing of it.
    const offered = (await team.carl.get('/api/views')).text
    expect(offered).not.to.include('Fresh or rich')
    await letting(enter(engine, setting, account('carl')), async (carl) => {
      await goTo(carl.page, '/records/company')
      await tabs(carl).getByRole('button', { name: 'All companies' }).waitFor()
      await rowsAre(carl, ['Alpha', 'Beta', 'Far', 'Gamma', 'Mine', 'Old', 'Ours', 'Rich'])
      expect(await tabs(carl).getByRole('button', { name: 'Fresh or rich' }).count()).to.equal(0)
    })
  })
})

/** Two people of one team and one of another, each with companies that are new, old or worth much. */
async function startTeam(admin: Client) {
  const seller = {
    kind: 'role',
    name: 'seller',
    default: { read: 'all' },
    entities: { company: { read: 'all', create: true, update: 'own' } },
  }
  await publishAll(admin, [seller as unknown as Written])
  const [ann, bob, carl] = [
    await loginAs(admin, 'ann', ['seller']),
    await loginAs(admin, 'bob', ['seller']),
    await loginAs(admin, 'carl', ['seller']),
  ]
  const north = (await admin.post('/api/records/team', { name: 'North' })).record.id
  const south = (await admin.post('/api/records/team', { name: 'South' })).record.id
  const places = [
    [ann, north],
    [bob, north],
    [carl, south],
  ] as const
  for (const [{ id }, team] of places) await admin.patch(`/api/records/user/${id}`, { team })
  const daysAgo = (days: number): string =>
    new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
  const create = [
    { name: 'Mine', owner: ann.id, founded: daysAgo(3) },
    { name: 'Ours', owner: bob.id, founded: daysAgo(2) },
    { name: 'Old', owner: bob.id, founded: daysAgo(40), amount: 500, level: 'b' },
    { name: 'Rich', owner: bob.id, founded: daysAgo(40), amount: 500, level: 'a' },
    { name: 'Far', owner: carl.id, founded: daysAgo(2), amount: 500, level: 'a' },
  ]
  expect((await admin.post('/api/records/company/bulk', { create })).status).to.equal(200)
  return { ann, bob, carl }
}

/** The names in the list are these, by name. */
async function rowsAre({ page }: Person, names: readonly string[]): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      JSON.stringify(
        [...document.querySelectorAll('.records .name-cell a')].map((link) => link.textContent).sort(),
      ) === wanted,
    JSON.stringify(names),
  )
}

/** Takes an option of a menu. */
async function choose({ page }: Person, menu: Locator, option: string): Promise<void> {
  await menu.click()
  await page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
    .getByText(option, { exact: true })
    .click()
}

/** What a condition is about, and how it compares. */
async function fillRule(person: Person, rule: Locator, field: string, operator: string): Promise<void> {
  const { t } = person
  await choose(person, rule.getByRole('combobox', { name: t('filter.field') }), field)
  await choose(person, rule.getByRole('combobox', { name: t('filter.operator') }), t(operator))
}
