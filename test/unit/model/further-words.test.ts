import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { type AppError, didYouMean, problem, problemHint, problemMessage } from '../../../engine/errors.ts'
import { formatFault } from '../../../engine/fields/parts/nouns.ts'
import { readFurtherWords } from '../../../engine/model/further-words.ts'
import { readWords } from '../../../engine/notify/read-words.ts'
import { wordsFor } from '../../../engine/registry/words.ts'
import { scratchFolder } from '../../support/scratch.ts'

/** A folder of languages with these files, each written as it is. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = scratchFolder('languages')
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return folder
}

const GERMAN = {
  'de/language.json': '{"name":"Deutsch"}',
  'de/problems.json': '{"FIELD_REQUIRED":"Dieses Feld ist nötig.","format.email":"E-Mail-Adresse"}',
}

describe('what folders of languages say for the engine', () => {
  it('is read for each further language, whatever file it lacks', () => {
    const words = readFurtherWords(
      folderOf({
        ...GERMAN,
        'pt-BR/language.json': '{"name":"Português"}',
        'zh-CN/language.json': '{"name":"中文"}',
        'zh-CN/problems.json': '{"FIELD_REQUIRED":"x"}',
        'nobody/problems.json': '{"FIELD_REQUIRED":"x"}',
      }),
    )
    expect([...words.keys()]).to.deep.equal(['de', 'pt-br'])
    expect(words.get('pt-br')).to.deep.include({ tag: 'pt-BR', problems: {} })
    expect(readFurtherWords(join(scratchFolder('languages'), 'none')).size).to.equal(0)
  })

  it('is found by the tag of a browser, the nearest first', () => {
    const words = readFurtherWords(
      folderOf({ ...GERMAN, 'de-CH/language.json': '{"name":"Schweizerdeutsch"}' }),
    )
    expect(['de', 'DE', 'de-AT', 'de-ch', 'fr'].map((tag) => wordsFor(words, tag)?.tag)).to.deep.equal([
      ...['de', 'de', 'de', 'de-CH', undefined],
    ])
  })

  it('is filled with what the language says that it names besides', () => {
    const words = readFurtherWords(
      folderOf({
        ...GERMAN,
        'gsw/language.json': '{"name":"Schwiizertüütsch","besides":"de"}',
        'gsw/problems.json': '{"FIELD_REQUIRED":"Das bruuchts."}',
      }),
    )
    expect(words.get('gsw')?.problems).to.deep.equal({
      FIELD_REQUIRED: 'Das bruuchts.',
      'format.email': 'E-Mail-Adresse',
    })
  })

  it('is refused at the start with the name and the fault of each file that is none of texts', () => {
    const folder = folderOf({
      ...GERMAN,
      'de/problems.json': '{"FIELD_REQUIRED": 1}',
      'fr/language.json': '{',
      'ja/language.json': '{"name":"日本語"}',
      'ja/problems.json': '[]',
      'pl/language.json': '{"name":"Polski"}',
      'pl/notices.json':
        '{"invitation.body":"Witaj!","password_reset.subject":"{{nazwa","gathered":"{count}"}',
    })
    let told: readonly string[] = []
    try {
      readWords(folder)
    } catch (fault) {
      told = (fault as AppError).problems.map((one) => problemMessage(one, 'en'))
      expect((fault as AppError).code).to.equal('START_LANGUAGE_FILE_INVALID')
    }
    expect(told).to.have.length(5)
    expect(told[0]).to.equal(
      `The file of a language ${join(folder, 'de', 'problems.json')} cannot be used: FIELD_REQUIRED: this is no text.`,
    )
    expect(told[1]).to.contain(join(folder, 'fr', 'language.json'))
    expect(told[2]).to.contain(
      `${join(folder, 'ja', 'problems.json')} cannot be used: it is not a JSON object`,
    )
    expect(told[3]).to.contain('invitation.body: {{link}} is missing')
    expect(told[4]).to.match(/pl.notices\.json cannot be used: password_reset\.subject: /)
  })
})

describe('a problem in a further language', () => {
  const texts = {
    FIELD_REQUIRED: 'Dieses Feld ist nötig.',
    FIELD_FORMAT_INVALID: 'Dies ist keine gültige {format}.',
    'FIELD_FORMAT_INVALID.hint': 'unbenutzt',
    'format.email': 'E-Mail-Adresse',
    'format.email.hint': 'Sie sieht aus wie name@example.com.',
    STAGE_TRANSITION_DENIED: 'Von „{from}“ geht es nicht nach „{to}“.',
  }
  const { params, hint } = formatFault('email')
  const stages = { from: { en: 'Neu', 'zh-CN': '新' }, to: 'won' }
  const cases = [
    { fault: problem('FIELD_REQUIRED'), message: 'Dieses Feld ist nötig.' },
    {
      fault: problem('FIELD_FORMAT_INVALID', '', { params: params!, hint }),
      message: 'Dies ist keine gültige E-Mail-Adresse.',
      hint: 'Sie sieht aus wie name@example.com.',
    },
    {
      fault: problem('STAGE_TRANSITION_DENIED', '', { params: stages }),
      message: 'Von „Neu“ geht es nicht nach „won“.',
    },
    {
      fault: problem('FIELD_TEXT_TOO_LONG', '', { params: { limit: 3 } }),
      message: 'At most 3 characters.',
    },
  ]
  for (const { fault, message, ...more } of cases) {
    it(`is said as far as its file says it: ${message}`, () => {
      expect([problemMessage(fault, 'en', texts), problemHint(fault, 'en', texts)]).to.deep.equal([
        message,
        more.hint,
      ])
    })
  }

  it('guesses what was meant, its values in the words of the language', () => {
    const fault = problem('FIELD_UNKNOWN', '', { params: { name: 'x' }, hint: didYouMean('{amount}') })
    const german = { did_you_mean: 'Meinten Sie „{name}“?' }
    expect([problemHint(fault, 'en'), problemHint(fault, 'zh-CN', {})]).to.deep.equal([
      'Did you mean “{amount}”?',
      '您是不是要用“{amount}”？',
    ])
    expect(problemHint(fault, 'en', german)).to.equal('Meinten Sie „{amount}“?')
  })

  it('has the hint of its kind, where none is written in place', () => {
    const kind = problem('START_NODE_TOO_OLD')
    expect(problemHint(kind, 'en', { 'START_NODE_TOO_OLD.hint': 'Neuer.' })).to.equal('Neuer.')
    const placed = problem('START_NODE_TOO_OLD', '', { hint: { en: 'Here.', 'zh-CN': '此处。' } })
    expect(problemHint(placed, 'en', { 'START_NODE_TOO_OLD.hint': 'Neuer.' })).to.equal('Here.')
  })
})
