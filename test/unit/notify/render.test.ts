import { expect } from 'chai'
import fc from 'fast-check'
import { type Places, placeOf } from '../../../engine/notify/places.ts'
import { renderMessage } from '../../../engine/notify/render.ts'
import { BUILT_IN_MESSAGES } from '../../../engine/notify/system-messages.ts'

const places: Places = {
  name: placeOf('Lily <b>'),
  phone: placeOf(''),
  amount: { text: '0', filled: false },
  owner: { text: 'Tom', filled: true, behind: { email: placeOf('tom@example.com') } },
}
const render = (body: string, with_: Places = places) => renderMessage({ subject: 's', body }, 'en', with_)

describe('renderMessage', () => {
  const cases = [
    { body: 'Hello {{name}}', text: 'Hello Lily <b>' },
    {
      body: '{{phone}}|{{nothing}}|{{owner}}|{{owner.email}}|{{owner.phone}}',
      text: '||Tom|tom@example.com|',
    },
    { body: '{{#if phone}}call{{else}}write{{/if}} {{#unless amount}}free{{/unless}}', text: 'write free' },
    {
      body: '{{#if owner}}{{owner}}{{/if}} {{or_else phone "none"}} {{or_else name "x"}}',
      text: 'Tom none Lily <b>',
    },
    { body: '{{! a remark }}x', text: 'x' },
  ]
  for (const { body, text } of cases) {
    it(`makes ${JSON.stringify(text)} of ${body}`, () => expect(render(body).text).to.equal(text))
  }

  it('takes what is filled in for text, never for markup', () => {
    const { html } = render('A {{name}} & {{link}}\nB\n\nC', {
      ...places,
      link: placeOf('https://x.example/?a=1&b="><i>'),
    })
    expect(html).to.include('A Lily &lt;b&gt; &amp; <a href="https://x.example/?a=1&amp;b="')
    expect(html)
      .to.include('&gt;&lt;i&gt;<br>\nB</p>')
      .and.to.match(/<p[^>]*>C<\/p>/)
    expect(html).to.not.include('<i>')
  })

  it('keeps the subject in one line', () => {
    const subject = 'A {{name}}'
    const message = renderMessage({ subject, body: 'x' }, 'en', { name: placeOf('x\r\nBcc: y\u2028z\0') })
    expect(message.subject).to.equal('A x Bcc: y z')
  })

  it('speaks the asked language, or the one that there is', () => {
    const message = { subject: { 'zh-CN': '主题' }, body: { en: 'English', 'zh-CN': '中文' } }
    const { subject, text } = renderMessage(message, 'en', {})
    expect([subject, text, renderMessage(message, 'zh-CN', {}).text]).to.deep.equal([
      '主题',
      'English',
      '中文',
    ])
  })

  const attacks = [
    '{{constructor.constructor}}',
    '{{__proto__.polluted}}',
    '{{name.constructor.name}}',
    '{{#with name}}{{this}}{{/with}}',
    '{{#each owner}}{{this}}{{/each}}',
    '{{lookup owner "constructor"}}',
    '{{log name}}',
    '{{> partial}}',
    '{{#> layout}}x{{/layout}}',
    '{{* decorator}}',
    '{{@root}}',
    '{{../name}}',
    '{{this}}',
    '{{helperMissing}}',
    '{{#blockHelperMissing name}}x{{/blockHelperMissing}}',
    '{{or_else (lookup owner "email") "x"}}',
    '{{or_else name "x" y="z"}}',
    '{{name "x"}}',
    '{{#name}}x{{/name}}',
    '{{#if name}}x',
    '{{'.repeat(2000),
    '{{#if name}}'.repeat(50) + '{{/if}}'.repeat(50),
  ]
  for (const body of attacks) {
    it(`gives nothing away to ${body.slice(0, 60)}`, () => {
      let text = ''
      try {
        text = render(body).text
      } catch (error) {
        text = `refused: ${(error as Error).message}`
      }
      expect(text === '' || text.startsWith('refused: '), text).to.equal(true)
      expect(text).to.not.match(/function|native code|\[object/)
    })
  }

  it('never throws for any value, and never lets one become markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const { html } = render('<{{name}}>', { name: placeOf(value) })
        const inner = html.slice(html.indexOf('<p '), html.lastIndexOf('</p>'))
        expect(inner.replace(/<\/?(?:p|br|a)\b[^<>]*>/g, '')).to.not.match(/[<>]/)
      }),
    )
  })
})

describe('the built-in messages', () => {
  for (const message of Object.values(BUILT_IN_MESSAGES)) {
    for (const language of ['en', 'zh-CN'] as const) {
      it(`${message.name} says who, what and until when in ${language}`, () => {
        const given = Object.fromEntries(
          ['name', 'email', 'link', 'expires_at', 'sender'].map((name) => [name, placeOf(`<${name}>`)]),
        )
        const { subject, text } = renderMessage(message, language, given)
        expect(subject).to.match(/\S/)
        for (const name of ['name', 'email', 'link', 'expires_at']) expect(text).to.include(`<${name}>`)
        expect(text).to.not.include('{{')
      })
    }
  }
})
