import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const LINK = /\]\(([^()\s]+)\)/g
const HEADING = /^#{1,6} (.+)$/gm

/** README and guides, relative to the root. */
function pages(): string[] {
  const guides = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  const found = [...readdirSync(ROOT), ...guides.map((name) => join('docs', name))]
  return found.filter((name) => name.endsWith('.md')).sort()
}

/** The anchor that a heading gets: lower case, blanks as hyphens, without punctuation. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-')
}

function brokenLinks(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8').replace(/```[\s\S]*?```/g, '')
  const links = [...text.matchAll(LINK)].map(([, target = '']) => target)
  return links.filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(page, target))
}

function leadsSomewhere(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path)
  if (!existsSync(file)) return false
  if (anchor === undefined) return true
  const headings = [...readFileSync(file, 'utf8').matchAll(HEADING)].map(([, heading = '']) => heading)
  return headings.map(anchorOf).includes(anchor)
}

describe('links between pages', () => {
  for (const page of pages()) {
    it(`lead somewhere in ${page}`, () => expect(brokenLinks(page)).to.deep.equal([]))
  }
})
