import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { AppError } from '../../../engine/errors.ts'
import { packedText, packTemplate, withTemplateFolder } from '../../../engine/templates/archive.ts'
import { readTemplate } from '../../../engine/templates/read-template.ts'
import { readScreenshot } from '../../../engine/templates/screenshots.ts'
import { scratchFolder } from '../../support/scratch.ts'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const MANIFEST = {
  ...{ name: 'shop', version: '1.0.0', label: 'Shop' },
  screenshots: [{ file: 'list.png', label: 'The list' }],
}

describe('the pictures of a template', () => {
  const folder = scratchFolder('pictures')
  mkdirSync(join(folder, 'screenshots'))
  writeFileSync(join(folder, 'template.json'), JSON.stringify(MANIFEST))
  writeFileSync(join(folder, 'screenshots/list.png'), PNG)
  const archive = (content: unknown): string => {
    const path = join(scratchFolder('archive'), 'shop.json')
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    return path
  }

  it('travel with its archive, byte for byte', async () => {
    const path = archive(packedText(packTemplate(readTemplate(folder))))
    const picture = await withTemplateFolder(path, async (place) =>
      readScreenshot(place, readTemplate(place).manifest, 'list.png'),
    )
    expect([picture?.mediaType, picture?.bytes.equals(PNG)]).to.eql(['image/png', true])
    expect(readScreenshot(folder, readTemplate(folder).manifest, '../template.json')).to.equal(undefined)
  })

  const hostile: readonly {
    readonly what: string
    readonly screenshots: unknown
    readonly paths: string[]
  }[] = [
    { what: 'no object', screenshots: [], paths: ['/screenshots'] },
    { what: 'a way out', screenshots: { '../../x.png': 'AA==' }, paths: ['/screenshots/..~1..~1x.png'] },
    { what: 'no picture by name', screenshots: { 'x.svg': 'AA==' }, paths: ['/screenshots/x.svg'] },
    { what: 'no base64', screenshots: { 'list.png': '<svg>' }, paths: ['/screenshots/list.png'] },
    {
      what: 'too many',
      screenshots: Object.fromEntries(Array.from({ length: 9 }, (_one, at) => [`p${at}.png`, 'AA=='])),
      paths: ['/screenshots'],
    },
    {
      what: 'something else than they say',
      screenshots: { 'list.png': Buffer.from('<svg onload=1>').toString('base64') },
      paths: ['template.json#/screenshots/0/file'],
    },
  ]
  for (const { what, screenshots, paths } of hostile)
    it(`are refused where an archive has ${what}`, async () => {
      const path = archive({ manifest: MANIFEST, definitions: [], data: {}, screenshots })
      const fault = await withTemplateFolder(path, async () => undefined).catch((error: unknown) => error)
      expect(fault).to.be.instanceOf(AppError)
      expect((fault as AppError).problems.map((one) => one.path)).to.eql(paths)
    })
})
