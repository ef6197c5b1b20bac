import { expect } from 'chai'
import { parsePreference, wants } from '../../../engine/process/telling/preference.ts'
import { quietUntil } from '../../../engine/process/telling/quiet-hours.ts'

describe('quiet hours', () => {
  const night = { from: '22:00', until: '07:30' }
  const zone = 'Asia/Shanghai'
  const cases = [
    { quiet: undefined, at: '2026-03-02T23:00:00+08:00', until: undefined },
    { quiet: night, at: '2026-03-02T21:59:59+08:00', until: undefined },
    { quiet: night, at: '2026-03-02T22:00:00+08:00', until: '2026-03-02T23:30:00.000Z' },
    { quiet: night, at: '2026-03-03T03:00:00+08:00', until: '2026-03-02T23:30:00.000Z' },
    { quiet: night, at: '2026-03-03T07:30:00+08:00', until: undefined },
    {
      quiet: { from: '12:00', until: '13:00' },
      at: '2026-03-03T12:30:00+08:00',
      until: '2026-03-03T05:00:00.000Z',
    },
    // A Friday night goes on into the weekend, the weekend into the night before Monday.
    {
      quiet: { ...night, weekend: true },
      at: '2026-03-06T23:00:00+08:00',
      until: '2026-03-08T23:30:00.000Z',
    },
    {
      quiet: { ...night, weekend: true },
      at: '2026-03-07T12:00:00+08:00',
      until: '2026-03-08T23:30:00.000Z',
    },
    { quiet: { ...night, weekend: true }, at: '2026-03-09T12:00:00+08:00', until: undefined },
    // The clock goes forward (29 March) and back (25 October) within the night.
    { quiet: night, at: '2026-03-28T23:00:00+01:00', until: '2026-03-29T05:30:00.000Z', in: 'Europe/Berlin' },
    { quiet: night, at: '2026-10-24T23:00:00+02:00', until: '2026-10-25T06:30:00.000Z', in: 'Europe/Berlin' },
    // 02:30 does not exist on 29 March.
    {
      quiet: { from: '01:00', until: '02:30' },
      at: '2026-03-29T01:10:00+01:00',
      until: '2026-03-29T01:30:00.000Z',
      in: 'Europe/Berlin',
    },
  ]
  for (const { quiet, at, until, in: where = zone } of cases) {
    it(`${JSON.stringify(quiet)} at ${at} in ${where}: ${until ?? 'not quiet'}`, () =>
      expect(quietUntil(quiet, where, new Date(at))?.toISOString()).to.equal(until))
  }
})

describe('a preference', () => {
  const good = [
    {},
    { quiet: null },
    { quiet: { from: '22:00', until: '07:30', weekend: true }, gather: 30, off: { '*': ['sms'], due: [] } },
  ]
  for (const raw of good) it(`takes ${JSON.stringify(raw)}`, () => void parsePreference(raw))

  const bad = [
    { raw: { quite: {} }, paths: ['/quite'] },
    {
      raw: { quiet: { from: '24:00', until: 'x', days: 1 } },
      paths: ['/quiet/days', '/quiet/from', '/quiet/until'],
    },
    { raw: { quiet: { from: '22:00', until: '22:00' } }, paths: ['/quiet/until'] },
    { raw: { quiet: 'always', gather: -1 }, paths: ['/quiet', '/gather'] },
    { raw: { gather: 1.5 }, paths: ['/gather'] },
    { raw: { off: { '*': ['in_app'] } }, paths: ['/off/*'] },
    { raw: { off: { 'a b': ['sms'] } }, paths: ['/off/a b'] },
    { raw: { off: [] }, paths: ['/off'] },
    { raw: [], paths: [''] },
  ]
  for (const { raw, paths } of bad) {
    it(`refuses ${JSON.stringify(raw)} at ${paths.join(', ')}`, () => {
      try {
        parsePreference(raw)
        expect.fail('it was taken')
      } catch (error) {
        expect((error as { problems: { path: string }[] }).problems.map(({ path }) => path)).to.deep.equal(
          paths,
        )
      }
    })
  }

  it('lets a word for a kind outweigh the word for all', () => {
    const preference = parsePreference({ off: { '*': ['sms'], due: ['mail'] } })
    const of = (kind: string) => ['sms', 'mail'].filter((channel) => wants(preference, kind, channel))
    expect([of('due'), of('other')]).to.deep.equal([['sms'], ['mail']])
  })
})
