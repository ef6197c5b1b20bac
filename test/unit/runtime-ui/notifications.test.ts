import { expect } from 'chai'
import { isOn, withChannel } from '../../../runtime-ui/screens/account/notification-draft.ts'

describe('the draft of how one is told', () => {
  const off = { off: { '*': ['sms'], due: ['mail'] } }
  const cases = [
    { draft: {}, kind: 'due', channel: 'sms', on: true },
    { draft: off, kind: 'other', channel: 'sms', on: false },
    { draft: off, kind: 'due', channel: 'sms', on: true },
    { draft: off, kind: 'due', channel: 'mail', on: false },
  ]
  for (const { draft, kind, channel, on } of cases) {
    it(`${JSON.stringify(draft)} has ${channel} ${on ? 'on' : 'off'} for ${kind}`, () =>
      expect(isOn(draft, kind, channel)).to.equal(on))
  }

  it('gives a kind a word of its own that begins with the word for all', () => {
    const next = withChannel({ gather: 15, ...off }, { kind: 'new', channel: 'mail', on: false })
    expect(next).to.deep.equal({ gather: 15, off: { ...off.off, new: ['sms', 'mail'] } })
    expect(withChannel(next, { kind: 'new', channel: 'sms', on: true }).off).to.deep.equal({
      ...{ '*': ['sms'], due: ['mail'], new: ['mail'] },
    })
  })
})
