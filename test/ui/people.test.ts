import { expect } from 'chai'
import { visit } from '../support/browser.ts'
import { ADMIN, startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs, PASSWORD } from '../support/http-model.ts'
import {
  enter,
  expectSound,
  inTurn,
  letting,
  type Person,
  picture,
  type Setting,
  toastText,
  wording,
} from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const NEW_PASSWORD = 'quite another password'
const DESK: Setting = { language: 'en', size: 'desk' }

const strangerAt = async (engine: TestEngine, setting: Setting): Promise<Person> => ({
  ...(await visit(engine.url, setting)),
  t: wording(setting.language),
  phone: setting.size === 'phone',
})

describe('people in the pages', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
  })
  after(async () => engine?.stop())

  const linkFor = async (name: string): Promise<string> => {
    const made = await admin.post('/api/records/user', {
      name,
      email: `${name}@example.com`,
      roles: ['administrator'],
    })
    return (made.body as { invitation: { link: string } }).invitation.link
  }

  for (const setting of inTurn('people 1')) {
    const where = `${setting.language}, ${setting.size}`
    it(`invited, choose a password and are in; the link is good no more (${where})`, () =>
      letting(strangerAt(engine, setting), async (person) => {
        const { page, t } = person
        const name = `una-${setting.language}-${setting.size}`.toLowerCase()
        const link = await linkFor(name)
        await page.goto(link)
        await page.getByRole('heading', { name: t('setPassword.welcome') }).waitFor()
        await page.getByText(t('setPassword.for', { name, email: `${name}@example.com` })).waitFor()
        await expectSound(person)
        await picture(person, 'set-password', setting)
        await page.getByLabel(t('setPassword.password')).fill('short')
        await page.getByRole('button', { name: t('setPassword.submit') }).click()
        await page.getByRole('alert').getByText(t('setPassword.short')).waitFor()
        await page.getByLabel(t('setPassword.password')).fill(NEW_PASSWORD)
        await page.keyboard.press('Enter')
        await page.waitForURL((url) => !/set-password|sign-in/.test(url.pathname))
        // They are told things in the language that they came in with.
        const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'email' }, `${name}@example.com`] }))
        const { records } = await admin.get(`/api/records/user?filter=${filter}`)
        expect(records.map(({ language }) => language)).to.deep.equal([setting.language])
        await page.goto('/sign-in')
        await page.goto(link)
        await page.getByRole('alert').waitFor()
        await page.getByRole('link', { name: t('signIn.forgot') }).waitFor()
        await expectSound(person)
        await picture(person, 'used-link', setting)
      }))

    it(`who forgot their password are told what to do, whoever they are (${where})`, () =>
      letting(strangerAt(engine, setting), async (person) => {
        const { page, t } = person
        await page.goto('/sign-in')
        await page.getByRole('link', { name: t('signIn.forgot') }).click()
        await page.getByRole('heading', { name: t('forgot.title') }).waitFor()
        await expectSound(person)
        await picture(person, 'forgot', setting)
        await page.getByRole('button', { name: t('forgot.submit') }).click()
        await page.getByRole('alert').getByText(t('forgot.incomplete')).waitFor()
        await page.getByLabel(t('signIn.email')).fill(`nobody-${setting.language}${setting.size}@example.com`)
        await page.keyboard.press('Enter')
        await page.getByText(t('forgot.noMail')).waitFor()
        await page.getByRole('link', { name: t('forgot.back') }).click()
        await page.getByRole('heading', { name: t('signIn.title') }).waitFor()
      }))

    it(`see and change what is theirs (${where})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t, phone } = person
        await goTo(page, '/')
        if (phone) await page.getByRole('button', { name: t('frame.more'), exact: true }).click()
        else await page.getByRole('button', { name: t('person.menu', { name: 'Admin' }) }).click()
        await page.getByRole(phone ? 'link' : 'menuitem', { name: t('account.title') }).click()
        await page.locator('.account-facts').getByText(ADMIN.email).waitFor()
        await page.getByText(t('account.thisOne')).waitFor()
        await expectSound(person)
        await picture(person, 'account', setting)
        await page.getByLabel(t('account.time_zone')).fill('Berlin')
        await page.locator('.ant-select-item-option', { hasText: 'Europe/Berlin' }).first().click()
        await page.getByLabel(t('account.works_from')).fill('08:30')
        await page.keyboard.press('Tab')
        await page
          .locator('#profile-form')
          .getByRole('button', { name: t('act.save') })
          .click()
        await toastText(person).getByText(t('account.saved')).waitFor()
        const { record } = await admin.get('/api/auth/profile')
        expect([record.time_zone, record.works_from]).to.deep.equal(['Europe/Berlin', '08:30:00'])
        const reset = await admin.patch('/api/auth/profile', { time_zone: null, works_from: null })
        expect([reset.status, reset.record.time_zone]).to.deep.equal([200, null])
      }))

    it(`are invited from the list of users, which shows the link to pass on (${where})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const email = `list-${setting.language}-${setting.size}@example.com`
        await goTo(page, '/records/user')
        await page.getByRole('button', { name: t('invite.act'), exact: true }).click()
        await page.getByLabel(t('account.name'), { exact: true }).fill('Ida')
        await page.getByLabel(t('account.email'), { exact: true }).fill(email)
        await expectSound(person)
        await picture(person, 'invite', setting)
        await page.locator('form.account-form button[type="submit"]').click()
        const link = await page.locator('.secret-line').innerText()
        expect(link.trim()).to.match(new RegExp(`^${engine.url}/set-password#[\\w-]{43}$`))
        await expectSound(person)
        await picture(person, 'invited', setting)
        await page
          .getByRole('button', { name: t('act.close') })
          .last()
          .click()
        const { records } = await admin.get(
          `/api/records/user?filter=${encodeURIComponent(JSON.stringify({ '==': [{ var: 'email' }, email] }))}`,
        )
        expect(records.map(({ name }) => name)).to.deep.equal(['Ida'])
      }))
  }

  it('get no role that nobody chose by going on to the next field', () =>
    letting(enter(engine, DESK), async ({ page, t }) => {
      await goTo(page, '/records/user')
      await page.getByRole('button', { name: t('invite.act'), exact: true }).click()
      await page.getByLabel(t('account.email'), { exact: true }).fill('key@example.com')
      await page.keyboard.press('Tab')
      const role = 'Administrator'
      await page.keyboard.type(role)
      await page.locator('.ant-select-item-option-active', { hasText: role }).waitFor()
      await page.keyboard.press('Enter')
      const chosen = page.locator('.account-form .ant-select-selection-item')
      await chosen.first().waitFor()
      await page.keyboard.press('Tab')
      expect(await chosen.allInnerTexts()).to.deep.equal([role])
      expect(
        await page.locator('#invite-team').evaluate((input) => input === document.activeElement),
      ).to.equal(true)
    }))

  it('are told why an invitation is refused, and nothing typed is lost', () =>
    letting(enter(engine, DESK), async ({ page, t }) => {
      await goTo(page, '/records/user')
      await page.getByRole('button', { name: t('invite.act'), exact: true }).click()
      await page.getByLabel(t('account.name'), { exact: true }).fill('Again')
      await page.getByLabel(t('account.email'), { exact: true }).fill(ADMIN.email)
      await page.locator('form.account-form button[type="submit"]').click()
      await page.getByRole('alert').getByText('E-mail: ').waitFor()
      expect(await page.getByLabel(t('account.name'), { exact: true }).inputValue()).to.equal('Again')
    }))

  it('get a way to another password from their page, and are signed out everywhere', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page, t } = person
      const lost = await loginAs(admin, 'lost', ['administrator'])
      await goTo(page, `/records/user/${lost.id}`)
      await page
        .getByRole('button', { name: t('act.more') })
        .first()
        .click()
      expect(await page.getByRole('menuitem', { name: t('act.delete') }).count()).to.equal(0)
      await page.getByRole('menuitem', { name: t('invite.again') }).click()
      await page.getByText(t('invite.passOn.password_reset', { name: 'lost' })).waitFor()
      await expectSound(person)
      await page.getByRole('button', { name: t('act.close') }).click()
      await page
        .getByRole('button', { name: t('act.more') })
        .first()
        .click()
      await page.getByRole('menuitem', { name: t('invite.signOut') }).click()
      await toastText(person)
        .getByText(t('invite.signedOut', { name: 'lost' }))
        .waitFor()
      expect((await lost.get('/api/auth/me')).status).to.equal(401)
    }))

  it('change their password, end another session, and sign out everywhere', async () => {
    const sam = await loginAs(admin, 'sam', ['administrator'])
    const account = { email: 'sam@example.com', password: PASSWORD }
    await letting(enter(engine, DESK, account), async (person) => {
      const { page, t } = person
      await goTo(page, '/account')
      await page
        .getByRole('button', { name: t('account.end'), exact: false })
        .first()
        .click()
      await page
        .getByRole('button', { name: t('account.end'), exact: false })
        .first()
        .waitFor({ state: 'detached' })
      expect((await sam.get('/api/auth/me')).status).to.equal(401)
      await page.getByLabel(t('account.currentPassword')).fill('wrong')
      await page.getByLabel(t('setPassword.password')).fill(NEW_PASSWORD)
      await page.getByRole('button', { name: t('account.changePassword') }).click()
      await page.getByRole('alert').getByText('wrong').waitFor()
      await page.getByLabel(t('account.currentPassword')).fill(PASSWORD)
      await page.getByRole('button', { name: t('account.changePassword') }).click()
      await toastText(person).getByText(t('account.passwordChanged')).waitFor()
      await page.getByRole('button', { name: t('account.everywhere') }).click()
      await page.waitForURL((url) => url.pathname === '/sign-in')
      expect(person.faults).to.deep.equal([])
    })
    expect((await engine.client.login(account.email, NEW_PASSWORD)).token).to.be.a('string')
  })

  it('make an API token, see it once, and revoke it', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page, t } = person
      await goTo(page, '/account')
      await page.getByLabel(t('account.tokenLabel')).fill('ERP')
      await page.getByLabel(t('account.roles')).fill('admin')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: t('account.makeToken') }).click()
      const token = (await page.locator('.secret-line').innerText()).trim()
      expect((await engine.client.as(token).get('/api/auth/me')).status).to.equal(200)
      await expectSound(person)
      await picture(person, 'token', DESK)
      await page.getByRole('button', { name: t('account.revokeOf', { label: 'ERP' }) }).click()
      await page.locator('.secret-line').waitFor({ state: 'detached' })
      expect((await engine.client.as(token).get('/api/auth/me')).status).to.equal(401)
    }))
})
