import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'

const ROOT = join(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

/** The versions that mended what is publicly known of packages that users run, by whom they are brought in or not. */
const MENDED: Readonly<Record<string, string>> = {
  ajv: '8.18.0',
  'body-parser': '2.2.1',
  busboy: '1.0.0',
  cookie: '0.7.0',
  'csv-parse': '4.4.6',
  esbuild: '0.25.0',
  express: '5.0.0',
  handlebars: '4.7.7',
  'js-yaml': '4.1.1',
  json5: '2.2.2',
  luxon: '3.2.1',
  minimist: '1.2.6',
  nanoid: '3.3.8',
  nodemailer: '7.0.11',
  'path-to-regexp': '8.0.0',
  pg: '7.1.2',
  postcss: '8.4.31',
  qs: '6.14.1',
  'sanitize-html': '2.12.1',
  semver: '7.5.2',
  send: '0.19.0',
  'serve-static': '1.16.0',
}

describe('docs/security.md', () => {
  const page = read('docs/security.md')
  const lock = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { version?: string; dev?: boolean }>
  }

  it('argues every direct dependency, and none that there is not', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
    const argued = [...page.matchAll(/^\| (@?[a-z0-9][\w./-]*) \|/gm)].map(([, name]) => name)
    const packages = argued.filter((name) => name !== 'package' && name !== 'who')
    expect(packages.sort()).to.deep.equal(Object.keys(dependencies).sort())
  })

  it('points at tests that are there', () => {
    const named = [...page.matchAll(/`(test\/[\w./-]+\.test\.ts)`/g)].map(([, file]) => file!)
    expect(named.length).to.be.greaterThan(10)
    expect(named.filter((file) => !existsSync(join(ROOT, file)))).to.deep.equal([])
  })

  it('stands on versions in which what is known is mended', () => {
    const old = Object.entries(lock.packages).flatMap(([path, { version = '0.0.0', dev }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
      const mended = MENDED[name]
      return dev === true || mended === undefined || isFrom(version, mended) ? [] : [`${name} ${version}`]
    })
    expect(old).to.deep.equal([])
  })
})

function isFrom(version: string, least: string): boolean {
  const [left, right] = [version, least].map((one) => one.split('-')[0]!.split('.').map(Number))
  for (const [index, number] of left!.entries()) {
    if (number !== right![index]) return number > right![index]!
  }
  return true
}
