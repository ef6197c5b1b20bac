import { chromium } from 'playwright-core'
import { findChromium } from './test/support/chromium.ts'
const { path, env } = await findChromium()
const browser = await chromium.launch({ executablePath: path, env: { ...process.env, ...env } as any, args: ['--no-sandbox','--disable-gpu','--font-render-hinting=none'] })
const base = 'http://127.0.0.1:3111'
const spec = JSON.parse(process.argv[2]!) as { name: string; path: string; sets: string[]; block?: string; act?: string[] ; wait?: string; full?: boolean }[]
const email = process.argv[3] ?? 'admin@example.com'; const password = process.argv[4] ?? 'look-look-look'
for (const s of ['dzl','dzd','del','ded','pzl','pzd','pel','ped']) {
  const mine = spec.filter((x) => x.sets.includes(s)); if (mine.length === 0) continue
  const desk = s[0] === 'd'; const lang = s[1] === 'z' ? 'zh-CN' : 'en'; const theme = s[2] === 'd' ? 'dark' : 'light'
  const context = await browser.newContext({ baseURL: base, locale: lang, viewport: desk ? { width: 1440, height: 900 } : { width: 390, height: 844 }, hasTouch: !desk, isMobile: !desk, reducedMotion: 'reduce' })
  await context.addInitScript((p) => localStorage.setItem('tenon.preferences', JSON.stringify(p)), { theme, language: lang })
  const r = await context.request.post('/api/auth/login', { data: { email, password } })
  if (!r.ok()) throw new Error(await r.text())
  for (const x of mine) {
    const page = await context.newPage()
    page.on('pageerror', (e) => console.log('ERR', x.name, e.message))
    if (x.block) await page.route(new RegExp(x.block), (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title: 'x', status: 503, code: 'HTTP_UNAVAILABLE', problems: [] }) }))
    await page.goto(x.path)
    await page.waitForLoadState('networkidle').catch(() => {})
    await page.waitForTimeout(500)
    for (const a of x.act ?? []) {
      const [how, ...rest] = a.split('|'); const what = rest.join('|')
      try {
        if (how === 'click') await page.locator(what).first().click({ timeout: 4000 })
        if (how === 'fill') { const [sel, val] = what.split('=>'); await page.locator(sel!).first().fill(val!, { timeout: 4000 }) }
        if (how === 'key') await page.keyboard.press(what)
        if (how === 'wait') await page.waitForTimeout(Number(what))
      } catch (e) { console.log('ACT', s, x.name, a, String(e).slice(0, 160)) }
      await page.waitForTimeout(350)
    }
    await page.screenshot({ path: `/tmp/shots/${x.name}-${s}.png`, fullPage: x.full === true })
    await page.close()
  }
  await context.close()
}
await browser.close()
