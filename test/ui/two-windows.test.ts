import { expect } from 'chai'
import { en } from '../../designer/i18n/en.ts'
import { zhCN } from '../../designer/i18n/zh-CN.ts'
import { openDraft } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { EACH_ONCE, enterAlone, expectSound, letting, type Person } from './person.ts'

const TAG = {
  ...{ kind: 'option_set', name: 'colour', label: { en: 'Colour', 'zh-CN': '颜色' } },
  options: [{ name: 'red', label: { en: 'Red', 'zh-CN': '红' } }],
  note: 'First',
}

describe('two windows of the designer on one draft', () => {
  let engine: TestEngine
  let admin: Client
  let draft: string

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    draft = await openDraft(admin, [TAG])
  })
  after(async () => engine?.stop())

  const stored = async () => {
    const { items } = (await admin.get(`/api/meta/changesets/${draft}`)).record
    return (items as { definition: Record<string, unknown> }[])[0]!.definition
  }
  const open = async ({ page, context }: Person): Promise<void> => {
    await context.addInitScript((id) => sessionStorage.setItem('tenon.draft', id), draft)
    await page.goto('/designer/option_set/colour')
    await label({ page }, 'en').waitFor()
  }
  type Window = Pick<Person, 'page'>
  /** What the set of options is called in a language. */
  const label = ({ page }: Window, language: string) =>
    page.locator(`.text-control input[lang="${language}"]`).first()
  const shows = ({ page }: Window, language: string, text: string) =>
    page.waitForFunction(
      ([lang, wanted]) =>
        document.querySelector<HTMLInputElement>(`.text-control input[lang="${lang}"]`)?.value === wanted,
      [language, text],
    )

  it('merges them by property, tells at once, and asks where both have changed the same', () =>
    letting(enterAlone(engine, EACH_ONCE[0]!), (one) =>
      letting(enterAlone(engine, EACH_ONCE[1]!), async (two) => {
        await open(one)
        await open(two)
        // Each changes something else: both keep it, and see it at once.
        await label(one, 'zh-CN').fill('色彩')
        await shows(two, 'zh-CN', '色彩')
        await label(two, 'en').fill('Hue')
        await shows(one, 'en', 'Hue')
        expect((await stored()).label).to.eql({ en: 'Hue', 'zh-CN': '色彩' })
        // Both change the same before either hears of the other.
        await one.context.setOffline(true)
        await label(one, 'en').fill('Mine')
        await one.page.locator('.draft-name.bad').waitFor()
        const from = await stored()
        await admin.post(`/api/meta/changesets/${draft}/definitions/option_set/colour`, {
          from,
          to: { ...from, label: { en: 'Theirs', 'zh-CN': '色彩' }, note: 'Added' },
        })
        await one.context.setOffline(false)
        await one.page.locator('.draft-name.bad').click()
        const asking = one.page.getByRole('dialog', { name: en['drafts.conflictWindow'] })
        await asking.getByText('“Theirs”').waitFor()
        expect(((await stored()).label as Record<string, string>).en).to.equal('Theirs')
        expect(await one.accessibilityFaults()).to.eql([])
        await asking.getByRole('button', { name: en['drafts.resolve'] }).click()
        await asking.waitFor({ state: 'detached' })
        await shows(two, 'en', 'Mine')
        expect(await stored()).to.deep.include({ label: { en: 'Mine', 'zh-CN': '色彩' }, note: 'Added' })
        await two.page.getByText(zhCN['drafts.merged']).first().waitFor()
        await expectSound(two)
      }),
    ))
})
