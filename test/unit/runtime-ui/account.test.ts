import { expect } from 'chai'
import { agentText } from '../../../runtime-ui/screens/account/agent-text.ts'
import { dayOptions, draftOf, patchOf } from '../../../runtime-ui/screens/account/profile-fields.ts'

describe('agentText', () => {
  const cases = [
    {
      agent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
      text: 'Chrome, macOS',
    },
    {
      agent: 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
      text: 'Edge, Windows',
    },
    {
      agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1',
      text: 'Safari, iOS',
    },
    {
      agent: 'Mozilla/5.0 (Linux; Android 16) Chrome/140.0 Mobile MicroMessenger/8.0',
      text: 'WeChat, Android',
    },
    {
      agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      text: 'Firefox, Linux',
    },
    { agent: 'curl/8.5.0', text: 'curl/8.5.0' },
    { agent: null, text: undefined },
  ]
  for (const { agent, text } of cases) {
    it(`says ${text ?? 'nothing'} of ${agent ?? 'nothing'}`, () => expect(agentText(agent)).to.equal(text))
  }
})

describe('a profile', () => {
  it('is sent as what has changed, with null for what was cleared', () => {
    const stored = draftOf({
      id: 'x',
      time_zone: 'Asia/Shanghai',
      working_days: ['monday'],
      works_from: null,
      deputy: { id: 'd', label: 'Tom' },
    })
    expect(stored).to.deep.include({ deputy: 'd', works_from: undefined })
    expect(patchOf(stored, stored)).to.deep.equal({})
    const draft = { ...stored, time_zone: undefined, working_days: ['monday', 'friday'], deputy: undefined }
    expect(patchOf(stored, draft)).to.deep.equal({
      time_zone: null,
      working_days: ['monday', 'friday'],
      deputy: null,
    })
  })

  it('names the days of a week from Monday on in each language', () => {
    const labels = (language: 'en' | 'zh-CN') => dayOptions(language).map(({ label }) => label)
    expect([labels('en')[0], labels('en')[6], labels('zh-CN')[0]]).to.deep.equal([
      'Monday',
      'Sunday',
      '星期一',
    ])
    expect(dayOptions('en').map(({ name }) => name)[2]).to.equal('wednesday')
  })
})
