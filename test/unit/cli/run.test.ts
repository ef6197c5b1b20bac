import { mkdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { Command } from '../../../engine/cli/command.ts'
import { checkNodeVersion } from '../../../engine/cli/doctor.ts'
import { commandHelp, help } from '../../../engine/cli/help.ts'
import { findCommand } from '../../../engine/cli/run.ts'
import { faultLines, shellLanguage } from '../../../engine/cli/say.ts'

const commands: Command[] = ['meta', 'meta export', 'doctor'].map((name) => ({
  name,
  usage: name === 'meta' ? '' : '<folder>',
  summary: { en: `Does ${name}.`, 'zh-CN': `执行 ${name}。` },
  run: async () => 0,
}))

describe('the command line', () => {
  const cases = [
    { words: ['doctor'], finds: 'doctor' },
    { words: ['meta', 'export', 'x'], finds: 'meta export' },
    { words: ['meta', 'else'], finds: 'meta' },
    { words: ['help', 'meta', 'export'], finds: 'meta export' },
    { words: ['docter'], finds: undefined },
    { words: [], finds: undefined },
  ]
  for (const { words, finds } of cases) {
    it(`finds ${finds ?? 'nothing'} in “${words.join(' ')}”`, () => {
      expect(findCommand(words, commands)?.name).to.equal(finds)
    })
  }

  const locales = [
    { env: {}, language: 'en' },
    { env: { LANG: 'zh_CN.UTF-8' }, language: 'zh-CN' },
    { env: { LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, language: 'en' },
    { env: { LC_MESSAGES: 'zh_TW', LANG: 'en_US' }, language: 'zh-CN' },
  ]
  for (const { env, language } of locales) {
    it(`speaks ${language} to ${JSON.stringify(env)}`, () => expect(shellLanguage(env)).to.equal(language))
  }

  it('lists every command and every setting in its help', () => {
    const text = help(commands, 'zh-CN')
    for (const part of ['meta export <folder>', '执行 doctor。', 'TENON_DATA_DIR', 'LOG_LEVEL']) {
      expect(text).to.include(part)
    }
  })

  it('tells a file that cannot be written or read by its path and the reason, and other faults with their stack', () => {
    const thrown = (work: () => unknown): unknown => {
      try {
        return work()
      } catch (fault) {
        return fault
      }
    }
    const file = import.meta.filename
    expect(
      faultLines(
        thrown(() => mkdirSync(`${file}/x`)),
        'en',
      ),
    ).to.deep.equal([`${file}/x cannot be read or written: not a directory.`])
    expect(
      faultLines(
        thrown(() => readFileSync('/no/such')),
        'zh-CN',
      ),
    ).to.deep.equal(['无法读写 /no/such：no such file or directory。'])
    expect(faultLines(new TypeError('x'), 'en')[0]).to.match(/^TypeError: x\n +at /)
  })

  it('explains one command', () => {
    expect(commandHelp(commands[1]!, 'en')).to.equal('Does meta export.\nUsage: tenon meta export <folder>')
  })

  const versions = [
    { found: '20.18.3', good: false },
    { found: '18.20.0', good: false },
    { found: '20.19.0', good: true },
    { found: '24.1.0', good: true },
  ]
  for (const { found, good } of versions) {
    it(`${good ? 'takes' : 'refuses'} Node ${found}`, () => {
      expect('good' in checkNodeVersion(found)).to.equal(good)
    })
  }
})
