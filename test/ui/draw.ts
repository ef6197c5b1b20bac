import type { Locator, Page } from 'playwright-core'

/** Draws a line from the edge of one card of a picture to the middle of another, once the picture stands still. */
export async function drawLine(page: Page, fit: string, from: Locator, to: Locator): Promise<void> {
  await page.getByRole('button', { name: fit }).click()
  await standsStill(page, to)
  await from.hover()
  const tie = from.locator('xpath=..').locator('.canvas-tie')
  const [start, end] = [await tie.boundingBox(), await to.boundingBox()]
  if (start === null || end === null) throw new Error('a card of the picture is not to be seen')
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
  await page.mouse.down()
  await page.mouse.move(end.x + 10, end.y + 20, { steps: 6 })
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 3 })
  await page.locator('.canvas-everywhere.connectingto.valid').waitFor({ state: 'attached' })
  await page.mouse.up()
}

/** Takes a card by its middle to the middle of something else, and lets it go there. */
export async function drag(page: Page, card: Locator, to: Locator): Promise<void> {
  await standsStill(page, to)
  const [start, end] = [await card.boundingBox(), await to.boundingBox()]
  if (start === null || end === null) throw new Error('a part of the picture is not to be seen')
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
  await page.mouse.down()
  await page.mouse.move(start.x + start.width / 2 + 20, start.y + start.height / 2 + 20, { steps: 3 })
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 6 })
  await page.mouse.up()
}

async function standsStill(page: Page, card: Locator): Promise<void> {
  let last = ''
  for (let same = 0; same < 3; ) {
    await page.waitForTimeout(60)
    const now = JSON.stringify(await card.boundingBox())
    same = now === last ? same + 1 : 0
    last = now
  }
}
