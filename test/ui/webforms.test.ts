import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { DEFINITIONS, FORM } from '../api/webforms/world.ts'
import { type Visit, visit } from '../support/browser.ts'
import { publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { ApiRecord, Client } from '../support/http.ts'
import { enter, inTurn } from './person.ts'

/** The words of each language that the test reads. */
const WORDS = {
  en: { title: 'Fair', send: 'Send', missing: 'Please fill this in.', thanks: 'Thank you.', topic: 'Topic' },
  'zh-CN': { title: '展会报名', send: '提交', missing: '请填写此项。', thanks: '感谢提交', topic: 'Topic' },
} as const

describe('the public page of a web form', () => {
  let engine: TestEngine
  let admin: Client
  let site: Server
  let siteUrl: string

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    site = createServer((request, response) => {
      const name = request.url?.startsWith('/stranger') === true ? 'fair' : 'framed'
      response.setHeader('content-type', 'text/html')
      response.end(
        `<!doctype html><title>Site</title><h1>Site</h1><script src="${engine.url}/f/${name}/embed.js" data-lang="en"></script>`,
      )
    })
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
    await publishAll(admin, [
      ...(DEFINITIONS as readonly Written[]),
      { ...FORM, name: 'framed', sites: [siteUrl] } as unknown as Written,
    ])
  })
  after(async () => {
    await new Promise((resolve) => site.close(resolve))
    await engine.stop()
  })

  const named = async (name: string): Promise<readonly ApiRecord[]> => {
    const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'name' }, name] }))
    return (await admin.get(`/api/records/enquiry?filter=${filter}`)).records
  }

  for (const setting of inTurn('webforms 1')) {
    it(`asks, says what is missing, and thanks (${setting.language}, ${setting.size})`, async () => {
      const words = WORDS[setting.language]
      const visitor = await visit(engine.url, setting)
      const { page } = visitor
      try {
        await page.goto('/f/fair?utm_source=poster')
        await page.getByRole('heading', { name: words.title }).waitFor()
        expect(await page.getAttribute('html', 'lang')).to.equal(setting.language)
        expect(await visitor.accessibilityFaults()).to.deep.equal([])
        expect(await page.getByLabel('Message').isVisible()).to.equal(false)
        await page.getByLabel('Other').check()
        await page.getByLabel('Message').waitFor()
        await page.getByRole('button', { name: words.send }).click()
        await page.getByText(words.missing).first().waitFor()
        expect(await page.getByText(words.missing).count()).to.equal(3)
        expect(await page.evaluate(() => document.activeElement?.id)).to.equal('f-name')
        expect(await visitor.accessibilityFaults()).to.deep.equal([])
        await page.getByLabel('Name').fill(`Kay ${setting.language}`)
        await page.getByLabel('Phone').fill('13800138020')
        await page.getByLabel('Message').fill('<b>hello</b>')
        await page.locator('#consent').check()
        await page.getByRole('button', { name: words.send }).dblclick()
        await page.getByText(words.thanks).waitFor()
        expect(visitor.faults).to.deep.equal([])
      } finally {
        await visitor.close()
      }
      const [first] = await named('Kay en')
      expect(first).to.include({ phone: '13800138020', message: '<b>hello</b>', origin: 'poster' })
      expect(await named('Kay zh-CN')).to.deep.equal([])
    })
  }

  it('is small, and loads nothing of the application', async () => {
    const visitor = await visit(engine.url)
    const sizes: number[] = []
    const addresses: string[] = []
    visitor.page.on('response', async (response) => {
      addresses.push(new URL(response.url()).pathname)
      sizes.push((await response.body()).length)
    })
    try {
      await visitor.page.goto('/f/fair', { waitUntil: 'networkidle' })
    } finally {
      await visitor.close()
    }
    expect(addresses.filter((path) => /antd|react|rjsf/i.test(path))).to.deep.equal([])
    expect(sizes.reduce((sum, size) => sum + size, 0)).to.be.below(100_000)
  })

  describe('within another site', () => {
    const framed = async (path: string, work: (visitor: Visit) => Promise<void>) => {
      const visitor = await visit(siteUrl)
      try {
        await visitor.page.goto(path)
        await work(visitor)
      } finally {
        await visitor.close()
      }
    }

    it('shows the form where it names the site, and takes what is sent', async () => {
      await framed('/?utm_source=site', async ({ page }) => {
        const form = page.frameLocator('iframe')
        await form.getByLabel('Name').fill('Lou')
        await form.getByLabel('Phone').fill('13800138021')
        await form.locator('#consent').check()
        await form.getByRole('button', { name: 'Send' }).click()
        await form.getByText('Thank you.').waitFor()
      })
      expect((await named('Lou'))[0]).to.include({ origin: 'site' })
    })

    it('shows nothing elsewhere', async () => {
      await framed('/stranger', async ({ page }) => {
        await page.locator('iframe').waitFor()
        expect(await page.frameLocator('iframe').locator('h1').count()).to.equal(0)
      })
    })
  })

  it('stands in the designer with its link, snippets, code and preview, and in the history of its record', async () => {
    const person = await enter(engine, { language: 'en', size: 'desk' })
    const { page, t } = person
    try {
      await page.goto('/designer/webform/fair')
      await page.getByText(`${engine.url}/f/fair`, { exact: true }).waitFor()
      await page.getByText('/f/fair/embed.js').waitFor()
      await page.locator('.webform-code svg').waitFor()
      const preview = page.frameLocator('.webform-preview')
      await preview.getByLabel('Name').fill('Preview')
      await preview.getByLabel('Phone').fill('13800138029')
      await preview.locator('#consent').check()
      await preview.getByRole('button', { name: 'Send' }).click()
      await preview.getByText('Everything is filled in.').waitFor()
      expect(await named('Preview')).to.deep.equal([])
      expect(await person.accessibilityFaults()).to.deep.equal([])
      const [record] = await named('Kay en')
      await page.goto(`/records/enquiry/${record!.id}`)
      await page
        .getByText(t('history.webform', { form: 'Fair' }))
        .first()
        .waitFor()
      await page.getByText('You may call me.').waitFor()
      expect(person.faults).to.deep.equal([])
    } finally {
      await person.close()
    }
  })

  it('says so where there is no such form', async () => {
    const visitor = await visit(engine.url)
    try {
      const answer = await visitor.page.goto('/f/none')
      expect(answer?.status()).to.equal(404)
      await visitor.page.getByRole('heading', { name: 'There is no such form.' }).waitFor()
    } finally {
      await visitor.close()
    }
  })
})
