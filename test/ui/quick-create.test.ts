import { expect } from 'chai'
import { inForce, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { control, enter, expectSound, inTurn, letting, type Person, save, toastText } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const text = (en: string, zh: string) => ({ en, 'zh-CN': zh })

const helper = {
  kind: 'entity',
  name: 'helper',
  label: text('Helper', '联络人'),
  plural: text('Helpers', '联络人'),
  title: 'name',
  fields: [
    { name: 'name', type: 'text', required: true, searchable: true, label: text('Name', '名称') },
    { name: 'mail', type: 'email', label: text('E-mail', '邮箱') },
    {
      ...{ name: 'company', type: 'lookup', to: 'company', onDelete: 'clear' },
      ...{ inverse: 'helpers', label: text('Company', '公司'), inverseLabel: text('Helpers', '联络人') },
    },
    ...['one', 'two', 'three', 'four', 'five'].map((name) => ({ name, type: 'text', label: name })),
  ],
} as Written

/** A rule with what happens on a match: written out, such an object looks like a promise. */
const likeHelpers = {
  ...{ kind: 'duplicate_rule', name: 'same_helper', entity: 'helper', tell: 'owner' },
  match: [{ field: 'mail', as: 'email' }],
  ...Object.fromEntries([['then', 'warn']]),
}

describe('what is made above a page', () => {
  let engine: TestEngine
  let admin: Client
  let acme: string
  let bolt: string

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    const deal = await inForce<Written & { readonly fields: readonly object[] }>(admin, 'entity/deal')
    const field = {
      ...{ name: 'helper', type: 'lookup', to: 'helper', onDelete: 'clear', inverse: 'deals' },
      ...{ dependsOn: 'company', label: text('Helper', '联络人') },
    }
    await publishAll(admin, [{ ...deal, fields: [...deal.fields, field] }, helper, likeHelpers as Written])
    acme = (await admin.post('/api/records/company', { name: 'Acme' })).record.id as string
    bolt = (await admin.post('/api/records/company', { name: 'Bolt' })).record.id as string
    await admin.post('/api/records/helper', { name: 'Anna', company: acme, mail: 'anna@example.com' })
    await admin.post('/api/records/helper', { name: 'Bert', company: bolt })
  })
  after(async () => engine?.stop())

  const quick = ({ page }: Person, name: string) => page.locator(`[id="quick_${name}"]`)
  const options = ({ page }: Person) => page.locator('.ant-select-item-option')
  const chosen = ({ page }: Person, name: string) =>
    page.locator(
      `[data-field="${name}"] .ant-select-content, [data-field="${name}"] .ant-select-selection-item`,
    )
  const isSeen = (person: Person, words: string) =>
    options(person).filter({ hasText: words }).first().waitFor()
  const choose = async (person: Person, name: string, words: string): Promise<void> => {
    await control(person, name).fill(words)
    await options(person).filter({ hasText: words }).first().click()
  }

  for (const setting of inTurn('quick create')) {
    it(`is looked for among those of what stands above it, or made in place (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const label = setting.language === 'en' ? 'Helper' : '联络人'
        await goTo(page, '/records/deal/new')
        await control(person, 'name').fill('A deal')
        await choose(person, 'company', 'Acme')
        await control(person, 'helper').click()
        await isSeen(person, 'Anna')
        expect(await options(person).filter({ hasText: 'Bert' }).count()).to.equal(0)
        await options(person).filter({ hasText: 'Anna' }).click()

        // Another company: a helper of the first is none of its own.
        await choose(person, 'company', 'Bolt')
        await chosen(person, 'helper').filter({ hasText: 'Anna' }).waitFor({ state: 'detached' })
        await control(person, 'helper').fill('Carla')
        await options(person)
          .filter({ hasText: t('picker.newOf', { entity: label, name: 'Carla' }) })
          .waitFor()
        await page.keyboard.press('Enter')
        await quick(person, 'name').waitFor()
        expect(await quick(person, 'name').inputValue()).to.equal('Carla')
        expect(await quick(person, 'four').count()).to.equal(0)
        await expectSound(person)
        await page.getByRole('button', { name: t('form.allFields') }).click()
        await quick(person, 'five').fill('fifth')
        await quick(person, 'mail').fill('no address')
        await page.getByRole('button', { name: t('form.create'), exact: true }).click()
        await page.locator('[id="quick_mail-notes"] .field-problem').waitFor()
        await quick(person, 'mail').fill('carla@example.com')
        // What is made above the form is stored by the keys, not the form below.
        await page.keyboard.press('Control+s')
        await chosen(person, 'helper').filter({ hasText: 'Carla' }).waitFor()
        const made = (await admin.get('/api/records/helper?q=Carla')).records[0]!
        expect([made.company, made.five, made.mail]).to.eql([bolt, 'fifth', 'carla@example.com'])

        // One that is there already is taken instead; what was typed beside it stays.
        await control(person, 'helper').fill('Ann')
        await options(person)
          .filter({ hasText: t('picker.newOf', { entity: label, name: 'Ann' }) })
          .click()
        await quick(person, 'mail').fill('anna@example.com')
        await page.getByRole('button', { name: t('alike.useOf', { name: 'Anna' }) }).click()
        await chosen(person, 'helper').filter({ hasText: 'Anna' }).waitFor()
        await quick(person, 'name').waitFor({ state: 'detached' })
        expect(await control(person, 'name').inputValue()).to.equal('A deal')
        expect((await admin.get('/api/records/helper?q=Ann')).records).to.have.length(1)

        // Stored, and another one begins, empty.
        await page
          .getByRole('button', { name: t('form.saveAndNew') })
          .locator('visible=true')
          .click()
        await toastText(person).filter({ hasText: 'A deal' }).waitFor()
        await page.waitForFunction(
          () => document.querySelector<HTMLInputElement>('[id="root_name"]')?.value === '',
        )
        expect(new URL(page.url()).pathname).to.equal('/records/deal/new')
        await control(person, 'name').fill('B deal')
        await choose(person, 'company', 'Acme')
        await save(person)
        await page.waitForURL(/\/records\/deal\/[0-9a-f-]{36}$/)
        const deals = (await admin.get('/api/records/deal?sort=name')).records
        expect(deals.map(({ name }) => name)).to.eql(['A deal', 'B deal'])
        await admin.delete(`/api/records/deal/${deals[0]!.id}`)
        await admin.delete(`/api/records/deal/${deals[1]!.id}`)
        await admin.delete(`/api/records/helper/${made.id}`)
      }))
  }

  it('is arranged as its type asks, as soon as it is chosen; what is typed stays', async () => {
    await publishAll(admin, [
      {
        ...{
          kind: 'layout',
          name: 'gold_company',
          entity: 'company',
          where: [{ field: 'level', is: ['a'] }],
        },
        form: [{ name: 'gold', label: text('Gold', '金牌客户'), fields: ['name', 'website', 'active'] }],
      },
    ])
    await letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page } = person
      await goTo(page, '/records/company/new')
      await control(person, 'name').fill('Golden')
      await control(person, 'code').waitFor()
      await control(person, 'level').click()
      await options(person).filter({ hasText: 'Gold' }).click()
      await page.getByRole('heading', { name: 'Gold' }).waitFor()
      expect(await control(person, 'code').count()).to.equal(0)
      expect(await control(person, 'name').inputValue()).to.equal('Golden')
      await control(person, 'website').fill('https://example.com/gold')
      await expectSound(person)
      await save(person)
      await page.waitForURL(/\/records\/company\/[0-9a-f-]{36}$/)
      const made = (await admin.get('/api/records/company?q=Golden')).records[0]!
      expect([made.level, made.website, made.active]).to.eql(['a', 'https://example.com/gold', true])
    })
  })

  it('begins below its parent in a list of its page, offers what one looked at last, and asks before it is thrown away', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, `/records/company/${acme}`)
      await page.locator('[data-relation="deals"] .icon-link').click()
      await quick(person, 'name').fill('Dora')
      await chosen(person, 'company').filter({ hasText: 'Acme' }).waitFor()
      // Escape closes what is open above, then asks about the rest; the focus is where it was.
      await quick(person, 'company').click()
      await options(person).first().waitFor()
      await page.keyboard.press('Escape')
      await options(person).first().waitFor({ state: 'hidden' })
      expect(await page.getByRole('dialog').count()).to.equal(1)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: t('leave.stay') }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: t('leave.stay') }).waitFor({ state: 'detached' })
      await page.locator('[id="quick_company"]:focus').waitFor()
      expect(await quick(person, 'name').inputValue()).to.equal('Dora')
      await page.getByRole('button', { name: t('form.create'), exact: true }).click()
      await page.locator('[data-relation="deals"]').getByText('Dora').waitFor()
      expect((await admin.get('/api/records/deal?q=Dora')).records[0]!.company).to.equal(acme)

      await page.locator('[data-relation="deals"] .icon-link').click()
      await quick(person, 'company').click()
      await page.locator('.ant-select-item-group', { hasText: t('palette.recent') }).waitFor()
      await isSeen(person, 'Acme')
      // Nothing opens above what is itself above the page.
      expect(
        await options(person)
          .filter({ hasText: t('act.newOf', { entity: 'Company' }) })
          .count(),
      ).to.equal(0)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: t('act.cancel') }).click()
      await quick(person, 'name').waitFor({ state: 'detached' })
    }))
})
