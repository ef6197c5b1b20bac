import { expect } from 'chai'
import { htmlFault, textOfHtml } from '../../../engine/fields/parts/html.ts'

describe('rich text', () => {
  const refused = [
    { html: '<p>a<script src=x></script>', params: { name: 'script' } },
    { html: '<SCRIPT>x</SCRIPT>', params: { name: 'script' } },
    { html: '<b><custom-element>x', params: { name: 'custom-element' } },
    { html: '<p OnClick=x>', params: { element: 'p', name: 'onclick' } },
    { html: '<a href=" javascript:alert(1)">x', params: { element: 'a', name: 'href' } },
    { html: '<a href="java\tscript:alert(1)">x', params: { element: 'a', name: 'href' } },
    { html: '<a href="//evil.example">x', params: { element: 'a', name: 'href' } },
    { html: '<img src="https://tracker.example/1.gif">', params: { element: 'img', name: 'src' } },
    { html: '<img src="data:image/svg+xml,x">', params: { element: 'img', name: 'src' } },
    { html: '<td style="x">', params: { element: 'td', name: 'style' } },
    { html: '<math><mtext><b>x', params: { name: 'math' } },
    { html: 'a <!-- b -->', params: { name: '<!' } },
    { html: '<![CDATA[x]]>', params: { name: '<!' } },
    { html: '<?php x ?>', params: { name: '<!' } },
    { html: '<__proto__>', params: undefined },
  ]
  for (const { html, params } of refused) {
    it(`${params === undefined ? 'takes for text' : 'refuses'} ${html}`, () => {
      expect(htmlFault(html)?.params).to.deep.equal(params)
    })
  }

  it('names the first fault of several', () => {
    expect(htmlFault('<p onclick=x><script>')?.code).to.equal('FIELD_HTML_ATTRIBUTE')
  })

  it('gives search the words, parted where blocks end', () => {
    const html = '<h1>报价</h1><p>A &amp; B&nbsp;<b>b</b>old<br>next</p><ul><li>one</li><li>two</li></ul>'
    expect(textOfHtml(html).trim().split(/\s+/)).to.deep.equal([
      '报价',
      'A',
      '&',
      'B',
      'bold',
      'next',
      'one',
      'two',
    ])
  })
})
