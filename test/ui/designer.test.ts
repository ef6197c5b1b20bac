import { expect } from 'chai'
import { en } from '../../designer/i18n/en.ts'
import { zhCN } from '../../designer/i18n/zh-CN.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import { EACH_ONCE, enter, expectSound, letting, type Person } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

describe('the designer’s browser of definitions', () => {
  let engine: TestEngine

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
  })
  after(async () => engine?.stop())

  for (const setting of EACH_ONCE) {
    describe(`(${setting.language}, ${setting.size})`, () => {
      let person: Person
      const texts = setting.language === 'en' ? en : zhCN
      const label = setting.language === 'en' ? 'Company' : '公司'

      before(async () => {
        person = await enter(engine, setting)
      })
      after(async () => person?.close())

      it('lists the kinds and the definitions of one, each with its sentence', async () => {
        const { page } = person
        await goTo(page, '/designer')
        await page.waitForURL((url) => url.pathname === '/designer/entity')
        const row = page
          .locator('.definition-row')
          .filter({ has: page.getByText('company', { exact: true }) })
        await row.getByText(label, { exact: true }).waitFor()
        expect((await row.locator('.definition-sentence').textContent())?.length).to.be.greaterThan(10)
        await expectSound(person)
      })

      it('finds one by label or name', async () => {
        const { page } = person
        await page.getByLabel(texts['designer.search']).fill('compan')
        await page.locator('.definition-row').nth(1).waitFor({ state: 'detached' })
        await page.locator('.definition-row a').click()
      })

      it('shows its JSON, its sentence in both languages and where it is used', async () => {
        const { page } = person
        await page.locator('.inspector').waitFor()
        await expectSound(person)
        await page.getByText(texts['inspector.way.json'], { exact: true }).click()
        const json = page.getByLabel(texts['designer.json'].replace('{{name}}', 'company'))
        await json.getByText('"company"').first().waitFor()
        expect(JSON.parse((await json.textContent()) ?? '')).to.include({ kind: 'entity', name: 'company' })
        await page.locator('.sentences dd[lang="en"]').waitFor()
        await page.locator('.sentences dd[lang="zh-CN"]').waitFor()
        await page
          .locator('.uses')
          .getByText(setting.language === 'en' ? 'Deal' : '商机', { exact: true })
          .first()
          .waitFor()
        // Each place is told by what people call it.
        const place = setting.language === 'en' ? 'Fields › Company › To entity' : '字段 › 公司 › 关联实体'
        await page.locator('.use-places', { hasText: place }).first().waitFor()
        // What the entry of a list is about has a name, where the entry itself has none.
        const nav = setting.language === 'en' ? 'Navigation › Company › Entity' : '导航 › 公司 › 实体'
        await page.locator('.use-places', { hasText: nav }).waitFor()
        await expectSound(person)
      })

      if (setting.size === 'desk')
        it('arranges definitions by the entity that they are about, too', async () => {
          const { page } = person
          await page.getByText(texts['designer.by.entity'], { exact: true }).click()
          const tree = page.getByLabel(texts['designer.byEntity'])
          // Where one is, is open.
          const view = setting.language === 'en' ? 'All companies' : '全部公司'
          await tree.getByRole('link', { name: view }).click()
          await page.waitForURL((url) => url.pathname.startsWith('/designer/view/'))
          await expectSound(person)
          await tree
            .getByRole('button', {
              name: texts['designer.unfold'].replace('{{label}}', texts['designer.ofNoEntity']),
            })
            .click()
          await tree.locator('.nav-of-entity a[href^="/designer/role/"]').first().waitFor()
          await page.getByText(texts['designer.by.kind'], { exact: true }).click()
          await tree.waitFor({ state: 'detached' })
        })

      if (setting.size === 'desk')
        it('leads to the language that is meant of a text', async () => {
          const { page } = person
          for (const language of ['en', 'zh-CN']) {
            await goTo(page, `/designer/entity/company#label/${language}`)
            await page.waitForFunction(
              (tag) =>
                document.activeElement?.getAttribute('lang') === tag &&
                document.activeElement.closest('[data-path="label"]') != null,
              language,
            )
          }
        })

      if (setting.size === 'phone')
        it('is searched from the bar above, where typing begins at once', async () => {
          const { page } = person
          await page.getByRole('button', { name: texts['designer.searchAll'] }).click()
          await page.getByRole('dialog').locator('.nav-search input').waitFor()
          await page.waitForFunction(() => document.activeElement?.closest('.nav-search') != null)
          await page.keyboard.type('sales')
          const first = setting.language === 'en' ? 'Sales' : '销售'
          await page.getByRole('dialog').getByRole('link', { name: first }).first().waitFor()
          await expectSound(person)
          await page.keyboard.press('Escape')
          await page.keyboard.press('Escape')
          await page.getByRole('dialog').waitFor({ state: 'detached' })
        })

      it('tells what each field costs who fills in the form, and takes one away in the draft', async () => {
        const { page } = person
        await goTo(page, '/records/company/new')
        await page.locator('[data-field="name"] input').fill('Measured')
        const told = page.waitForResponse((response) => response.url().endsWith('/api/forms/company/effort'))
        await page.keyboard.press('Control+s')
        expect((await told).status()).to.equal(204)
        await page.waitForURL((url) => !url.pathname.endsWith('/new'))
        // What hardly anybody fills in and nothing reads is told with what its going saves.
        const admin = await engine.loginAdmin()
        const create = Array.from({ length: 30 }, (_one, at) => ({ name: `Idle ${setting.size} ${at}` }))
        expect((await admin.post('/api/records/company/bulk', { create })).status).to.equal(200)
        for (let round = 0; round < 3; round++)
          await admin.post('/api/forms/company/effort', {
            fields: { website: 20_000, name: 1_000 },
          } as object)
        // Whoever stays with a view uses what it shows.
        const opened = page.waitForResponse((response) => /\/api\/views\/\w+\/opened$/.test(response.url()))
        await goTo(page, '/records/company')
        expect((await opened).status()).to.equal(204)
        await goTo(page, '/designer/entity/company')
        await page.getByText(texts['inspector.way.friction'], { exact: true }).click()
        const saves = page.locator('.friction-head h2')
        await saves
          .getByText(
            /^(Removing (these \d+|one) fields? saves \d+ s a record|去掉这 \d+ 个字段，每条记录省 \d+ 秒)$/,
          )
          .waitFor()
        const row = page.locator('.friction-table [data-field="name"]')
        expect(await row.innerText()).to.match(/100 %[\s\S]*\d (s|秒)/)
        expect(await row.locator('.friction-last-use').innerText()).to.match(
          /^(Last used: Today|最近使用：今天)$/,
        )
        await expectSound(person)
        const other = page.locator('.friction-table [data-field="founded"]')
        await other.getByRole('button').click()
        await page.getByText(texts['friction.remove'], { exact: true }).click()
        await other.getByText(texts['drafts.fate.removed']).waitFor()
        await page.locator('.friction h2').click()
        await page.keyboard.press('Control+z')
        await other.getByText(texts['drafts.fate.removed']).waitFor({ state: 'detached' })
      })

      it('lists the versions', async () => {
        const { page } = person
        await goTo(page, '/designer/versions')
        await page.locator('[data-version]').first().getByText(texts['designer.inForce']).waitFor()
        expect(await page.locator('[data-version]').first().innerText()).to.not.match(
          /[0-9a-f]{8}-[0-9a-f]{4}-/,
        )
        await expectSound(person)
      })
    })
  }

  it('leads out of itself: to one’s account, and to the door', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      const choose = async (key: string): Promise<void> => {
        await page.locator('button.person').click()
        await page.getByRole('menuitem', { name: t(key) }).click()
      }
      await goTo(page, '/designer')
      await choose('account.title')
      await page.getByRole('heading', { level: 1, name: t('account.title') }).waitFor()
      expect(new URL(page.url()).pathname).to.equal('/account')
      await page.goBack()
      await page.locator('.definition-row, .start, main h1').first().waitFor()
      await choose('person.signOut')
      await page.locator('input[type="password"]').waitFor()
    }))

  it('is closed to who does not look after definitions', async () => {
    const password = 'a reader’s password'
    const admin = await engine.loginAdmin()
    await admin.post('/api/records/user', {
      name: 'Rita',
      email: 'rita@example.com',
      roles: ['reader'],
      password,
    })
    const reader = enter(engine, { language: 'en', size: 'desk' }, { email: 'rita@example.com', password })
    await letting(reader, async (person) => {
      await goTo(person.page, '/designer/entity/company')
      await person.page.getByText(en['designer.denied']).waitFor()
      await expectSound(person)
    })
  })
})
