import type { Page } from 'playwright-core'
import { launch } from '../support/browser.ts'
import { openDraft, planOf, publish, type Written } from '../support/drafts.ts'
import { ADMIN, startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { median } from './report.ts'

/**
 * `npx tsx test/bench/scale.ts`: the designer on a company of 300 entities, 10,200 fields and 2,100 rules: how long it takes
 * to open, to check a change, to plan it, to publish it, and how the diagram moves. Needs `npm run build` before it.
 */
const ENTITIES = Number(process.env.ENTITIES ?? 300)
const FIELDS = 34
const ROUNDS = Number(process.env.ROUNDS ?? 5)

const figures: { readonly what: string; readonly value: number; readonly budget?: number }[] = []
const put = (what: string, values: readonly number[], budget?: number): void => {
  figures.push({ what, value: median(values), ...(budget === undefined ? {} : { budget }) })
}

const engine = await startEngine()
try {
  const admin = await engine.loginAdmin()
  await make(admin)
  await measureChanges(admin)
  await measurePages(engine)
} finally {
  await engine.stop()
}
console.log('| What | Median | Budget |\n|---|---|---|')
for (const { what, value, budget } of figures) {
  const over = budget !== undefined && value > budget ? ' (over)' : ''
  console.log(`| ${what} | ${value.toFixed(0)} ms${over} | ${budget === undefined ? '' : `${budget} ms`} |`)
}
process.exit(0)

/** Three rules that show, two that ask, two that work out, in each. */
function entityAt(index: number): Written {
  const name = (at: number) => `thing_${String(at % ENTITIES).padStart(3, '0')}`
  const fields = Array.from({ length: FIELDS }, (_, at): object => {
    const base = { name: `f${at}`, label: { en: `Field ${at}`, 'zh-CN': `字段 ${at}` } }
    if (at === 0) return { ...base, type: 'text', required: true, searchable: true }
    if (at < 3) return { ...base, type: 'lookup', to: name(index + at * 7), onDelete: 'clear' }
    if (at < 6) return { ...base, type: 'text', visibleWhen: { '>': [{ var: 'f10' }, at] } }
    if (at < 8) return { ...base, type: 'date', requiredWhen: { '==': [{ var: 'f11' }, at] } }
    if (at < 10)
      return {
        ...base,
        type: 'formula',
        result: 'decimal',
        value: { '+': [{ var: 'f10' }, { var: 'f11' }, at] },
      }
    return { ...base, type: ['integer', 'decimal', 'text', 'boolean', 'date'][at < 12 ? 0 : at % 5] }
  })
  return {
    ...{ kind: 'entity', name: name(index), title: 'f0', fields },
    label: { en: `Thing ${index}`, 'zh-CN': `事物 ${index}` },
  }
}

async function make(admin: Client): Promise<void> {
  const all = Array.from({ length: ENTITIES }, (_, index) => entityAt(index))
  const begun = performance.now()
  const id = await openDraft(admin, all)
  put('All of it set in a draft', [performance.now() - begun])
  const planning = performance.now()
  const { hash } = await planOf(admin, id)
  put('The first plan, of all of it', [performance.now() - planning])
  const publishing = performance.now()
  const answer = await publish(admin, id, hash)
  if (answer.status !== 200) throw new Error(answer.text)
  put('All of it published', [performance.now() - publishing])
}

/** One field more at one entity, each time another. */
async function measureChanges(admin: Client): Promise<void> {
  const [sets, checks, plans, publishes]: number[][] = [[], [], [], []]
  for (let round = 0; round < ROUNDS; round++) {
    const entity = entityAt(round * 11) as Written & { readonly fields: readonly object[] }
    const known = (await admin.get(`/api/meta/definitions/entity/${entity.name}`)).body as {
      readonly data: Written & { readonly fields: readonly object[] }
    }
    const more = { name: `more_${round}`, type: 'text', label: 'More' }
    const id = await openDraft(admin, [])
    const changed = { ...known.data, fields: [...known.data.fields, more] }
    const at = `/api/meta/changesets/${id}`
    sets!.push(await timed(() => admin.put(`${at}/definitions/entity/${entity.name}`, changed)))
    checks!.push(await timed(() => admin.post(`${at}/check`, {})))
    let hash = ''
    plans!.push(
      await timed(async () => {
        hash = (await planOf(admin, id)).hash
      }),
    )
    publishes!.push(
      await timed(async () => {
        const answer = await publish(admin, id, hash)
        if (answer.status !== 200) throw new Error(answer.text)
      }),
    )
  }
  put('A changed entity stored in a draft', sets!)
  put('The draft checked', checks!, 1_000)
  put('The draft planned', plans!, 5_000)
  put('The draft published', publishes!)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

async function measurePages({ url }: TestEngine): Promise<void> {
  const browser = await launch()
  try {
    const [opens, diagrams, pans]: number[][] = [[], [], []]
    for (let round = 0; round < ROUNDS; round++) {
      const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } })
      await context.request.post('/api/auth/login', { data: ADMIN, headers: { origin: url } })
      const page = await context.newPage()
      opens!.push(
        await timed(async () => {
          await page.goto('/designer/entity')
          await page.locator('.definition-row').first().waitFor()
        }),
      )
      diagrams!.push(
        await timed(async () => {
          await page.goto('/designer/model')
          await page.locator('.react-flow__node').first().waitFor()
        }),
      )
      pans!.push(await longestTaskOfPan(page))
      await context.close()
    }
    put('The designer opened, cold cache', opens!, 2_000)
    put('The diagram of all entities drawn', diagrams!)
    put('The longest task while it is pulled about', pans!, 100)
  } finally {
    await browser.close()
  }
}

async function longestTaskOfPan(page: Page): Promise<number> {
  await page.waitForTimeout(1_000)
  await page.evaluate(() => {
    const tasks: number[] = []
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration))).observe({
      entryTypes: ['longtask'],
    })
    Object.assign(window, { tasks })
  })
  const pane = (await page.locator('.react-flow__pane').boundingBox())!
  const [x, y] = [pane.x + pane.width / 2, pane.y + pane.height - 20]
  for (let turn = 0; turn < 4; turn++) {
    await page.mouse.move(x, y)
    await page.mouse.down()
    for (let step = 1; step <= 20; step++) {
      await page.mouse.move(x + step * 15 * (turn % 2 ? -1 : 1), y - step * 10)
      await page.waitForTimeout(16)
    }
    await page.mouse.up()
  }
  // Below 50 ms a task is none of the long ones, and not told.
  return await page.evaluate(() => Math.max(0, ...(window as unknown as { tasks: number[] }).tasks))
}
