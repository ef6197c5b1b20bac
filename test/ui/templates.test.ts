import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { en } from '../../designer/i18n/en.ts'
import { zhCN } from '../../designer/i18n/zh-CN.ts'
import type { TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { startSales } from '../support/sales.ts'
import { enter, expectSound, inTurn, letting, toastText } from './person.ts'
import { goTo } from './windows.ts'

const SCHOOL = Buffer.from(
  JSON.stringify({
    manifest: {
      ...{ name: 'school', version: '1.0.0', label: 'School' },
      parameters: [
        { name: 'campuses', type: 'list', label: 'Campuses', required: true },
        { name: 'weeks', type: 'integer', label: 'Weeks', default: 16, min: 1, max: 52 },
      ],
    },
    definitions: [
      {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: templates write parameters so
        ...{ kind: 'option_set', name: 'campus', label: 'Campus, ${weeks} weeks' },
        options: [
          { $each: 'campuses', item: { name: { $parameter: 'item_name' }, label: { $parameter: 'item' } } },
        ],
      },
    ],
  }),
)

describe('the gallery of templates', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startSales()
    admin = await engine.loginAdmin()
    await admin.post('/api/records/account', { name: 'Kept', phone: '0571-88880001' })
    const brought = await admin.post('/api/records/account', { name: 'Brought', phone: '0571-88880002' })
    // As if the template had brought it: the data of the real one takes a minute to load.
    await engine.database.query({
      text: `UPDATE ws_default.tenon_audit SET via = 'template', actor = NULL WHERE record = $1 AND action = 'create'`,
      values: [brought.record.id],
    })
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('templates 1'))
    it(`shows what there is, installs it, takes it away again, and refuses what is none (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const d = setting.language === 'en' ? en : zhCN
        await goTo(page, '/designer/templates')
        const regions = page.locator('[data-template="cn_regions"]')
        await page.locator('[data-template="sales"] .template-entities').waitFor()
        await expectSound(person)

        // What it is, before anything of it is installed.
        await page.locator('[data-template="sales"] .template-cover').click()
        const inside = page.getByRole('dialog').filter({ has: page.locator('.template-preview') })
        await inside.locator('[data-kind="entity"] li').first().waitFor()
        await page.waitForFunction(() =>
          [...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0),
        )
        await inside.locator('.template-thumb').nth(1).click()
        expect(await inside.locator('figure > img').getAttribute('src')).to.match(/opportunities-.*webp$/)
        await inside.locator('[data-kind="pool"] summary').click()
        await inside.locator('[data-kind="pool"] li').waitFor()
        await expectSound(person)
        await page.keyboard.press('Escape')
        await inside.waitFor({ state: 'detached' })

        await regions.getByRole('button', { name: d['templates.install'] }).click()
        await expectSound(person)
        await page.getByRole('button', { name: d['templates.installIt'], exact: true }).click()
        // Whoever has installed something looks at it.
        const there = page.getByRole('dialog')
        const pages = there.getByRole('link', { name: d['templates.openPages'] })
        expect(await pages.getAttribute('href')).to.equal('/')
        await expectSound(person)
        await there.getByRole('button', { name: person.t('act.close') }).click()
        await there.waitFor({ state: 'detached' })
        await regions.locator('.chip.jade').waitFor()

        // What a template brought is counted before it goes, in two presses, and comes back.
        const remains = async () =>
          (await admin.get('/api/records/account?fields=name&limit=50')).records.map(({ name }) => name)
        await page.getByRole('button', { name: d['templates.demo'] }).click()
        const demo = page.getByRole('dialog')
        await demo.locator('[data-entity="account"]', { hasText: '1' }).waitFor()
        await expectSound(person)
        const [stay, go] = await Promise.all(
          [0, 1].map((at) => demo.getByRole('button').nth(at).boundingBox()),
        )
        expect(go!.x - (stay!.x + stay!.width), 'buttons stand apart').to.be.at.least(6)
        await demo.getByRole('button').last().click()
        await toastText(person)
          .getByText(/1 条|One/)
          .waitFor()
        expect(await remains()).to.deep.equal(['Kept'])
        await page.getByRole('button', { name: t('act.undo') }).click()
        await toastText(person)
          .getByText(t('bulk.undone', { count: 1 }))
          .waitFor()
        expect(await remains()).to.have.members(['Kept', 'Brought'])

        // The workspace as a template: it is called something, and one hears what was made.
        await page.getByRole('button', { name: t('act.more') }).click()
        await page.getByRole('menuitem', { name: d['templates.save'] }).click()
        const saving = page.getByRole('dialog')
        await saving.getByRole('button', { name: d['templates.saveIt'] }).click()
        await saving.getByText(d['templates.labelMissing']).waitFor()
        await saving.getByLabel(d['templates.saveLabel']).fill('设备销售')
        await saving.getByText('she_bei_xiao_shou').waitFor()
        await saving.getByLabel(d['templates.goes.scenario']).uncheck()
        await expectSound(person)
        const download = page.waitForEvent('download')
        await saving.getByRole('button', { name: d['templates.saveIt'] }).click()
        const saved = await download
        expect(saved.suggestedFilename()).to.equal('she_bei_xiao_shou-1.0.0.json')
        const archive = JSON.parse(readFileSync(await saved.path(), 'utf8'))
        expect(archive.manifest).to.deep.equal({
          ...{ name: 'she_bei_xiao_shou', version: '1.0.0', label: '设备销售' },
        })
        await saving.getByText('she_bei_xiao_shou-1.0.0.json').waitFor()
        await expectSound(person)
        // What comes out is taken in again, and changes nothing here.
        const again = await admin.post('/api/meta/import', archive)
        expect(again.status, again.text).to.equal(201)
        await admin.delete(`/api/meta/changesets/${again.record.id}`)
        await saving
          .locator('.template-made')
          .getByRole('button', { name: t('act.close') })
          .click()
        await saving.waitFor({ state: 'detached' })

        const broken = Buffer.from(
          '{"manifest":{},"definitions":[{"kind":"entiti","name":"x","label":"Gifts"},{"name":"y"},{"kind":"entity"}]}',
        )
        await page
          .getByLabel(d['templates.archive'])
          .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: broken })
        const refused = page.getByRole('dialog', { name: d['refused.title'] })
        await refused.getByText('entiti').waitFor()
        // The place is told in words; the pointer is for whoever looks for it in the file.
        const third = d['archive.nth'].replace('{{number}}', '3')
        await refused.locator('strong, .strong').getByText(third).waitFor()
        const missing = d['inspector.missing'].replace('{{title}}', d['archive.kind'])
        await refused.getByText(missing, { exact: true }).waitFor()
        const places = await refused.locator('.refused .strong').allTextContents()
        expect(places[0]).to.include('Gifts').and.to.include(d['archive.kind'])
        expect(places.join(' ')).not.to.match(/\/definitions|manifest/)
        expect(await refused.locator('.refused code').first().textContent()).to.equal('/definitions/0/kind')
        await expectSound(person)
        await page.keyboard.press('Escape')
        await refused.waitFor({ state: 'detached' })

        // What an archive asks is asked before a draft opens; what is wrong stands at its field.
        await page
          .getByLabel(d['templates.archive'])
          .setInputFiles({ name: 'school.json', mimeType: 'application/json', buffer: SCHOOL })
        const asking = page.getByRole('dialog', {
          name: d['templates.askTitle'].replace('{{label}}', 'school.json'),
        })
        await asking.getByLabel('Campuses').fill('东校区\n\n西校区')
        await asking.getByLabel('Weeks').fill('99')
        await asking.getByRole('button', { name: d['templates.uninstallIt'], exact: true }).click()
        await asking.locator('.field-problem', { hasText: '52' }).waitFor()
        await expectSound(person)
        await asking.getByLabel('Weeks').fill('12')
        await page.keyboard.press('Enter')
        await page.waitForURL('**/designer/drafts/*')
        const id = page.url().split('/').at(-1)
        const draft = await admin.get(`/api/meta/changesets/${id}`)
        expect(draft.text).to.include('dong_xiao_qu').and.to.include('西校区').and.to.include('12 weeks')
        await admin.delete(`/api/meta/changesets/${id}`)
        await goTo(page, '/designer/templates')

        // What is wrong with the file itself no answer mends: it is told place by place, in words.
        const school = JSON.parse(SCHOOL.toString())
        const bad = { ...school, manifest: { ...school.manifest, data: {}, today: 'soon' } }
        await page.getByLabel(d['templates.archive']).setInputFiles({
          ...{ name: 'bad.json', mimeType: 'application/json' },
          buffer: Buffer.from(JSON.stringify(bad)),
        })
        await page.getByRole('button', { name: d['templates.uninstallIt'], exact: true }).click()
        await refused.getByText(`${d['archive.part.manifest']} › ${d['archive.data']}`).waitFor()
        await refused.getByText(`${d['archive.part.manifest']} › ${d['archive.today']}`).waitFor()
        expect(await refused.innerText()).not.to.match(/must be|must match/)
        await page.keyboard.press('Escape')
        await refused.waitFor({ state: 'detached' })

        await regions.getByRole('button', { name: d['templates.uninstall'] }).click()
        await page.getByRole('button', { name: d['templates.uninstallIt'], exact: true }).click()
        await page.waitForURL('**/designer/drafts/*')
        const confirm = page.locator('.review-step.lossy button, .review-step.lossy input')
        await page.locator('.review-step').first().waitFor()
        if ((await confirm.count()) > 0) await confirm.first().click()
        await page.getByRole('button', { name: d['drafts.publish'], exact: true }).click()
        await page.waitForURL('**/designer/versions')
        await goTo(page, '/designer/templates')
        await regions.getByRole('button', { name: d['templates.install'] }).waitFor()

        // What a template holds is offered as files before it goes.
        await page
          .locator('[data-template="sales"]')
          .getByRole('button', { name: d['templates.uninstall'] })
          .click()
        const row = page.locator('.template-save [data-entity="account"]')
        const file = page.waitForEvent('download')
        await row.getByRole('button').click()
        const path = await (await file).path()
        expect(readFileSync(path, 'utf8')).to.include('Kept')
        await row.getByText(d['templates.saved']).waitFor()
        await expectSound(person)
        await page
          .getByRole('dialog')
          .getByRole('button', { name: t('act.cancel') })
          .click()
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }))
})
