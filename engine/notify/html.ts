const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const ADDRESS = /https?:\/\/[^\s<>"'（），。；]+/g

/** A plain text as a mail's HTML: paragraphs between empty lines, addresses as links, everything else escaped. */
export function htmlOf(text: string, language: string): string {
  const paragraphs = text.split(/\n\s*\n/).map((one) => `<p style="margin:0 0 16px">${lines(one)}</p>`)
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style="margin:0;padding:24px;background:#f3f6f6">
<div style="max-width:560px;margin:0 auto;padding:28px 32px 12px;background:#ffffff;border:1px solid #e2e7e6;\
border-radius:8px;font:15px/1.6 -apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',sans-serif;color:#16201e">
${paragraphs.join('\n')}
</div></body></html>
`
}

function lines(paragraph: string): string {
  return withLinks(paragraph.trim()).replaceAll('\n', '<br>\n')
}

function withLinks(text: string): string {
  let html = ''
  let end = 0
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    const target = escapeHtml(address)
    html += `${escapeHtml(text.slice(end, index))}<a href="${target}" style="color:#006e76;word-break:break-all">${target}</a>`
    end = index + address.length
  }
  return html + escapeHtml(text.slice(end))
}

/** A text as HTML shows it, in attributes as well. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
}
