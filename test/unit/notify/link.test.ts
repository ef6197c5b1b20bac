import { expect } from 'chai'
import { linkOf } from '../../../engine/notify/link.ts'

describe('linkOf', () => {
  const cases = [
    { base: 'https://crm.example.com', workspace: 'default', link: 'https://crm.example.com/set-password#t' },
    { base: 'http://127.0.0.1:3000', workspace: 'default', link: 'http://127.0.0.1:3000/set-password#t' },
    {
      base: 'https://example.com:8443',
      workspace: 'east',
      link: 'https://east.example.com:8443/set-password#t',
    },
  ]
  for (const { base, workspace, link } of cases) {
    it(`leads to ${link}`, () => expect(linkOf(base, workspace, 't')).to.equal(link))
  }
})
