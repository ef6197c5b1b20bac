import { expect } from 'chai'
import { visit } from '../support/browser.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import { enterAlone, letting, type Person } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

/** What a page was kept from by its policy, as `directive: what`. */
type Violations = readonly string[]

const SCREENS = [
  '/records/company',
  '/records/deal?view=board',
  '/records/company/bin',
  '/records/company/new',
  '/records/deal/new',
  '/records/company/:company',
  '/records/company/:company/edit',
  '/records/deal/:deal',
  '/records/user',
  '/account',
  '/audit',
  '/nowhere',
  '/designer',
  '/designer/versions',
  '/designer/entity',
  '/designer/entity/company',
  '/designer/role/administrator',
] as const

describe('the content security policy', () => {
  let engine: TestEngine
  const ids = { company: '', deal: '' }

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    const admin = await engine.loginAdmin()
    ids.company = (await admin.post('/api/records/company', { name: 'Acme', level: 'a' })).record.id
    ids.deal = (await admin.post('/api/records/deal', { name: 'Deal', company: ids.company })).record.id
  })
  after(async () => engine?.stop())

  /** Opens a screen and gives what its policy kept it from, from the first byte on. */
  async function violationsOf(
    { page }: Pick<Person, 'page'>,
    path: string,
    open: (path: string) => Promise<unknown> = (address) => page.goto(address),
  ): Promise<Violations> {
    await open(path.replace(':company', ids.company).replace(':deal', ids.deal))
    await page.waitForFunction(() => document.querySelector('#root')?.childElementCount)
    await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
    return page.evaluate(() => (window as unknown as { violations: string[] }).violations)
  }

  const listen = (person: Pick<Person, 'context'>) =>
    person.context.addInitScript(() => {
      const found: string[] = []
      Object.assign(window, { violations: found })
      document.addEventListener('securitypolicyviolation', (event) => {
        found.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`)
      })
    })

  for (const size of ['desk', 'phone'] as const) {
    it(`keeps no screen from what it needs (${size})`, () =>
      letting(enterAlone(engine, { language: 'en', size }), async (person) => {
        await listen(person)
        const found: Record<string, Violations> = {}
        for (const path of SCREENS) {
          // The policy came with the page: a phone goes from screen to screen, what it is kept from adds up.
          const open = size === 'desk' ? undefined : (address: string) => goTo(person.page, address)
          const violations = await violationsOf(person, path, open)
          if (violations.length > 0) found[path] = violations
        }
        expect({ found, faults: person.faults }).to.deep.equal({ found: {}, faults: [] })
      }))
  }

  it('keeps the pages before the sign-in from nothing either', () =>
    letting(visit(engine.url), async (stranger) => {
      await listen(stranger)
      for (const path of ['/sign-in', '/forgot-password', '/set-password#x']) {
        expect(await violationsOf(stranger, path), path).to.deep.equal([])
      }
    }))

  it('keeps dialogs, menus and pickers from nothing', () =>
    letting(enterAlone(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page } = person
      await listen(person)
      for (const path of ['/records/deal/new', '/records/company']) {
        await violationsOf(person, path)
        for (const opener of await page.locator('[role="combobox"]:visible, [aria-haspopup]:visible').all()) {
          await opener.click()
          await page.keyboard.press('Escape')
        }
        const violations = await page.evaluate(
          () => (window as unknown as { violations: string[] }).violations,
        )
        expect(violations, path).to.deep.equal([])
      }
    }))

  it('stops a script, a style and a frame that somebody brought in', () =>
    letting(enterAlone(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page } = person
      await listen(person)
      await violationsOf(person, '/account')
      await page.evaluate(() => {
        const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
        const brought: readonly [string, object][] = [
          ['script', { textContent: 'window.stolen = true', nonce }],
          ['script', { src: 'data:text/javascript,window.stolen=true', nonce }],
          ['style', { textContent: 'body { display: none }' }],
          ['img', { src: 'http://127.0.0.1:9/pixel.png' }],
          ['iframe', { src: 'http://127.0.0.1:9/' }],
        ]
        for (const [name, more] of brought)
          document.body.append(Object.assign(document.createElement(name), more))
        document.body.insertAdjacentHTML('beforeend', '<b onclick="window.stolen=true">x</b>')
        document.querySelector<HTMLElement>('b[onclick]')?.click()
      })
      await page.waitForFunction(() => (window as unknown as { violations: string[] }).violations.length >= 6)
      const [stolen, violations] = await page.evaluate(() => {
        const { stolen, violations } = window as unknown as { stolen?: boolean; violations: string[] }
        return [stolen, violations.map((line) => line.split(':')[0])] as const
      })
      expect(stolen).to.equal(undefined)
      expect([...new Set(violations)].sort()).to.deep.equal([
        'frame-src',
        'img-src',
        'script-src-attr',
        'script-src-elem',
        'style-src-elem',
      ])
    }))
})
