import { expect } from 'chai'
import { visit } from '../support/browser.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, expectSound, inTurn, letting } from './person.ts'
import { uiTemplate } from './ui-model.ts'

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('the brand of a workspace', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
  })
  after(() => engine?.stop())

  for (const setting of inTurn('brand 1')) {
    it(`is chosen with a preview and seen before the door (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        await page.goto('/brand')
        const region = (key: string) => page.getByRole('region', { name: t(key), exact: true })
        await page.getByLabel(t('brand.hex')).fill('#ffee0')
        await page.getByText(t('brand.broken')).waitFor()
        await page.getByLabel(t('brand.hex')).fill('#ffee00')
        const file = (name: string, mimeType: string, buffer: Buffer) =>
          page.locator('.brand-page input[type="file"]').setInputFiles({ name, mimeType, buffer })
        await file('logo.svg', 'image/svg+xml', Buffer.from('<svg onload="alert(1)"/>'))
        await page.getByText(t('brand.noPicture')).waitFor()
        await file('logo.png', 'image/png', PIXEL)
        await region('brand.logo').getByRole('img').waitFor()
        await expectSound(person)
        await page.getByRole('button', { name: t('act.save') }).click()
        await page.locator('.toast', { hasText: t('brand.saved') }).waitFor()
        await expectSound(person)
        const colour = await page.evaluate(() =>
          getComputedStyle(document.documentElement).getPropertyValue('--brand').trim(),
        )
        expect(colour)
          .to.match(/^#[0-9a-f]{6}$/)
          .and.not.equal('#006e76')
        const { body } = await engine.client.get('/api/brand')
        expect((body as { data: { color: string; logo: string } }).data.color).to.equal('#ffee00')

        // Somebody who has never been here sees it before they sign in.
        const stranger = await visit(engine.url, setting)
        try {
          await stranger.page.goto('/sign-in')
          await stranger.page.locator('img.own-mark').waitFor()
          expect(await stranger.accessibilityFaults()).to.deep.equal([])
        } finally {
          await stranger.close()
        }
        for (const name of ['brand_color', 'logo']) await admin.delete(`/api/meta/content/setting/${name}`)
      }))
  }

  it('is not hurt by an SVG or by what is no colour', async () => {
    const put = (name: string, value: unknown) =>
      admin.put(`/api/meta/content/setting/${name}`, { kind: 'setting', name, value })
    expect((await put('logo', 'data:image/svg+xml;base64,PHN2Zz4=')).status).to.equal(422)
    expect((await put('brand_color', '#fff;}*{display:none')).status).to.equal(422)
    expect((await engine.client.get('/api/brand')).body).to.deep.equal({ data: { color: null, logo: null } })
  })
})
